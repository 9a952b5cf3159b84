"""Who may demand, and what to a demand in each state: asked of the pages, as people meet them."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from authorizations.desk import open_desk
from payment_demands import services
from payment_demands.models import Demand
from payment_demands.words import Step
from tests.acting import HELSINKI, PIRKANMAA, TAMPERE, client_of, kela_admin, official, right_of
from tests.payment_demands.browsing import CARE, english, look_up, text, typed

JOINT_AUTHORITY, MARIEHAMN = "9900106-1", "9900108-8"
COMPULSORY, COUNTIES, TODAY = date(2021, 2, 1), date(2023, 1, 1), date(2026, 11, 20)
DAYS = [date(2021, 1, 31), COMPULSORY, date(2022, 12, 31), COUNTIES, TODAY]
# By hand from issue 7: since when, and the first day no more. One of the cast of each type.
MAY = {
    "a municipality": (TAMPERE, COMPULSORY, COUNTIES),
    "a joint authority": (JOINT_AUTHORITY, COMPULSORY, COUNTIES),
    "a county": (PIRKANMAA, COUNTIES, date.max),
    "Helsinki": (HELSINKI, COMPULSORY, date.max),
    "Mariehamn, by its agreement": (MARIEHAMN, COUNTIES, date.max),
}


@pytest.mark.parametrize("who", MAY)
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_an_organisation_demands_on_the_days_of_its_type(
    who: str, on: date, settings: Settings, db: None
) -> None:
    business_id, since, until = MAY[who]
    settings.KELMU_TODAY = on
    answer = client_of(official(business_id)).get("/payment-demands/")
    expected = HTTPStatus.OK if since <= on < until else HTTPStatus.FORBIDDEN
    assert answer.status_code == expected


# What the page of a demand offers in each state, and how Kela brings it there.
CHANGE, END, VOID = "Change the demand", "End", "Void"
OFFERED = {
    "draft": {CHANGE, VOID},
    "registered": {CHANGE, END, VOID},
    "received": {CHANGE, END, VOID},
    "accepted": {CHANGE, END, VOID},
    "rejected": set(),
    "ended": set(),
    "voided": set(),
}
BY_KELA = {"received": Step.RECEIVE, "accepted": Step.ACCEPT, "rejected": Step.REJECT}
BY_CLAIMANT = {
    "ended": ("end", {"last": "31.12.2026", "reason": "Hoito päättyi"}),
    "voided": ("void", {"reason": "Väärä asiakas"}),
}
AFTER = {CHANGE: "registered", END: "ended", VOID: "voided"}


def bring(client: Client, state: str) -> str:
    """A demand in the state, and the address of its page."""
    do = "draft" if state == "draft" else "register"
    page = str(client.post(f"{look_up(client)}{CARE}", typed(do=do))["Location"])
    if step := BY_KELA.get(state):
        open_desk()
        desk = right_of(kela_admin("service_desk"))
        reason = "Ei etuutta" if step is Step.REJECT else ""
        services.answer(desk, Demand.objects.get(), step, reason=reason, seen=1)
    elif state in BY_CLAIMANT:
        way, told = BY_CLAIMANT[state]
        client.post(f"{page}{way}/", told | {"seen": "1"})
    return page


@pytest.mark.parametrize("state", OFFERED)
def test_a_demand_offers_what_its_state_allows_and_does_nothing_else(
    state: str, eino: UUID
) -> None:
    client = english(official())
    page = bring(client, state)
    shown = text(client.get(page))
    seen = str(Demand.objects.get().version)
    assert f"Payment demand: {state}" in shown
    for link, way in ((CHANGE, "edit"), (END, "end"), (VOID, "void")):
        offers = f'{way}/">{link}<' in shown
        assert offers is (link in OFFERED[state]), link
        if not offers:
            assert client.get(f"{page}{way}/")["Location"] == page
            sent = {"last": "31.12.2026", "reason": "Syy"}
            told = typed(do="register") if way == "edit" else sent
            client.post(f"{page}{way}/", told | {"seen": seen})
    assert Demand.objects.get().state == state


@pytest.mark.parametrize(
    ("state", "link"), [(state, link) for state, links in OFFERED.items() for link in sorted(links)]
)
def test_what_is_offered_is_done(state: str, link: str, eino: UUID) -> None:
    client = english(official())
    page = bring(client, state)
    seen = {"seen": str(Demand.objects.get().version)}
    if link == CHANGE:
        client.post(f"{page}edit/", typed(do="register", amount="111") | seen)
    else:
        way, told = BY_CLAIMANT[AFTER[link]]
        client.post(f"{page}{way}/", told | seen)
    assert Demand.objects.get().state == AFTER[link]
