"""What another service published is kept: while it is fresh, and while the service is down."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from authorizations.suomifi.errors import Reason, Unavailable
from authorizations.suomifi.lastgood import LastGood

DOWN = Unavailable(Reason.UNREACHABLE)


def service(*answers: int | Unavailable) -> Callable[[], int]:
    """Gives one answer after the other."""
    coming: Iterator[int | Unavailable] = iter(answers)

    def fetch() -> int:
        answer = next(coming)
        if isinstance(answer, Unavailable):
            raise answer
        return answer

    return fetch


def test_a_fresh_value_is_not_fetched_again() -> None:
    kept = LastGood(service(1))

    assert [kept.get(), kept.get()] == [1, 1]


def test_an_old_value_is_fetched_again() -> None:
    kept = LastGood(service(1, 2), seconds_fresh=0)

    assert [kept.get(), kept.get()] == [1, 2]


def test_a_service_that_was_down_is_asked_again() -> None:
    kept = LastGood(service(DOWN, 1))

    with pytest.raises(Unavailable):
        kept.get()
    assert kept.get() == 1


def test_the_last_good_value_serves_while_the_service_is_down() -> None:
    kept = LastGood(service(1, DOWN), seconds_fresh=0)

    assert [kept.get(), kept.get()] == [1, 1]


def test_a_service_that_is_down_is_left_alone_for_a_while() -> None:
    kept = LastGood(service(1, DOWN, 2), seconds_fresh=0)

    assert [kept.get() for _ in range(4)] == [1, 1, 1, 1]


def test_a_refresh_fetches_even_what_is_fresh() -> None:
    kept = LastGood(service(1, 2))

    assert [kept.get(), kept.refreshed()] == [1, 2]


def test_refreshes_are_rare() -> None:
    kept = LastGood(service(1, 2))

    assert [kept.get(), kept.refreshed(), kept.refreshed(), kept.get()] == [1, 2, 2, 2]


def test_who_asks_for_a_refresh_that_is_under_way_gets_what_it_brings() -> None:
    asked, answered = Event(), Event()
    answers = service(1, 2)

    def slow() -> int:
        if asked.is_set():
            answered.wait(10)
        return answers()

    kept = LastGood(slow)
    kept.get()
    asked.set()
    with ThreadPoolExecutor(4) as threads:
        refreshed = [threads.submit(kept.refreshed) for _ in range(4)]
        answered.set()
        assert [one.result() for one in refreshed] == [2, 2, 2, 2]
