"""Searches keep a human pace: told clearly, and written in the log."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from audit.models import ActKind
from audit.pseudonyms import subject_of
from authorizations import pace
from authorizations.refusals import Reason, Refused
from demo.environment import Urls
from tests import acting
from tests.acting import OFFICIAL, POHJANMAA

MISSES = ["150503A965L", "060666-999Y", "070355-912J", "230989-923U"]


@pytest.fixture(autouse=True)
def three_in_five_minutes(settings: Settings) -> None:
    settings.SEARCH_PACE = [(3, timedelta(minutes=5)), (200, timedelta(hours=1))]


@pytest.fixture
def browser(db: None) -> Client:
    return acting.client_of(acting.official())


def search(browser: Client, hetu: str = acting.CUSTOMER) -> int:
    answer = browser.post("/start/", {"purpose": "other_benefits", "hetu": hetu})
    return answer.status_code


def test_the_search_after_the_last_permitted_one_is_refused(browser: Client) -> None:
    acting.customer()
    assert [search(browser) for _ in range(4)] == [302, 302, 302, 429]


def test_misses_count_as_hits_do(browser: Client) -> None:
    assert [search(browser, hetu) for hetu in MISSES] == [200, 200, 200, 429]


def test_a_code_with_an_error_is_no_search(browser: Client) -> None:
    assert [search(browser, "131052-9086") for _ in range(4)] == [422] * 4


def test_another_purpose_of_the_same_customer_counts_too(browser: Client) -> None:
    acting.customer()
    answer = browser.post("/start/", {"purpose": "other_benefits", "hetu": acting.CUSTOMER})
    address = answer["Location"].replace("benefits/", "purpose/")
    purposes = ["other_benefits"] * 3
    answers = [browser.post(address, {"purpose": purpose}).status_code for purpose in purposes]
    assert answers == [302, 302, 429]


def test_the_refusal_says_when_one_may_go_on(browser: Client) -> None:
    for hetu in MISSES[:3]:
        search(browser, hetu)
    answer = browser.post("/start/?lang=en", {"purpose": "other_benefits", "hetu": MISSES[3]})
    assert 1 <= int(answer["Retry-After"]) <= 300
    assert re.search(
        r"You may search again on \d+\.11\.\d{4} at \d+:\d\d\.", answer.content.decode()
    )
    assert MISSES[3] not in answer.content.decode()


def test_the_refusal_is_a_row_of_the_log_and_opens_nothing(browser: Client) -> None:
    acting.customer()
    for hetu in [*MISSES[:3], acting.CUSTOMER]:
        search(browser, hetu)
    *_misses, refusal = acting.entries()
    assert (refusal.act, refusal.details) == (ActKind.REFUSAL, {"reason": "pace", "part": "pace"})
    assert refusal.customer is None


def test_nobody_waits_for_a_colleague(browser: Client) -> None:
    for hetu in MISSES:
        search(browser, hetu)
    colleague = acting.official(subject=subject_of("211190-933R"))
    assert search(acting.client_of(colleague), MISSES[0]) == 200


def test_each_organisation_has_a_pace_of_its_own(browser: Client) -> None:
    for hetu in MISSES:
        search(browser, hetu)
    elsewhere = acting.official(POHJANMAA, subject=subject_of(OFFICIAL))
    assert search(acting.client_of(elsewhere), MISSES[0]) == 200


def test_a_new_login_does_not_begin_the_count_anew(browser: Client) -> None:
    for hetu in MISSES[:3]:
        search(browser, hetu)
    assert search(acting.client_of(acting.official()), MISSES[3]) == 429


def test_one_may_go_on_when_the_oldest_search_is_old_enough(
    browser: Client, settings: Settings
) -> None:
    for hetu in MISSES[:3]:
        search(browser, hetu)
    settings.SEARCH_PACE = [(3, timedelta(microseconds=1))]
    assert search(browser, MISSES[3]) == 200


def test_the_longer_limit_holds_where_the_shorter_one_does_not(
    browser: Client, settings: Settings
) -> None:
    settings.SEARCH_PACE = [(30, timedelta(minutes=5)), (2, timedelta(hours=1))]
    for hetu in MISSES[:2]:
        search(browser, hetu)
    with pytest.raises(Refused) as refused:
        pace.keep(acting.right_of(acting.official()))
    assert refused.value.reason is Reason.PACE
    assert refused.value.retry_at
    assert refused.value.retry_at > timezone.now() + timedelta(minutes=55)


def test_searches_at_the_same_moment_are_counted_one_by_one(
    fresh_db: Urls, settings: Settings
) -> None:
    key = acting.official().session_key or ""

    def one(hetu: str) -> int:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        try:
            return search(client, hetu)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(one, MISSES * 2))
    assert sorted(answers) == [200] * 3 + [429] * 5
