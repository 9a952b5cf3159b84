"""Whoever reads the queue on from a cursor misses nothing, in whatever order it has come."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connections, transaction
from pytest_django import Settings

from demo.environment import Urls
from notifications.models import Handling
from tests.acting import customer, owning
from tests.agreeing import agreed_purposes
from tests.delivering import SECOND_DAY, vouch
from tests.harness import TODAY
from tests.notifications.forwarding import notify
from tests.notifications.test_feeds import APPLICATION, lay, take_in
from tests.technical_interface.calling import System, problem, registered

HERE = "/api/v1/notifications/social_assistance_notifications/837"


class Reader:
    """A system that keeps its cursor."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.cursor = ""
        self.seen: list[int] = []

    def read(self) -> list[int]:
        """What has come since the last time, page by page."""
        found: list[int] = []
        more = True
        while more:
            answer = self.system.get(f"{HERE}?state=all&limit=3&after={self.cursor}")
            assert answer.status_code == 200, answer.content
            told = answer.json()
            found += [row["id"] for row in told["rows"]]
            self.cursor, more = told["after"], told["more"]
        self.seen += found
        return found


@pytest.fixture
def reader(db: None) -> Reader:
    registered()
    return Reader(System().enter())


def handling_of(notification: int) -> int:
    with owning():
        return Handling.objects.using("owner").get(notification=notification).pk


def test_what_is_seen_only_from_its_day_is_read_then(reader: Reader, settings: Settings) -> None:
    eino = customer()
    tomorrow = notify(eino, "application", decided_on=TODAY)
    today = notify(eino)
    assert reader.read() == [handling_of(today)]
    settings.KELMU_TODAY = TODAY + timedelta(days=1)
    assert reader.read() == [handling_of(tomorrow)]
    assert reader.read() == []


def test_what_was_transferred_here_is_read_however_old_it_is(reader: Reader) -> None:
    eino = customer()
    old = notify(eino, municipality="536", arrived=TODAY - timedelta(days=9))
    reader.read()
    notify(eino)
    reader.read()
    where = f"{HERE.replace('837', '536')}/{handling_of(old)}"
    to = {"municipality": "837", "reason": "Muuttanut"}
    assert reader.system.post(f"{where}/transfer", to, If_Match='"1"').status_code == 204
    assert len(reader.read()) == 1


def test_what_kela_corrects_to_another_day_is_read_anew(reader: Reader, tmp_path: Path) -> None:
    take_in(lay(tmp_path / "1", [APPLICATION]))
    [number] = reader.read()
    corrected = [APPLICATION.replace(",2026-11-18,false", ",2026-11-19,false")]
    rows = {"customers.csv": 2, "notifications.csv": 1, "notification_attachments.csv": 0}
    vouch(second := lay(tmp_path / "2", corrected), rows, SECOND_DAY)
    take_in(second)
    assert reader.read() == [number]


def test_a_cursor_ends_when_something_else_is_open(reader: Reader) -> None:
    notify(customer())
    reader.read()
    with owning():
        agreed_purposes().filter(purpose="social_assistance_notifications").update(
            look_back_months=12
        )
    answer = reader.system.get(f"{HERE}?after={reader.cursor}")
    assert (answer.status_code, problem(answer)) == (410, "cursor-ended")
    assert len(reader.system.get(HERE).json()["rows"]) == 1


def in_thread[Answer](do: Callable[[], Answer]) -> Answer:
    """Does it with connections of its own, which are closed then."""
    try:
        return do()
    finally:
        connections.close_all()


def test_what_is_committed_late_is_read_late(fresh_db: Urls) -> None:
    registered()
    eino, reader = customer(), Reader(System().enter())
    with transaction.atomic("owner"):
        late = notify(eino)
        with ThreadPoolExecutor(1) as elsewhere:
            early = elsewhere.submit(in_thread, lambda: notify(eino)).result()
        assert reader.read() == [handling_of(early)]
    assert handling_of(late) < handling_of(early)
    assert reader.read() == [handling_of(late)]


def test_readers_and_writers_at_once(fresh_db: Urls, settings: Settings) -> None:
    settings.INTERFACE_CALLS_IN_A_MINUTE = 100_000
    registered()
    eino, system = customer(), System().enter()
    writing = [True]

    def write(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - nothing secret
        for _ in range(12):
            with transaction.atomic("owner"):
                for _ in range(chance.randint(1, 3)):
                    notify(eino)
                    time.sleep(chance.random() / 100)  # so that readers come in between

    def read(_number: int) -> list[int]:
        reader = Reader(system)
        while writing[0]:
            reader.read()
        reader.read()
        return reader.seen

    with ThreadPoolExecutor(6) as threads:
        reading = [threads.submit(in_thread, partial(read, number)) for number in range(2)]
        written = [threads.submit(in_thread, partial(write, seed)) for seed in range(4)]
        for one in written:
            one.result()
        writing[0] = False
        seen = [one.result() for one in reading]
    there = sorted(Handling.objects.using("owner").values_list("pk", flat=True))
    assert [sorted(numbers) for numbers in seen] == [there, there]
    assert seen[0] == seen[1]
