"""The time line: what is drawn, where, and the same as a table."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from benefits.timeline import Span, timeline
from tests import told
from tests.acting import customer
from tests.benefits.opened import narrowed
from tests.harness import TODAY

HOUSING = "pensioners_housing_allowance"


@pytest.fixture
def eino(db: None) -> UUID:
    return customer()


def drawn(eino: UUID) -> dict[str, Any]:
    found = timeline(narrowed(eino))
    assert found is not None
    return found


def rows(found: dict[str, Any]) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in found["table"].rows]


def test_nothing_is_drawn_of_a_customer_without_benefits(eino: UUID) -> None:
    told.insurance(eino)
    assert timeline(narrowed(eino)) is None


def test_each_benefit_has_its_line_in_the_order_of_benefits(eino: UUID) -> None:
    told.payment(eino)
    told.decision(eino, benefit_id=HOUSING)
    told.payment(eino, benefit_id=HOUSING)
    lanes = drawn(eino)["lanes"]
    assert [lane["title"] for lane in lanes] == ["Eläkkeensaajan asumistuki", "Kansaneläke"]
    assert [[bar["kind"] for bar in lane["bars"]] for lane in lanes] == [
        ["given", "paid"],
        ["paid"],
    ]


def test_the_table_says_what_is_drawn(eino: UUID) -> None:
    told.decision(eino)
    for month in (9, 10, 11):
        told.payment(eino, paid_on=date(2026, month, 7))
    told.payment(eino, paid_on=date(2026, 12, 7), state="scheduled")
    found = drawn(eino)
    euros = "\N{NO-BREAK SPACE}€"
    assert rows(found) == [
        ("Kansaneläke", "myönnetty", "1.1.2026–", "–", f"784,52{euros} kuukaudessa"),
        ("Kansaneläke", "maksettu", "1.9.–30.11.2026", "3", f"1\N{NO-BREAK SPACE}800,00{euros}"),
        ("Kansaneläke", "tulossa", "1.12.–31.12.2026", "1", f"600,00{euros}"),
    ]
    texts = [bar["text"] for lane in found["lanes"] for bar in lane["bars"]]
    cells = [", ".join(cell for cell in row[1:] if cell != "–") for row in rows(found)]
    assert texts == cells


def test_a_month_without_a_payment_is_a_gap(eino: UUID) -> None:
    for month in (6, 7, 9):
        told.payment(eino, paid_on=date(2026, month, 7))
    assert [row[2] for row in rows(drawn(eino))] == ["1.6.–31.7.2026", "1.9.–30.9.2026"]


def test_a_run_goes_on_over_the_turn_of_a_year(eino: UUID) -> None:
    for day in (date(2025, 12, 7), date(2026, 1, 7)):
        told.payment(eino, paid_on=day)
    assert [row[2] for row in rows(drawn(eino))] == ["1.12.2025–31.1.2026"]


def test_a_returned_payment_is_not_drawn_as_a_paid_one(eino: UUID) -> None:
    told.payment(eino)
    told.payment(eino, state="returned")
    assert [row[1] for row in rows(drawn(eino))] == ["maksettu", "palautunut"]


def test_a_decision_is_drawn_until_another_replaced_it(eino: UUID) -> None:
    validity = DateRange(date(2025, 1, 1), None)
    told.decision(
        eino, decided_on=date(2025, 1, 1), validity=validity, replaced_on=date(2026, 1, 1)
    )
    told.decision(eino)
    assert [row[2] for row in rows(drawn(eino))] == ["1.1.–31.12.2025", "1.1.2026–"]


def test_a_refusal_gives_nothing_to_draw(eino: UUID) -> None:
    told.decision(eino, kind="rejected", amount=None, amount_unit="")
    assert timeline(narrowed(eino)) is None


def test_what_began_long_ago_is_drawn_from_the_look_back_on(eino: UUID) -> None:
    told.decision(eino, decided_on=date(2011, 3, 1), validity=DateRange(date(2011, 3, 1), None))
    [bar] = drawn(eino)["lanes"][0]["bars"]
    assert (bar["x"], bar["width"]) == ("0.00%", "100.00%")


def test_years_begin_where_they_are_drawn(eino: UUID) -> None:
    told.payment(eino, paid_on=date(2025, 1, 7))
    told.payment(eino, paid_on=date(2026, 12, 7), state="scheduled")
    assert drawn(eino)["years"] == [{"x": "50.00%", "year": "2026"}]  # 365 of 730 days


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(one=days, other=days)
def test_a_later_day_is_never_drawn_before_an_earlier_one(one: date, other: date) -> None:
    span = Span(date(2023, 11, 1), date(2027, 1, 1))
    assert (one <= other) <= (span.place(one) <= span.place(other))
    assert 0 <= span.place(one) <= 100


def test_what_begins_on_a_coming_day_is_drawn_too(eino: UUID) -> None:
    told.payment(eino)
    told.decision(eino, validity=DateRange(date(2027, 2, 1), None))
    bar = drawn(eino)["lanes"][0]["bars"][0]
    assert float(bar["x"].strip("%")) + float(bar["width"].strip("%")) == pytest.approx(100, 0.001)
    assert float(bar["width"].strip("%")) > 5


def test_today_is_marked(eino: UUID) -> None:
    told.payment(eino, paid_on=date(2026, 11, 7))
    span = Span(date(2026, 11, 1), date(2026, 12, 1))
    assert drawn(eino)["today"] == f"{span.place(TODAY):.2f}%"
