"""A generated delivery is one that Kela's systems could have made: not a row is refused."""

from datetime import date
from pathlib import Path

import pytest

from demo.population.generate import generate
from intake.models import Delivery, Reject
from intake.services import take_in
from tests.acting import owning


@pytest.mark.django_db
@pytest.mark.parametrize("today", [date(2026, 11, 21), date(2022, 12, 15)], ids=str)
def test_every_row_is_taken_in(tmp_path: Path, today: date) -> None:
    generate(tmp_path, 1200, today)
    with owning():
        list(take_in([tmp_path]))
    assert not Reject.objects.exists()
    assert Delivery.objects.get(file="customers.csv").merged == 1200
    assert Delivery.objects.get(file="payments.csv").merged > 10_000
