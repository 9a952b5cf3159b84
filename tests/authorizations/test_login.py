"""Logging in through the simulator, over HTTP: who gets in, and as whom."""

from urllib.parse import urljoin

import pytest
import requests
from django.conf import settings

from tests.personas import (
    AUTHORIZER,
    ENTITLED,
    KELA_ADMIN,
    KELA_OVERSIGHT,
    LISTS_ONLY,
    MUNICIPALITY,
    OTHER_ORGANISATION,
    SUPERVISOR,
    WITHOUT_MANDATE,
    Persona,
    identify,
    log_in,
)
from tests.running import Kelmu
from tests.visitor import Visitor

COOKIE = settings.SESSION_COOKIE_NAME
CHECKS_OF_KELA = 4
PIRKANMAA = "9900100-2"


def acts(kelmu: Kelmu) -> list[tuple[str, str, str]]:
    """Act, outcome and reason of each row of the log."""
    with kelmu.owner() as owner:
        found = owner.execute(
            "SELECT act, outcome, coalesce(details->>'reason', '') FROM audit_entry ORDER BY at"
        )
        return [(str(act), str(outcome), str(reason)) for act, outcome, reason in found]


def mandate_sessions(kelmu: Kelmu) -> dict[str, int]:
    """How many mandate queries Suomi.fi knows of."""
    address = f"{kelmu.addresses.simulator}/control/state"
    sessions: dict[str, int] = requests.get(address, timeout=10).json()["sessions"]
    return sessions


def is_in(visitor: Visitor) -> bool:
    return visitor.open("/home/").url != urljoin(visitor.address, "/?ended")


@pytest.mark.parametrize(
    ("persona", "start"),
    [
        (ENTITLED, "/start/"),
        (OTHER_ORGANISATION, "/start/"),
        (MUNICIPALITY, "/start/"),
        (LISTS_ONLY, "/start/"),
        (AUTHORIZER, "/rights/mine/"),
        (SUPERVISOR, "/rights/mine/"),
        (KELA_ADMIN, "/kela/"),
        (KELA_OVERSIGHT, "/kela/"),
    ],
    ids=lambda value: value.person if isinstance(value, Persona) else None,
)
def test_everybody_comes_to_their_own_start_page(
    kelmu: Kelmu, persona: Persona, start: str
) -> None:
    page = log_in(kelmu.visitor(), persona)
    assert (page.status_code, page.url) == (200, urljoin(kelmu.address, start))
    left = mandate_sessions(kelmu)
    assert left["open"] == 0
    assert left["registered"] == left["unregistered"]


def test_without_mandate_and_office_nobody_enters_and_is_told_what_to_check(kelmu: Kelmu) -> None:
    visitor = kelmu.visitor()
    nothing_to_choose = log_in(visitor, WITHOUT_MANDATE)
    page = visitor.get(f"{nothing_to_choose.url.partition('?')[0]}/cancel")
    checks = page.text.partition("<ol")[2].partition("</ol>")[0]
    assert page.status_code == 403
    assert checks.count("<li>") == CHECKS_OF_KELA
    assert not is_in(visitor)
    assert mandate_sessions(kelmu)["open"] == 0
    assert acts(kelmu) == [("login", "permitted", ""), ("mandate_query", "refused", "")]


def test_the_key_changes_at_each_gain_of_rights_and_the_old_one_is_dead(kelmu: Kelmu) -> None:
    visitor, keys = kelmu.visitor(), []
    visitor.hooks["response"].append(lambda answer, **_: keys.append(answer.cookies.get(COOKIE)))
    log_in(visitor, ENTITLED)
    pending, identified, acting = list(dict.fromkeys(filter(None, keys)))
    for key, is_alive in ((pending, False), (identified, False), (acting, True)):
        other = kelmu.visitor()
        other.cookies.set(COOKIE, key, domain="127.0.0.1")
        assert is_in(other) is is_alive


def test_an_organisation_in_which_nothing_is_granted_opens_nothing(kelmu: Kelmu) -> None:
    kelmu.order("fault", fault="missing_theme", step="roles")
    visitor = kelmu.visitor()
    page = log_in(visitor, MUNICIPALITY)
    assert page.status_code == 403
    assert "Tampereen kaupunki" in page.text
    assert not is_in(visitor)


def test_an_office_opens_even_when_mandates_cannot_be_asked(kelmu: Kelmu) -> None:
    kelmu.order("fault", fault="unavailable", step="register")
    assert is_in(kelmu.client_for(AUTHORIZER))


def test_an_organisation_without_an_agreement_opens_nothing(kelmu: Kelmu) -> None:
    with kelmu.owner() as owner:
        owner.execute(
            "UPDATE organisations_agreement SET validity = '[2023-01-01,2023-02-01)'"
            " WHERE number = 'KELMU-2023-9900100'"
        )
    page = log_in(kelmu.visitor(), ENTITLED)
    assert page.status_code == 403
    assert acts(kelmu)[-1] == ("refusal", "refused", "no_agreement")


def test_a_session_is_dead_after_logout(kelmu: Kelmu) -> None:
    visitor = kelmu.client_for(ENTITLED)
    key = visitor.cookies[COOKIE]
    page = visitor.open("/start/")
    assert page.headers["Cache-Control"] == "private, no-store"
    visitor.submit(page, "/logout/")
    visitor.cookies.set(COOKIE, key, domain="127.0.0.1")
    assert not is_in(visitor)
    assert acts(kelmu)[-1] == ("logout", "permitted", "")


def test_who_leaves_before_choosing_leaves_no_query_behind_at_suomifi(kelmu: Kelmu) -> None:
    visitor = kelmu.visitor()
    choice = identify(visitor, visitor.open("/"), AUTHORIZER)
    assert mandate_sessions(kelmu)["open"] == 1
    visitor.submit(choice, "/logout/")
    assert mandate_sessions(kelmu)["open"] == 0


def test_who_has_an_office_and_a_mandate_chooses_by_which_to_act(kelmu: Kelmu) -> None:
    mandates = ["benefits_and_payment_demands"]
    kelmu.order("grant", **{"from": "pirkanmaa", "to_person": "veikko", "mandates": mandates})
    visitor = kelmu.visitor()
    choice = identify(visitor, visitor.open("/"), AUTHORIZER)
    selection = visitor.submit(choice, "/login/role/mandate/")
    page = visitor.submit(selection, organisation=PIRKANMAA)
    assert page.url == urljoin(kelmu.address, "/start/")
    assert visitor.open("/access-review/").status_code == 200
