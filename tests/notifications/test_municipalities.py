"""Whose notifications and lists: one municipality at a time, and no other."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import override_settings

from authorizations.refusals import Reason, Refused
from authorizations.rulebook import Mandate
from notifications import municipalities
from organisations.models import CountyMembership, Municipality, Organisation
from tests.acting import HELSINKI, PIRKANMAA, TAMPERE, official, owning, right_of

pytestmark = pytest.mark.django_db
JOINT_AUTHORITY = "9900106-1"
ALL = tuple(Mandate)


@pytest.fixture
def in_2022() -> Iterator[None]:
    with override_settings(KELMU_TODAY=date(2022, 12, 31)):
        yield


def codes(business_id: str) -> list[str]:
    return [place.code for place in municipalities.places(right_of(official(business_id, *ALL)))]


def test_a_county_sees_its_municipalities_one_at_a_time() -> None:
    seen = codes(PIRKANMAA)
    assert len(seen) == 23
    assert {"837", "536"} < set(seen)
    assert "091" not in seen


def test_they_stand_in_the_order_of_their_names() -> None:
    right = right_of(official(PIRKANMAA, *ALL))
    names = [place.name for place in municipalities.places(right)]
    assert names == sorted(names)


@pytest.mark.parametrize(("business_id", "code"), [(TAMPERE, "837"), (HELSINKI, "091")])
def test_a_municipality_sees_itself(business_id: str, code: str) -> None:
    assert codes(business_id) == [code]


@pytest.mark.usefixtures("in_2022")
def test_a_joint_authority_sees_each_of_its_members_until_the_end_of_2022() -> None:
    assert codes(JOINT_AUTHORITY) == ["536", "604"]


def test_what_went_to_a_merged_municipality_is_seen_by_its_successor() -> None:
    with owning():
        Organisation.objects.using("owner").filter(business_id=PIRKANMAA).update(county_id="12")
    right = right_of(official(PIRKANMAA, *ALL))
    by_code = {place.code: place for place in municipalities.places(right)}
    assert "588" not in by_code  # Pertunmaa was merged into Mäntyharju on 1.1.2025
    assert by_code["507"].codes == ("507", "588")


def test_until_the_merger_it_is_seen_by_itself_alone() -> None:
    with owning():
        Organisation.objects.using("owner").filter(business_id=PIRKANMAA).update(county_id="12")
    with override_settings(KELMU_TODAY=date(2024, 12, 31)):
        right = right_of(official(PIRKANMAA, *ALL))
        by_code = {place.code: place.codes for place in municipalities.places(right)}
    assert by_code["507"] == ("507",)
    assert by_code["588"] == ("588",)


def test_a_municipality_that_has_left_the_county_is_not_seen() -> None:
    with owning():
        nokia = CountyMembership.objects.using("owner").filter(municipality_id="536")
        nokia.update(validity=DateRange(date(2023, 1, 1), date(2026, 1, 1)))
    assert "536" not in codes(PIRKANMAA)


def test_another_municipality_is_refused() -> None:
    right = right_of(official(PIRKANMAA, Mandate.SOCIAL_ASSISTANCE_CUSTOMERS))
    purpose = right.purpose("social_assistance_notifications")
    assert municipalities.place(right, purpose, "837").name == "Tampere"
    for code in ["091", "588", "000", ""]:
        with pytest.raises(Refused) as refused:
            municipalities.place(right, purpose, code)
        assert refused.value.reason is Reason.NOT_YOUR_MUNICIPALITY


def test_the_register_knows_no_chain_without_an_end() -> None:
    assert not Municipality.objects.filter(successor__successor__isnull=False).exists()
