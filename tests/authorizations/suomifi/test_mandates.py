"""Reading mandates at e-Authorizations, as the simulator plays it."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from pytest_django.fixtures import Settings

from authorizations.rulebook.words import Mandate
from authorizations.suomifi import mandates
from authorizations.suomifi.errors import Cancelled, Reason, Refused, SuomiFiError, Unavailable
from authorizations.suomifi.mandates import ActingFor, Registered
from authorizations.suomifi.themes import mandates_of
from tests.authorizations.suomifi.simulator import pick, turn_back
from tests.suomifi_simulator.parties import AINO, Browser, Simulator

PIRKANMAA = "9900100-2"


def choose(browser: Browser) -> ActingFor:
    """The whole way, with what is kept carried through JSON as a session does."""
    registered = mandates.register(AINO)
    kept = json.dumps(asdict(registered))
    answer = pick(browser, mandates.selection_url(registered, "sv"), PIRKANMAA)
    return mandates.organisation(Registered(**json.loads(kept)), answer)


def failure_of(browser: Browser) -> SuomiFiError:
    with pytest.raises(SuomiFiError) as caught:
        choose(browser)
    return caught.value


def open_sessions(simulator: Simulator) -> int:
    sessions: dict[str, int] = simulator.state()["sessions"]
    return sessions["open"]


def test_the_organisation_comes_with_the_mandates_held_there(browser: Browser) -> None:
    before = datetime.now(UTC)

    chosen = choose(browser)

    assert chosen.business_id == PIRKANMAA
    assert chosen.name == "Pirkanmaan hyvinvointialue"
    assert before <= chosen.asked_at <= chosen.answered_at <= datetime.now(UTC)
    assert mandates_of(chosen.themes) == {
        Mandate.BENEFITS_AND_PAYMENT_DEMANDS,
        Mandate.SOCIAL_ASSISTANCE_CUSTOMERS,
    }


def test_one_request_id_follows_a_selection(browser: Browser) -> None:
    registered = mandates.register(AINO)
    address = mandates.selection_url(registered, "fi")
    chosen = mandates.organisation(registered, pick(browser, address, PIRKANMAA))

    assert registered.request_id in address
    assert chosen.request_id == registered.request_id


def test_the_browser_gets_neither_the_code_of_the_person_nor_the_session(
    simulator: Simulator,
) -> None:
    registered = mandates.register(AINO)
    address = mandates.selection_url(registered, "fi")

    assert AINO not in address
    assert registered.session_id not in address


def test_what_is_kept_does_not_show(simulator: Simulator) -> None:
    registered = mandates.register(AINO)

    for secret in (registered.session_id, registered.user_id, registered.state):
        assert secret
        assert secret not in repr(registered)


def test_no_selection_has_the_state_of_another(simulator: Simulator) -> None:
    states = {mandates.register(AINO).state for _ in range(3)}

    assert len(states) == 3
    assert all(len(state) >= 43 for state in states)  # 256 bits


def test_the_session_is_closed_behind_a_selection(browser: Browser, simulator: Simulator) -> None:
    choose(browser)

    assert simulator.state()["sessions"] == {"registered": 1, "unregistered": 1, "open": 0}


def test_who_turns_back_has_cancelled_and_the_session_is_closed(
    browser: Browser, simulator: Simulator
) -> None:
    registered = mandates.register(AINO)
    answer = turn_back(browser, mandates.selection_url(registered, "fi"))

    with pytest.raises(Cancelled):
        mandates.organisation(registered, answer)
    assert open_sessions(simulator) == 0


@pytest.mark.parametrize(
    ("fault", "expected", "reason"),
    [
        ("swapped_state", Refused, Reason.STATE),
        ("no_code", Cancelled, Reason.CANCELLED),
        ("cancel", Cancelled, Reason.CANCELLED),
        ("replayed_code", Refused, Reason.CODE),
        ("two_organisations", Refused, Reason.SEVERAL_ORGANISATIONS),
        ("incomplete", Unavailable, Reason.INCOMPLETE),
    ],
)
def test_an_answer_that_is_not_as_it_must_be_grants_nothing(
    fault: str,
    expected: type[SuomiFiError],
    reason: Reason,
    browser: Browser,
    simulator: Simulator,
) -> None:
    simulator.order("fault", fault=fault)

    failure = failure_of(browser)

    assert type(failure) is expected
    assert failure.reason is reason
    assert open_sessions(simulator) == 0


def test_no_organisation_at_all_grants_nothing(browser: Browser, simulator: Simulator) -> None:
    simulator.order("fault", fault="empty_list", step="roles")

    assert failure_of(browser).reason is Reason.NO_ORGANISATION


def test_an_organisation_without_a_theme_grants_nothing(
    browser: Browser, simulator: Simulator
) -> None:
    simulator.order("fault", fault="missing_theme")

    assert mandates_of(choose(browser).themes) == frozenset()


def test_members_that_we_do_not_know_are_passed_over(
    browser: Browser, simulator: Simulator
) -> None:
    simulator.order("fault", fault="extra_members")

    assert choose(browser).business_id == PIRKANMAA


@pytest.mark.parametrize("step", ["register", "mandate_token", "roles"])
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("server_error", Unavailable),
        ("unavailable", Unavailable),
        ("truncated_json", Unavailable),
        ("html_body", Unavailable),
        ("bad_request", Refused),
        ("expired", Refused),
    ],
)
def test_a_service_that_is_out_of_order_grants_nothing(
    fault: str,
    expected: type[SuomiFiError],
    step: str,
    browser: Browser,
    simulator: Simulator,
) -> None:
    simulator.order("fault", fault=fault, step=step)

    assert type(failure_of(browser)) is expected


def test_a_service_that_sleeps_is_given_up(
    browser: Browser, simulator: Simulator, settings: Settings
) -> None:
    settings.OUTGOING_TIMEOUT_SECONDS = 0.3
    simulator.order("fault", fault="slow", step="roles", times=1, seconds=2)

    assert failure_of(browser).reason is Reason.TIMEOUT


def test_a_mandate_that_was_voided_meanwhile_grants_nothing(
    browser: Browser, simulator: Simulator
) -> None:
    registered = mandates.register(AINO)
    answer = pick(browser, mandates.selection_url(registered, "fi"), PIRKANMAA)
    simulator.order(
        "void",
        **{
            "from": "pirkanmaa",
            "to_person": "aino",
            "mandates": ["benefits_and_payment_demands", "social_assistance_customers"],
        },
    )

    assert mandates_of(mandates.organisation(registered, answer).themes) == frozenset()


def test_a_callback_works_once(browser: Browser) -> None:
    registered = mandates.register(AINO)
    answer = pick(browser, mandates.selection_url(registered, "fi"), PIRKANMAA)
    mandates.organisation(registered, answer)

    with pytest.raises(Refused) as caught:
        mandates.organisation(registered, answer)
    assert caught.value.reason is Reason.CODE


@pytest.mark.parametrize("skew", [-400, 400])
def test_clocks_too_far_apart_are_our_fault(skew: int, simulator: Simulator) -> None:
    simulator.order("clock", skew=skew)
    try:
        with pytest.raises(Refused) as caught:
            mandates.register(AINO)
    finally:
        simulator.order("clock", skew=0)
    assert caught.value.reason is Reason.CLIENT


def test_a_wrong_api_key_is_our_fault(simulator: Simulator, settings: Settings) -> None:
    settings.SUOMIFI_MANDATES = settings.SUOMIFI_MANDATES | {"api_key": "another"}

    with pytest.raises(Refused) as caught:
        mandates.register(AINO)
    assert caught.value.reason is Reason.CLIENT


def test_a_wrong_password_is_our_fault(browser: Browser, settings: Settings) -> None:
    settings.SUOMIFI_MANDATES = settings.SUOMIFI_MANDATES | {"oauth_password": "another"}

    assert failure_of(browser).reason is Reason.CLIENT


def test_nobody_is_registered_by_a_code_that_is_none(simulator: Simulator) -> None:
    with pytest.raises(Refused) as caught:
        mandates.register("131052-9084")
    assert caught.value.reason is Reason.INVALID_HETU


def test_an_unfinished_selection_can_be_closed(simulator: Simulator) -> None:
    registered = mandates.register(AINO)

    mandates.unregister(registered)
    mandates.unregister(registered)

    assert open_sessions(simulator) == 0


def test_closing_does_without_a_service_that_is_down(
    simulator: Simulator, settings: Settings
) -> None:
    registered = mandates.register(AINO)
    settings.SUOMIFI_MANDATES = settings.SUOMIFI_MANDATES | {"url": "http://127.0.0.1:9"}

    mandates.unregister(registered)

    assert open_sessions(simulator) == 1
