"""Kela's answers by file: each to the version that Kela read, once."""

from pathlib import Path

import pytest
from django.db import transaction

from demo.environment import Urls
from intake.models import Batch, Reject
from payment_demands import services
from payment_demands.models import Demand
from tests.acting import PIRKANMAA, customer, official, right_of
from tests.delivering import SECOND_DAY, deliver, intake
from tests.payment_demands.demanding import act_as, opened, pays, registered, terms

FILE = "payment_demand_answers.csv"
BEFORE, THIRD_DAY = "2026-11-01T06:00:00+02:00", "2026-11-22T06:00:00+02:00"


@pytest.fixture
def demand(fresh_db: Urls) -> Demand:
    with transaction.atomic():
        pays(customer())
        made = registered()
    Batch.objects.using("owner").update(made_at=BEFORE)  # what is delivered after it is younger
    return made


def answers(folder: Path, *rows: str, made_at: str = SECOND_DAY) -> None:
    intake(deliver(folder, {FILE: [*rows]}, made_at))


def now(demand: Demand) -> Demand:
    with transaction.atomic():
        act_as(PIRKANMAA)
        return Demand.objects.get(pk=demand.pk)


def rejected() -> list[tuple[str, str]]:
    return list(Reject.objects.using("owner").values_list("field", "reason"))


def test_an_answer_reaches_the_demand_and_is_new_to_the_claimant(
    demand: Demand, tmp_path: Path
) -> None:
    answers(tmp_path / "1", f"{demand.pk},1,receive,2026-11-20,")
    answers(tmp_path / "2", f"{demand.pk},1,accept,2026-11-21,", made_at=THIRD_DAY)
    answered = now(demand)
    assert (answered.state, answered.version) == ("accepted", 3)
    assert answered.has_new_answer


def test_the_same_answer_again_changes_nothing(demand: Demand, tmp_path: Path) -> None:
    row = f"{demand.pk},1,reject,2026-11-20,Etuus ei riitä"
    answers(tmp_path / "1", row)
    answers(tmp_path / "2", row, made_at=THIRD_DAY)
    answered = now(demand)
    assert (answered.state, answered.version, answered.reason) == ("rejected", 2, "Etuus ei riitä")
    assert rejected() == []


def test_an_answer_to_what_was_changed_meanwhile_is_left_out(
    demand: Demand, tmp_path: Path
) -> None:
    with transaction.atomic():
        right = right_of(official())
        services.change(right, opened(right), demand.pk, terms(reference="K-2"), seen=1)
    answers(tmp_path, f"{demand.pk},1,accept,2026-11-20,")
    assert now(demand).state == "registered"
    assert rejected() == [("answer", "state")]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("01234567-89ab-4cde-8f01-23456789abcd,1,accept,2026-11-20,", ("demand", "unknown_row")),
        ("{},1,reject,2026-11-20,", ("reason", "state")),
        ("{},1,accept,2026-12-20,", ("answered_on", "future")),
        ("{},1,void,2026-11-20,", ("answer", "unknown_word")),
        ("numero,1,accept,2026-11-20,", ("demand", "form")),
    ],
)
def test_what_is_wrong_is_left_out(
    demand: Demand, tmp_path: Path, row: str, fault: tuple[str, str]
) -> None:
    answers(tmp_path, row.format(demand.pk))
    assert rejected() == [fault]
    assert now(demand).version == 1
