"""Whatever goes wrong at Suomi.fi: the person is told what and what to do, one step back, nothing
is granted, and nothing secret is told to anybody."""

from collections.abc import Sequence
from html import escape
from http import HTTPStatus
from itertools import cycle
from uuid import UUID

import pytest
import requests
from django.utils import translation

from authorizations.login_failures import FAILURES, failure_of
from authorizations.suomifi.errors import Reason
from suomifi_simulator.faults import ANSWERS, CLAIMS, ENCRYPTIONS, MANDATES, NAMES, SIGNATURES
from tests.authorizations.stepping import AINO, Person, Watch
from tests.conftest import KelmuOn
from tests.harness import TODAY
from tests.running import Kelmu

LANGUAGES = ["fi", "sv", "en"]
GARBLED, DOWN = "malformed", "server_error"
BY_ANSWER = {
    "server_error": DOWN,
    "unavailable": DOWN,
    "truncated_json": GARBLED,
    "html_body": GARBLED,
}
# Fault, step, and the reason that the log gives.
IDENTIFICATION = [
    ("cancel", "authorize", "cancelled"),
    ("no_code", "authorize", "provider_error"),
    ("swapped_state", "authorize", "state"),
    ("replayed_code", "authorize", "code"),
    *[(fault, "token", reason) for fault, reason in BY_ANSWER.items()],
    ("bad_request", "token", "code"),
    ("expired", "token", "client"),
    ("wrong_nonce", "token", "nonce"),
    ("wrong_issuer", "token", "issuer"),
    ("wrong_audience", "token", "audience"),
    ("wrong_azp", "token", "authorized_party"),
    ("expired_token", "token", "expired"),
    ("future_iat", "token", "issued_at"),
    ("missing_hetu", None, "no_hetu"),
    ("alg_none", "token", "algorithm"),
    ("alg_hs256", "token", "algorithm"),
    ("unknown_kid", "token", "unknown_key"),
    ("encryption_key", "token", "unknown_key"),
]
SELECTION = [
    *[(fault, "register", reason) for fault, reason in BY_ANSWER.items()],
    ("bad_request", "register", "invalid_hetu"),
    ("expired", "register", "client"),
    ("swapped_state", "select", "state"),
    ("replayed_code", "select", "code"),
    *[(fault, "mandate_token", reason) for fault, reason in BY_ANSWER.items()],
    ("bad_request", "mandate_token", "code"),
    ("expired", "mandate_token", "client"),
    *[(fault, "roles", reason) for fault, reason in BY_ANSWER.items()],
    ("bad_request", "roles", "client"),
    ("expired", "roles", "session_expired"),
    ("empty_list", "roles", "no_organisation"),
    ("two_organisations", "roles", "several_organisations"),
    ("incomplete", "roles", "incomplete"),
]
NO_MANDATE = [("cancel", "select"), ("no_code", "select"), ("missing_theme", "roles")]
HARMLESS = [(fault, "unregister") for fault in ANSWERS] + [
    ("extra_members", "roles"),
    ("missing_at_hash", "token"),  # optional in the code flow
    ("test_loa", "token"),  # means of identification for tests: refused in production alone
]
type Case = tuple[str, str | None, str]


def in_turn(cases: Sequence[Case]) -> list[tuple[str, str | None, str, str]]:
    """Each case in one of the languages."""
    return [(*case, language) for case, language in zip(cases, cycle(LANGUAGES), strict=False)]


@pytest.fixture(scope="module")
def running(kelmu_on: KelmuOn) -> Kelmu:
    return kelmu_on(TODAY.isoformat())


@pytest.fixture
def kelmu(running: Kelmu) -> Kelmu:
    running.order("reset")
    return running


def says_what_happened(page: requests.Response, reason: str, language: str) -> None:
    """Both sentences of the reason, in the language."""
    failure = failure_of(reason, HTTPStatus(page.status_code))
    with translation.override(language):
        assert escape(str(failure.what)) in page.text
        assert escape(str(failure.do)) in page.text
    assert f'<html lang="{language}">' in page.text


def queries_of(watch: Watch) -> list[UUID]:
    """By their numbers at Suomi.fi, the queries that gave no mandate."""
    rows = [row for row in watch.written if row["act"] == "mandate_query"]
    return [UUID(row["details"]["mandate_request"]) for row in rows]


@pytest.mark.parametrize(("fault", "step", "reason", "language"), in_turn(IDENTIFICATION))
def test_a_fault_of_the_identification(
    kelmu: Kelmu, fault: str, step: str | None, reason: str, language: str
) -> None:
    person, watch = Person.at(kelmu, language=language), Watch.over(kelmu)
    kelmu.order("fault", fault=fault, step=step, person=AINO)
    page = person.identify()
    says_what_happened(page, reason, language)
    assert watch.reasons() == [reason]
    assert not person.is_logged_in()
    kelmu.order("mend")
    person.go_on(page)
    assert person.is_logged_in()
    watch.tells_nothing_of(person)


