"""Each list × each kind of reader × each municipality, from outside, by hand from design.md 3."""

from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from django.test import Client

from authorizations.rulebook import Mandate
from tests.acting import HELSINKI as HELSINKI_CITY
from tests.acting import PIRKANMAA, POHJANMAA, entries
from tests.acting import TAMPERE as TAMPERE_CITY
from tests.notifications.listings.publishing import (
    EVERY_LIST,
    HELSINKI,
    NOKIA,
    TAMPERE,
    VAASA,
    publish,
)
from tests.notifications.listings.reading import (
    ABROAD,
    CARE,
    INTEGRATION,
    LONG,
    SUBSIDY,
    VETERANS,
    reader,
)

pytestmark = pytest.mark.django_db


class List(NamedTuple):
    """A list: the purpose under which it is read, the mandate, when the test's one was begun."""

    purpose: str
    mandate: Mandate
    first_on: str


OCTOBER = "2026-10-01"
LISTS = {
    "labour_market_subsidy_invoice": List("labour_market_subsidy_list", SUBSIDY, OCTOBER),
    "prolonged_unemployment_risk": List("labour_market_subsidy_list", SUBSIDY, OCTOBER),
    "child_care_allowance_recipients": List("child_care_allowance_lists", CARE, OCTOBER),
    "labour_market_subsidy_300_days": List("typ_service", LONG, OCTOBER),
    "front_veterans": List("front_veterans_list", VETERANS, "2026-01-01"),
    "treatment_abroad": List("treatment_abroad_list", ABROAD, "2026-01-01"),
}
OF_MUNICIPALITIES = {
    "labour_market_subsidy_invoice",
    "prolonged_unemployment_risk",
    "child_care_allowance_recipients",
}
OF_COUNTIES = {"labour_market_subsidy_300_days", "front_veterans", "treatment_abroad"}
ORGANISATIONS = {
    "municipality": (TAMPERE_CITY, OF_MUNICIPALITIES, {TAMPERE}),
    "county": (PIRKANMAA, OF_COUNTIES, {TAMPERE, NOKIA}),
    "another county": (POHJANMAA, OF_COUNTIES, {VAASA}),
    "Helsinki": (HELSINKI_CITY, OF_MUNICIPALITIES | OF_COUNTIES, {HELSINKI}),
}
MUNICIPALITIES = [TAMPERE, NOKIA, HELSINKI, VAASA]
PUBLISHED_FOR = {TAMPERE, HELSINKI}
EVERY_MANDATE = [SUBSIDY, CARE, LONG, VETERANS, ABROAD, INTEGRATION]


@pytest.fixture
def readers(tmp_path: Path) -> dict[str, Client]:
    """One of each organisation, with every mandate that there is."""
    publish(tmp_path, EVERY_LIST)
    return {
        name: reader(business_id, *EVERY_MANDATE)
        for name, (business_id, _lists, _places) in ORGANISATIONS.items()
    }


def test_each_list_opens_to_whom_it_is_for_and_nobody_else(readers: dict[str, Client]) -> None:
    surprises = {}
    for name, listing, municipality in product(ORGANISATIONS, LISTS, MUNICIPALITIES):
        _business_id, lists, places = ORGANISATIONS[name]
        may = listing in lists and municipality in places
        told = LISTS[listing]
        shelf = f"/notifications/{told.purpose}/{municipality}/lists/{listing}/"
        one = f"{shelf}{municipality}/{told.first_on}/1/"
        there = 200 if municipality in PUBLISHED_FOR else 404
        expected = {shelf: 200 if may else 403, one: there if may else 403}
        answers = {address: readers[name].get(address).status_code for address in expected}
        answers[f"{one}fetch/"] = readers[name].post(f"{one}fetch/", {"format": "csv"}).status_code
        expected[f"{one}fetch/"] = (302 if there == 200 else 404) if may else 403
        if answers != expected:
            surprises[name, listing, municipality] = (answers, expected)
    assert surprises == {}


@pytest.mark.parametrize("listing", LISTS)
def test_a_list_opens_by_its_own_mandate_alone(tmp_path: Path, listing: str) -> None:
    publish(tmp_path, EVERY_LIST)
    told = LISTS[listing]
    shelf = f"/notifications/{told.purpose}/{HELSINKI}/lists/{listing}/"
    for mandate in [*EVERY_MANDATE, Mandate.BENEFITS_AND_PAYMENT_DEMANDS]:
        status = reader(HELSINKI_CITY, mandate).get(shelf).status_code
        assert (mandate, status) == (mandate, 200 if mandate is told.mandate else 403)


def test_a_list_opens_under_its_own_purpose_alone(readers: dict[str, Client]) -> None:
    for listing, told in LISTS.items():
        for other in {one.purpose for one in LISTS.values()} - {told.purpose}:
            address = f"/notifications/{other}/{HELSINKI}/lists/{listing}/"
            assert readers["Helsinki"].get(address).status_code == 403


def test_rows_of_one_municipality_are_not_reached_by_the_address_of_another(
    readers: dict[str, Client],
) -> None:
    shelf = f"/notifications/typ_service/{TAMPERE}/lists/labour_market_subsidy_300_days/"
    assert readers["county"].get(f"{shelf}{HELSINKI}/{OCTOBER}/1/").status_code == 404
    assert {entry.act for entry in entries(PIRKANMAA)} <= {"refusal"}
