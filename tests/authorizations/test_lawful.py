"""What an agreement may cover: the rulebook as the database knows it, and its refusal."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from authorizations.lawful import lawful
from authorizations.models import LawfulPurpose
from authorizations.rulebook import OrganisationType
from organisations.models import AgreedPurpose
from tests.acting import PIRKANMAA, TAMPERE, owning
from tests.agreeing import version_of

pytestmark = pytest.mark.django_db

DOCUMENTS = "laki sosiaali- ja terveydenhuollon asiakastietojen käsittelystä 703/2023"
CLIENTS = "laki sosiaalihuollon asiakkaan asemasta ja oikeuksista 812/2000 20 §"
ASSISTANCE = "laki toimeentulotuesta 1412/1997"
FROM_2023, FROM_2024 = (DateRange(date(year, 1, 1), None) for year in (2023, 2024))
IN_2023 = DateRange(date(2023, 1, 1), date(2024, 1, 1))


def add(purpose: str, *laws: str, validity: DateRange, business_id: str = PIRKANMAA) -> None:
    with owning():
        rows = AgreedPurpose.objects.using("owner")
        version = version_of(business_id).pk
        rows.filter(version_id=version, purpose=purpose).delete()
        with transaction.atomic():
            rows.create(version_id=version, purpose=purpose, laws=laws, validity=validity)


def test_it_reads_as_a_sentence() -> None:
    one = LawfulPurpose(organisation_type="municipality", purpose="typ_service", law="369/2023")
    assert str(one) == "typ_service to municipality by 369/2023"


def test_what_the_law_opens_to_the_type_may_be_agreed() -> None:
    add("other_benefits", DOCUMENTS, validity=FROM_2024)
    add("other_benefits", CLIENTS, validity=IN_2023)


@pytest.mark.parametrize(
    ("purpose", "laws", "validity", "business_id"),
    [
        ("other_benefits", [DOCUMENTS], FROM_2023, PIRKANMAA),  # not yet the law
        ("other_benefits", [CLIENTS], FROM_2023, PIRKANMAA),  # no longer the law
        ("other_benefits", ["laki 1/2000"], FROM_2024, PIRKANMAA),  # no law that is known
        ("other_benefits", [DOCUMENTS, ASSISTANCE], FROM_2024, PIRKANMAA),  # one of them of another
        ("other_benefits", [DOCUMENTS], FROM_2024, TAMPERE),  # not to this type
        ("curiosity", [DOCUMENTS], FROM_2024, PIRKANMAA),  # no purpose
        ("other_benefits", [DOCUMENTS], DateRange(None, None), PIRKANMAA),  # nor before all time
    ],
)
def test_what_it_does_not_open_is_impossible(
    purpose: str, laws: list[str], validity: DateRange, business_id: str
) -> None:
    with pytest.raises(IntegrityError, match="the rulebook does not open"):
        add(purpose, *laws, validity=validity, business_id=business_id)


def test_times_are_cut_where_the_rules_change() -> None:
    times = [
        one.validity
        for one in lawful(OrganisationType.WELLBEING_COUNTY, FROM_2023)
        if one.covered == "other_benefits"
    ]
    assert times[0].lower == date(2023, 1, 1)
    assert date(2024, 1, 1) in {time.lower for time in times}
    assert times[-1].upper is None
    assert all(a.upper == b.lower for a, b in pairwise(times))


def test_what_only_an_agreement_opens_is_among_it_and_says_so() -> None:
    opened = {
        one.covered.value: one.by_agreement_only
        for one in lawful(OrganisationType.OTHER_AUTHORITY, FROM_2024)
    }
    assert opened["payment_demands"]
    assert opened["other_benefits"]


def test_nothing_is_lawful_to_a_joint_authority_any_more() -> None:
    assert list(lawful(OrganisationType.JOINT_AUTHORITY, FROM_2023)) == []


def test_the_mirror_in_the_database_is_the_rulebook() -> None:
    mirrored = set(
        LawfulPurpose.objects.values_list("organisation_type", "purpose", "law", "validity")
    )
    assert mirrored == {
        (kind.value, one.covered.value, citation, one.validity)
        for kind in OrganisationType
        for one in lawful(kind, DateRange(None, None))
        for citation in one.citations
    }