@pytest.mark.parametrize(("fault", "step", "reason", "language"), in_turn(SELECTION))
def test_a_fault_of_the_selection_leads_back_to_the_selection(
    kelmu: Kelmu, fault: str, step: str | None, reason: str, language: str
) -> None:
    person, watch = Person.at(kelmu, language=language), Watch.over(kelmu)
    kelmu.order("fault", fault=fault, step=step, person=AINO)
    page = person.log_in()
    says_what_happened(page, reason, language)
    assert watch.reasons() == [reason]
    was_asked = step in {"mandate_token", "roles"} or fault == "replayed_code"
    assert len(queries_of(watch)) == was_asked
    assert not person.is_logged_in()
    kelmu.order("mend")
    assert "/idp/login/" not in person.steps_of(page)
    assert person.is_logged_in()
    watch.tells_nothing_of(person)


@pytest.mark.parametrize(("fault", "step"), NO_MANDATE)
def test_nothing_chosen_leads_through_the_four_checks(kelmu: Kelmu, fault: str, step: str) -> None:
    person, watch = Person.at(kelmu), Watch.over(kelmu)
    kelmu.order("fault", fault=fault, step=step, person=AINO)
    page = person.log_in()
    assert page.status_code == 403
    assert "You have no mandate that opens Kelmu" in page.text
    assert not person.is_logged_in()
    assert watch.acts() == ["login", "mandate_query"]
    assert len(queries_of(watch)) == 1
    watch.tells_nothing_of(person)


@pytest.mark.parametrize(("fault", "step"), HARMLESS)
def test_a_fault_that_changes_no_answer_is_not_noticed(kelmu: Kelmu, fault: str, step: str) -> None:
    person, watch = Person.at(kelmu), Watch.over(kelmu)
    kelmu.order("fault", fault=fault, step=step, person=AINO)
    person.log_in()
    assert person.is_logged_in()
    watch.tells_nothing_of(person)


@pytest.mark.parametrize("step", ["token", pytest.param("roles", marks=pytest.mark.long)])
def test_a_slow_suomifi_is_not_waited_for(kelmu: Kelmu, step: str) -> None:
    person, watch = Person.at(kelmu), Watch.over(kelmu)
    kelmu.order("fault", fault="slow", step=step, person=AINO, seconds=8)
    page = person.log_in()
    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
    assert watch.reasons() == ["timeout"]
    kelmu.order("mend")
    person.go_on(page)
    assert person.is_logged_in()
    watch.tells_nothing_of(person)


@pytest.mark.parametrize("seconds", [600, -600])
def test_a_clock_that_is_wrong_there_is_told(kelmu: Kelmu, seconds: int) -> None:
    person, watch = Person.at(kelmu), Watch.over(kelmu)
    kelmu.order("clock", skew=seconds)
    page = person.log_in()
    assert not person.is_logged_in()
    assert watch.reasons()
    kelmu.order("clock", skew=0)
    person.go_on(page)
    assert person.is_logged_in()
    watch.tells_nothing_of(person)


def test_a_new_key_of_the_provider_is_fetched(kelmu: Kelmu) -> None:
    kelmu.restart_application()  # an unknown key of a moment ago would make this one wait a minute
    Person.at(kelmu).log_in()
    kelmu.order("rotate-keys", provider="idp")
    person = Person.at(kelmu)
    person.log_in()
    assert person.is_logged_in()


@pytest.mark.parametrize("step", ["discovery", "jwks"])
def test_a_provider_that_is_down_at_the_start_is_asked_again(kelmu: Kelmu, step: str) -> None:
    kelmu.order("fault", fault="unavailable", step=step)
    kelmu.restart_application()
    person, watch = Person.at(kelmu), Watch.over(kelmu)
    page = person.log_in()
    assert page.status_code == 503
    assert watch.reasons() == [DOWN]
    kelmu.order("mend")
    person.go_on(page)
    assert person.is_logged_in()


def test_every_fault_of_the_simulator_is_tried() -> None:
    tried = {fault for fault, *_ in [*IDENTIFICATION, *SELECTION]}
    tried |= {fault for fault, _ in [*NO_MANDATE, *HARMLESS]}
    assert tried | ENCRYPTIONS | {"slow"} == NAMES
    assert tried >= ANSWERS.keys() | MANDATES | CLAIMS | SIGNATURES


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_reason_is_told_in_the_national_languages(language: str) -> None:
    for reason in Reason:
        failure = FAILURES.get(reason) or failure_of(reason, HTTPStatus.BAD_REQUEST)
        with translation.override("en"):
            english = str(failure.what), str(failure.do)
        with translation.override(language):
            assert str(failure.what) != english[0]
            assert str(failure.do) != english[1]
