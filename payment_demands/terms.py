"""What a demand says, as a value: what a form asks for, a check judges and a service writes."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Self

from django.db.backends.postgresql.psycopg_any import DateRange

from kelmu.dates import last_day
from payment_demands.models import Demand
from payment_demands.words import Ground, Measure, Recurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The content of a demand; periods are half-open, `period` without end until further notice."""

    ground: Ground
    benefit: str
    municipality: str
    payee: int
    period: DateRange
    recurrence: Recurrence
    measure: Measure
    amount: Decimal | None = None
    share: Decimal | None = None
    advance_period: DateRange | None = None
    advance_total: Decimal | None = None
    reference: str = ""
    contact_name: str
    contact_phone: str
    statement: str = ""

    @classmethod
    def of(cls, demand: Demand) -> Self:
        """What a demand says now."""
        return cls.read({name: getattr(demand, column) for name, column in COLUMNS.items()})

    @classmethod
    def read(cls, told: dict[str, Any]) -> Self:
        """From words as they are stored."""
        words = {
            "ground": Ground(told["ground"]),
            "recurrence": Recurrence(told["recurrence"]),
            "measure": Measure(told["measure"]),
        }
        return cls(**told | words)

    def columns(self) -> dict[str, Any]:
        """The same by the columns of a demand."""
        return {column: getattr(self, name) for name, column in COLUMNS.items()}

    @property
    def first(self) -> date:
        first: date = self.period.lower
        return first

    @property
    def sum_demanded(self) -> Decimal | None:
        """What an amount comes to in the whole period; None where it has no end or no amount."""
        if self.amount is None or self.period.upper is None:
            return None
        return self.amount * (1 if self.recurrence is Recurrence.ONCE else months_in(self.period))


KEYS = {"benefit", "municipality", "payee"}
COLUMNS = {
    field.name: f"{field.name}_id" if field.name in KEYS else field.name for field in fields(Terms)
}


def months_in(period: DateRange) -> int:
    """The calendar months that a closed period touches."""
    first: date = period.lower
    last: date = period.upper - timedelta(days=1)
    return (last.year - first.year) * 12 + last.month - first.month + 1


def last_of(period: DateRange) -> date | None:
    """The last day inside a period; none where it goes on until further notice."""
    return last_day(period.upper)
