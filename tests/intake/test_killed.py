"""An intake that is killed leaves nothing half, and is followed by one that goes on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connections
from psycopg.errors import InsufficientPrivilege

from demo.environment import Urls
from intake.models import Batch
from intake.services import take_in
from tests.delivering import GOOD, SECOND_DAY, deliver, intake
from tests.harness import Ground
from tests.killing import Intake, survives, two_days


class Killed(BaseException):
    """What nobody catches, as nobody catches a kill."""


class Until:
    """Steps until one begins that is not survived; `begun` are those that began."""

    def __init__(self, last: str = "") -> None:
        self.last = last
        self.begun: list[str] = []

    @contextmanager
    def __call__(self, what: str, _rows: int) -> Iterator[Callable[[int], object]]:
        if what == self.last:
            raise Killed
        self.begun.append(what)
        yield lambda _done: None


def killed_at(folder: Path, step: str) -> None:
    with pytest.raises(Killed):
        list(take_in([folder], Until(step)))
    connections["owner"].close()


def staged() -> set[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'intake_staging'")
        return {name for (name,) in cursor.fetchall()} - {"file", "reject"}


def test_kills_leave_a_whole_batch_before_or_after(ground: Ground, tmp_path: Path) -> None:
    intake = Intake(ground, "kelmu_killed", *two_days(tmp_path, 60))
    survives(intake, kills=2)
    intake.end()


@pytest.mark.usefixtures("fresh_db")
def test_the_next_run_goes_on_with_the_files_that_are_not_staged(tmp_path: Path) -> None:
    deliver(tmp_path, GOOD)
    killed_at(tmp_path, "decisions.csv: staging")
    assert not Batch.objects.exists()
    rest = Until()
    list(take_in([tmp_path], rest))
    assert rest.begun[0] == "decisions.csv: staging"
    assert Batch.objects.get().deliveries.get(file="customers.csv").merged == 2


@pytest.mark.usefixtures("fresh_db")
def test_after_a_kill_while_merging_nothing_is_staged_again(tmp_path: Path) -> None:
    deliver(tmp_path, GOOD)
    killed_at(tmp_path, "payments.csv: merging")
    rest = Until()
    list(take_in([tmp_path], rest))
    assert not any(step.endswith("staging") for step in rest.begun)
    assert staged() == set()


@pytest.mark.usefixtures("fresh_db")
def test_a_file_that_changed_since_is_staged_again(tmp_path: Path) -> None:
    deliver(tmp_path, GOOD)
    killed_at(tmp_path, "decisions.csv: merging")
    fewer = GOOD | {"payments.csv": GOOD["payments.csv"][:1]}
    rest = Until()
    list(take_in([deliver(tmp_path, fewer)], rest))
    assert [step for step in rest.begun if step.endswith("staging")] == ["payments.csv: staging"]
    assert Batch.objects.get().deliveries.get(file="payments.csv").rows == 1


@pytest.mark.usefixtures("fresh_db")
def test_what_another_delivery_left_behind_is_removed(tmp_path: Path) -> None:
    killed_at(deliver(tmp_path / "first", GOOD), "customers.csv: merging")
    assert "payments.csv" in staged()
    only = {"customers.csv": GOOD["customers.csv"]}
    intake(deliver(tmp_path / "second", only, SECOND_DAY))
    assert staged() == set()


@pytest.mark.usefixtures("fresh_db")
def test_a_refused_delivery_leaves_nothing_staged(tmp_path: Path) -> None:
    broken = GOOD | {"payments.csv": ["1,too,few,columns"]}
    with pytest.raises(CommandError, match="not as many columns"):
        intake(deliver(tmp_path, broken))
    assert staged() == set()


def test_the_application_cannot_look_at_what_is_staged(tmp_path: Path, fresh_db: Urls) -> None:
    killed_at(deliver(tmp_path, GOOD), "customers.csv: merging")
    with psycopg.connect(fresh_db.application) as application, pytest.raises(InsufficientPrivilege):
        application.execute('SELECT * FROM intake_staging."customers.csv"')
