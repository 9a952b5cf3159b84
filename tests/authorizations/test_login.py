"""Logging in through the simulator, over HTTP: who gets in, and what goes wrong on the way."""

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


def test_a_way_back_is_gone_once(kelmu: Kelmu) -> None:
    visitor, callbacks = kelmu.visitor(), []
    visitor.hooks["response"].append(
        lambda answer, **_: callbacks.append(answer.url) if "/callback?" in answer.url else None
    )
    log_in(visitor, ENTITLED)
    assert len(callbacks) == 2
    for address in callbacks.copy():  # the replays are seen by the hook too
        assert visitor.get(address).status_code == 400
    assert is_in(visitor)  # a replayed answer takes nothing from whoever is in
    assert [act for act in acts(kelmu) if act[0] == "login_failed"] == [
        ("login_failed", "failed", "state")
    ] * 2


def test_a_way_back_begun_by_somebody_else_leads_nowhere(kelmu: Kelmu) -> None:
    attacker, victim, callbacks = kelmu.visitor(), kelmu.visitor(), []
    attacker.hooks["response"].append(
        lambda answer, **_: callbacks.append(answer.url) if "/callback?" in answer.url else None
    )
    identify(attacker, attacker.open("/"), ENTITLED)
    assert victim.get(callbacks[0]).status_code == 400
    assert not is_in(victim)


@pytest.mark.parametrize("path", ["/login/callback", "/login/mandates/callback", "/kela/callback"])
@pytest.mark.parametrize("query", ["", "?code=x&state=y", "?error=access_denied&state=y"])
def test_an_answer_that_nobody_waits_for_is_refused(kelmu: Kelmu, path: str, query: str) -> None:
    assert kelmu.visitor().open(path + query).status_code == 400


@pytest.mark.parametrize(
    ("fault", "step", "status", "reason"),
    [
        ("cancel", "authorize", 200, "cancelled"),
        ("swapped_state", "authorize", 400, "state"),
        ("replayed_code", "authorize", 400, "code"),
        ("wrong_nonce", None, 400, "nonce"),
        ("missing_hetu", None, 400, "no_hetu"),
        ("server_error", "token", 503, "server_error"),
        ("server_error", "register", 503, "server_error"),
        ("truncated_json", "register", 503, "malformed"),
    ],
)
def test_an_identification_that_goes_wrong_lets_nobody_in(
    kelmu: Kelmu, fault: str, step: str | None, status: int, reason: str
) -> None:
    kelmu.order("fault", fault=fault, step=step)
    visitor = kelmu.visitor()
    page = identify(visitor, visitor.open("/"), ENTITLED)
    assert page.status_code == status
    assert not is_in(visitor)
    assert acts(kelmu)[-1] == ("login_failed", "failed", reason)


@pytest.mark.parametrize(
    ("fault", "step", "status", "reason"),
    [
        ("swapped_state", "select", 400, "state"),
        ("replayed_code", "select", 400, "code"),
        ("incomplete", "roles", 503, "incomplete"),
        ("empty_list", "roles", 400, "no_organisation"),
        ("two_organisations", "roles", 400, "several_organisations"),
        ("server_error", "roles", 503, "server_error"),
        ("expired", "roles", 400, "session_expired"),
        ("html_body", "roles", 503, "malformed"),
    ],
)
def test_a_mandate_query_that_goes_wrong_grants_nothing(
    kelmu: Kelmu, fault: str, step: str, status: int, reason: str
) -> None:
    kelmu.order("fault", fault=fault, step=step)
    visitor = kelmu.visitor()
    page = log_in(visitor, ENTITLED)
    assert page.status_code == status
    assert not is_in(visitor)
    assert acts(kelmu)[-1] == ("login_failed", "failed", reason)


def test_an_organisation_in_which_nothing_is_granted_opens_nothing(kelmu: Kelmu) -> None:
    kelmu.order("fault", fault="missing_theme", step="roles")
    visitor = kelmu.visitor()
    page = log_in(visitor, MUNICIPALITY)
    assert page.status_code == 403
    assert "Tampereen kaupunki" in page.text
    assert not is_in(visitor)


def test_members_that_we_do_not_know_do_no_harm(kelmu: Kelmu) -> None:
    kelmu.order("fault", fault="extra_members", step="roles")
    assert is_in(kelmu.client_for(ENTITLED))


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


def test_a_search_with_old_mandates_comes_back_from_suomifi(kelmu: Kelmu) -> None:
    visitor = kelmu.client_for(ENTITLED)
    form = visitor.open("/start/")
    with kelmu.owner() as owner:
        owner.execute(
            "UPDATE authorizations_session SET mandates_read_at = now() - interval '3 hours'"
        )
    selection = visitor.submit(form, "/start/", purpose="other_benefits", hetu="131052-9085")
    assert selection.url.startswith(kelmu.addresses.simulator)
    back = visitor.submit(selection, organisation=PIRKANMAA)
    assert back.url == urljoin(kelmu.address, "/start/")
    assert 'value="131052-9085"' in back.text
    assert "open" not in {act for act, _outcome, _reason in acts(kelmu)}


def test_choosing_another_organisation_closes_what_was_open_for_the_first(kelmu: Kelmu) -> None:
    visitor = kelmu.client_for(OTHER_ORGANISATION)
    customer = visitor.submit(
        visitor.open("/start/"), "/start/", purpose="other_benefits", hetu="131052-9085"
    )
    assert customer.status_code == 200
    choice = visitor.open("/login/role/")
    selection = visitor.submit(choice, "/login/role/mandate/")
    visitor.submit(selection, organisation="9900104-5")  # Vaasa
    assert visitor.get(customer.url).status_code == 404
    assert mandate_sessions(kelmu)["open"] == 0
