"""The control interface."""

import pytest
import requests

from tests.suomifi_simulator.parties import AINO, Browser, EService, RelyingParty, Simulator

GRANT = {"from": "nokia", "to_person": "aino", "mandates": ["social_assistance_customers"]}


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("grant", {}),
        ("grant", GRANT | {"from": "nowhere"}),
        ("grant", GRANT | {"to_person": "nobody"}),
        ("grant", GRANT | {"to_organisation": "tampere"}),
        ("grant", GRANT | {"kind": "representation"}),
        ("grant", GRANT | {"via": "tampere"}),
        ("grant", GRANT | {"kind": "proxy"}),
        ("grant", GRANT | {"colour": "blue"}),
        ("void", GRANT | {"to_person": "nobody"}),
        ("fault", {}),
        ("fault", {"fault": "earthquake"}),
        ("fault", {"fault": "expired", "step": "nowhere"}),
        ("fault", {"fault": "expired", "person": "nobody"}),
        ("clock", {"skew": "late"}),
        ("rotate-keys", {"provider": "nobody"}),
    ],
)
def test_what_cannot_be_done_is_refused(
    simulator: Simulator, what: str, body: dict[str, object]
) -> None:
    answer = requests.post(simulator.url(f"/control/{what}"), json=body, timeout=10)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_form_of_another_site_orders_nothing(simulator: Simulator) -> None:
    answer = requests.post(simulator.url("/control/reset"), data={"a": "b"}, timeout=10)
    assert answer.status_code == 415


def test_the_state_counts_sessions_without_naming_codes(
    browser: Browser, e_service: EService, kelmu: RelyingParty
) -> None:
    kelmu.log_in(browser)
    opened = e_service.register()
    e_service.bearer(browser, opened)
    e_service.register("030779-922P")
    state = e_service.simulator.state()
    assert state["today"] == "2026-11-21"
    assert state["sessions"] == {"registered": 2, "unregistered": 0, "open": 2}
    assert state["access_tokens"] == 1
    assert state["signed_in"] == {"idp": 1, "kela": 0}
    e_service.unregister(opened["sessionId"])
    state = e_service.simulator.state(person="aino")
    assert state["sessions"] == {"registered": 1, "unregistered": 1, "open": 0}
    assert state["access_tokens"] == 0
    assert AINO not in str(state)


def test_reset_puts_everything_back(
    browser: Browser, e_service: EService, kelmu: RelyingParty
) -> None:
    simulator = e_service.simulator
    fresh = simulator.state()
    kelmu.log_in(browser)
    e_service.register()
    simulator.order("grant", **GRANT)
    simulator.order("fault", fault="expired")
    simulator.order("clock", skew=60)
    assert simulator.state() != fresh
    simulator.order("reset")
    assert simulator.state() == fresh
    assert kelmu.authorize(browser).status_code == 200
    page = e_service.authorize(browser, e_service.register()["userId"])
    assert "9900103-7" not in page.text
