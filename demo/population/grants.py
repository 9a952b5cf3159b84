"""What a benefit is made of: its grant, the parts with one amount each, and what they pay."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from demo.population.amounts import Terms, euros
from demo.population.calendar import Month, banking_day, month_end, next_month, weekdays
from demo.population.people import Person

PROCESSING = timedelta(days=18)  # from the first day of a benefit to its decision
AHEAD_OF_A_CHANGE = timedelta(days=20)  # the decision on next year's amount comes before it
HEARD_OF = timedelta(days=9)  # from a death to the decision that ends a benefit


@dataclass(frozen=True, slots=True)
class Payee:
    kind: str
    name: str
    account: str  # last four digits; empty: the customer's


type Deduction = tuple[str, int]  # reason, per mille of the gross

NO_DEDUCTION: Deduction = ("", 0)
TO_THE_CUSTOMER = Payee("customer", "", "")


@dataclass(frozen=True, slots=True)
class Spell:
    """A benefit over a time, of which something was told."""

    person: Person
    terms: Terms
    first: date
    last: date
    gross: int  # of its last month


@dataclass(frozen=True, slots=True)
class Grant:
    """What was granted, and until when the decisions say that it holds."""

    person: Person
    terms: Terms
    first: date
    end: date
    told_last: date | None
    ended: str
    payee: Payee
    deduction: Deduction

    def decided_on(self, start: date) -> date:
        """When what holds from a day on was decided: a change beforehand, but not before all."""
        granted_on = self.first + PROCESSING
        return max(start - AHEAD_OF_A_CHANGE, granted_on) if start > self.first else granted_on


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a grant with one decision and one amount."""

    grant: Grant
    decision: int
    decided_on: date
    first: date
    last: date
    cents: int


def limited(terms: Terms, person: Person, last: date, ended: str) -> tuple[date, str]:
    """The last day of a benefit and why it ended: none goes on after its law or its receiver.

    What is paid by the month is paid for the month of death.
    """
    limits = [(last, ended)]
    if terms.last:
        limits.append((terms.last, "other_benefit"))
    if person.died_on:
        limits.append((month_end(person.died_on), "died"))
    return min(limits)


def kind_and_grounds(grant: Grant, start: date) -> tuple[str, str]:
    if start == grant.first:
        return "granted", "conditions_met"
    by_law = start in grant.terms.amount.days
    return "revised", "change_of_rate" if by_law else "change_of_household"


def gross_of(part: Part, month: Month, first: date, last: date) -> int:
    whole = first == month.first and last == month.last
    if part.grant.terms.unit == "day":
        return part.cents * (month.weekdays if whole else weekdays(first, last))
    return part.cents if whole else part.cents * ((last - first).days + 1) // month.days


@lru_cache(maxsize=4096)
def pay_day_of(month: date, terms: Terms) -> date:
    """A daily benefit is paid when its month is over, a monthly one within its month."""
    paid_in = next_month(month) if terms.unit == "day" else month
    return banking_day(paid_in.replace(day=terms.pay_day))


class Sums(NamedTuple):
    """What a payment is made of, in cents."""

    gross: int
    tax: int
    deducted: int
    reason: str
    net: int

    def share(self, net: int) -> "Sums":
        """The part of it that comes to so much, with the tax that belongs to it."""
        tax = self.tax * net // self.net
        return Sums(net + tax, tax, 0, "", net)

    def without(self, part: "Sums") -> "Sums":
        return Sums(
            self.gross - part.gross, self.tax - part.tax, self.deducted, self.reason,
            self.net - part.net,
        )  # fmt: skip


def sums_of(gross: int, tax_per_cent: int, deduction: Deduction) -> Sums:
    reason, per_mille = deduction
    tax, deducted = gross * tax_per_cent // 100, gross * per_mille // 1000
    return Sums(gross, tax, deducted, reason if deducted else "", gross - tax - deducted)


@lru_cache(maxsize=65536)
def told(sums: Sums) -> tuple[str, str, str, str, str]:
    """The sums as the files write them."""
    gross, tax, deducted, reason, net = sums
    return euros(gross), euros(tax), euros(deducted), reason, euros(net)
