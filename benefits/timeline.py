"""Benefits and payments in time: a drawing for the eye, and the same as a table.

Across, places are shares of the drawing's width, so that it fits any screen and its texts keep
their size; down, they are pixels.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from benefits.reference import BenefitFacts
from benefits.rows import CustomerBenefits, DecisionRow, MonthOfPayments
from benefits.tables import NOTHING, amount_in_unit
from benefits.words import GIVING, PaymentState
from kelmu.dates import months_before
from kelmu.formats import amount, period
from kelmu.tables import Column, Table

TOP, LANE = 24, 44  # pixels
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A time of a benefit: what it was given (`kind` given), or paid in whole months."""

    benefit: BenefitFacts
    kind: str
    label: str
    first: date
    last: date | None
    payments: str
    amount: str

    @property
    def text(self) -> str:
        told = [self.label, period(self.first, self.last), self.payments, self.amount]
        return ", ".join(part for part in told if part != NOTHING)


@dataclass(frozen=True, slots=True)
class Span:
    """The time that is drawn: from the first of a month until that of another, exclusive."""

    start: date
    end: date

    def place(self, day: date) -> float:
        """How far across a day begins, in per cent."""
        inside = min(max(day, self.start), self.end)
        return 100 * (inside - self.start).days / (self.end - self.start).days

    def width(self, bar: Bar) -> float:
        end = bar.last + DAY if bar.last else self.end
        return max(self.place(end) - self.place(bar.first), 0.4)


def timeline(found: CustomerBenefits) -> dict[str, Any] | None:
    """The drawing and its table; nothing where there is nothing to draw."""
    bars = [*_decisions(found.all_decisions, found.since), *_payments(found.months)]
    if not bars:
        return None
    lanes = _lanes(bars)
    span = _span(bars, found.since, found.on)
    return {
        "height": TOP + LANE * len(lanes),
        "years": [{"x": _x(span.place(day)), "year": str(day.year)} for day in _years(span)],
        "today": _x(span.place(found.on)),
        "key": _key(bars),
        "lanes": [_drawn(lane, number, span) for number, lane in enumerate(lanes)],
        "table": _table(bar for lane in lanes for bar in lane),
    }


def _decisions(rows: Iterable[DecisionRow], since: date) -> Iterator[Bar]:
    """The times for which something was given, until another decision replaced it."""
    for row in rows:
        last = row.until
        if row.kind in GIVING and (last is None or last >= max(since, row.first)):
            label, given = str(row.kind.label), amount_in_unit(row)
            yield Bar(row.benefit, "given", label, row.first, last, NOTHING, given)


def _payments(months: Iterable[MonthOfPayments]) -> Iterator[Bar]:
    """Runs of months in which something was paid, or is to be, without a gap."""
    by_run = sorted(months, key=lambda month: (month.benefit.order, month.state, month.month))
    for _of, of_state in groupby(by_run, lambda month: (month.benefit.slug, month.state)):
        numbered = enumerate(of_state)
        for _gap, run in groupby(numbered, lambda pair: _number(pair[1].month) - pair[0]):
            yield _run([month for _place, month in run])


def _run(months: Sequence[MonthOfPayments]) -> Bar:
    first, last = months[0], months[-1]
    return Bar(
        benefit=first.benefit,
        kind=first.state.value,
        label=str(first.state.label),
        first=first.month,
        last=_next_month(last.month) - DAY,
        payments=str(sum(month.payments for month in months)),
        amount=amount(sum((month.net for month in months), Decimal(0))),
    )


def _lanes(bars: Iterable[Bar]) -> list[list[Bar]]:
    """The bars of each benefit, in the order of benefits and of time."""
    in_order = sorted(bars, key=lambda bar: (bar.benefit.order, bar.kind != "given", bar.first))
    return [list(lane) for _slug, lane in groupby(in_order, lambda bar: bar.benefit.slug)]


def _span(bars: Sequence[Bar], since: date, today: date) -> Span:
    paid = (bar.last for bar in bars if bar.last and bar.kind in PaymentState)
    last = max(today, *(bar.first for bar in bars), *paid)
    first = min(today, *(bar.first for bar in bars))
    return Span(max(first, since).replace(day=1), _next_month(last))


def _years(span: Span) -> Iterator[date]:
    """The beginnings of the years that are drawn."""
    return (date(year, 1, 1) for year in range(span.start.year + 1, (span.end - DAY).year + 1))


def _drawn(lane: Sequence[Bar], number: int, span: Span) -> dict[str, Any]:
    """A benefit's name, what was given below it, and what was paid below that."""
    top = TOP + LANE * number
    return {
        "title": lane[0].benefit.title,
        "name_y": top + 13,
        "bars": [
            {
                "kind": bar.kind,
                "text": bar.text,
                "x": _x(span.place(bar.first)),
                "width": _x(span.width(bar)),
                "y": top + (18 if bar.kind == "given" else 31),
                "height": 10 if bar.kind == "given" else 6,
            }
            for bar in lane
        ],
    }


def _key(bars: Iterable[Bar]) -> list[tuple[str, str]]:
    """What the bars that are drawn stand for."""
    drawn = {bar.kind for bar in bars}
    words = [("given", _("granted")), *PaymentState.choices]
    return [(kind, str(label)) for kind, label in words if kind in drawn]


def _table(bars: Iterable[Bar]) -> Table:
    return Table(
        caption=_("The time line as a table"),
        columns=[
            Column(_("Benefit")),
            Column(_("What")),
            Column(_("Period")),
            Column(_("Payments"), numeric=True),
            Column(_("Amount"), numeric=True),
        ],
        rows=[
            (bar.benefit.title, bar.label, period(bar.first, bar.last), bar.payments, bar.amount)
            for bar in bars
        ],
        empty=_("Nothing to draw."),
    )


def _x(share: float) -> str:
    return f"{share:.2f}%"


def _number(month: date) -> int:
    return month.year * 12 + month.month


def _next_month(day: date) -> date:
    return months_before(day.replace(day=1), -1)
