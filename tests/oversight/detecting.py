"""Acts for detection to look at, in the log and outside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kelmu.clock import HELSINKI
from oversight.detection.acts import Act
from oversight.detection.services import detect_what_is_due
from oversight.reviews.services import draw_what_is_due

MONDAY = datetime(2026, 10, 5, 8, tzinfo=HELSINKI)


@contextmanager
def as_sealer() -> Iterator[None]:
    """Act as kelmu_sealer, who reads the log, on the connection of the test."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET ROLE kelmu_sealer")
        yield
        cursor.execute("SET ROLE kelmu_app")


def detect() -> None:
    """What the worker does when a month is over."""
    draw_what_is_due()
    with as_sealer():
        detect_what_is_due()


def act(number: int, at: datetime = MONDAY, **told: Any) -> Act:
    """An act outside the log: somebody looks a customer up for a matter."""
    usual: dict[str, Any] = {
        "actor": UUID(int=1),
        "customer": UUID(int=1000 + number),
        "is_search": True,
        "is_miss": False,
        "purpose": "other_benefits",
        "reference": f"SOS-{told.get('customer', number)}",
    }
    return Act(id=UUID(int=100_000 + number), at=at, **usual | told)


def ordinary(days: int = 40, *, people: int = 3) -> list[Act]:
    """Some people look a customer up each morning, each time with a case reference."""
    return [
        act(
            n := day * people + person,
            MONDAY + timedelta(days=day, minutes=90 * person),
            actor=UUID(int=1 + person),
            customer=UUID(int=1000 + n % 30),
            reference=f"SOS-{n % 30}",
        )
        for day in range(days)
        for person in range(people)
    ]
