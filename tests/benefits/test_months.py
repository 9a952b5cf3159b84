"""Payments lie in partitions by month; a number is one row wherever it lies."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from benefits.models import Payment
from intake.models import Delivery
from intake.services import take_in
from kelmu.jobs import JOBS
from tests import told
from tests.acting import customer, owning
from tests.delivering import GOOD, SECOND_DAY, deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def eino() -> UUID:
    return customer()


def place_of(payment: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass FROM benefits_payment WHERE id = %s", [payment])
        ((place,),) = cursor.fetchall()
    return str(place)


@pytest.mark.parametrize(
    ("paid_on", "place"),
    [
        (date(2026, 11, 30), "benefits_payment_2026_11"),
        (date(2026, 12, 1), "benefits_payment_2026_12"),
        (date(2021, 1, 1), "benefits_payment_2021_01"),
        (date(2020, 12, 31), "benefits_payment_before"),
        (date(1986, 1, 7), "benefits_payment_before"),
        (date(2199, 1, 7), "benefits_payment_later"),
    ],
)
def test_a_payment_lies_in_its_month(eino: UUID, paid_on: date, place: str) -> None:
    assert place_of(told.payment(eino, paid_on=paid_on).pk) == place


def test_the_worker_makes_the_months_of_a_year_ahead() -> None:
    this = datetime.now(UTC).date()
    last = f"benefits_payment_{this.replace(year=this.year + 1):%Y_%m}"
    with owning(), connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {last}")
    next(job for job in JOBS if job.name == "months of payments").run()
    assert last in connection.introspection.table_names(include_views=True)


def test_what_waited_for_a_month_moves_there_when_it_is_made(eino: UUID) -> None:
    early = datetime.now(UTC).date().replace(day=1) + timedelta(days=800)
    payment = told.payment(eino, paid_on=early).pk
    assert place_of(payment) == "benefits_payment_later"
    with connection.cursor() as cursor:
        cursor.execute("SELECT benefits_add_month(%s)", [early])
    assert place_of(payment) == f"benefits_payment_{early:%Y_%m}"


def test_a_payment_told_again_for_another_day_moves_and_stays_one(tmp_path: Path) -> None:
    moved = GOOD["payments.csv"][1].replace("2026-12-07", "2027-01-07")
    deliver(tmp_path / "first", GOOD)
    deliver(tmp_path / "second", {"payments.csv": [GOOD["payments.csv"][0], moved]}, SECOND_DAY)
    with owning():
        list(take_in([tmp_path / "first", tmp_path / "second"]))
    assert place_of(2) == "benefits_payment_2027_01"
    assert Payment.objects.count() == 2
    counts = Delivery.objects.filter(file="payments.csv").order_by("pk")
    assert [*counts.values_list("merged", "unchanged")] == [(2, 0), (1, 1)]
