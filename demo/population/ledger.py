"""Writes what happens to a customer: decisions, and the payments that follow from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from demo.population.amounts import Amounts, Steps, Terms, euros
from demo.population.calendar import Calendar, Month, banking_day, next_month, weekdays
from demo.population.files import Files
from demo.population.people import Person

DAY = timedelta(days=1)
PROCESSING = timedelta(days=18)  # from the first day of a benefit to its decision
AHEAD_OF_A_CHANGE = timedelta(days=20)  # the decision on next year's amount comes before it
DEDUCTED = 0.025  # share of spells of which a part goes elsewhere: reason, per mille of the gross
DEDUCTIONS = [("enforcement", 150), ("recovery", 100), ("payment_demand", 300), ("advance", 200)]
REFUSALS = ("conditions_not_met", "too_much_income", "information_missing")
RETURNED = 0.01  # share of spells with a payment that came back


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
class _Grant:
    """What was granted, and until when the decisions say that it holds."""

    person: Person
    terms: Terms
    first: date
    end: date
    told_last: date | None
    ended: bool
    payee: Payee
    deduction: Deduction

    def decided_on(self, start: date) -> date:
        """When what holds from a day on was decided: a change beforehand, but not before all."""
        granted_on = self.first + PROCESSING
        return max(start - AHEAD_OF_A_CHANGE, granted_on) if start > self.first else granted_on


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a grant with one decision and one amount."""

    grant: _Grant
    decision: int
    decided_on: date
    first: date
    last: date
    cents: int


class Ledger:
    def __init__(self, files: Files, amounts: Amounts, calendar: Calendar, random: Random) -> None:
        self.files = files
        self.amounts = amounts
        self.calendar = calendar
        self.random = random

    # --- decisions ----------------------------------------------------------------------------

    def spell(
        self,
        person: Person,
        benefit: str,
        first: date,
        last: date | None = None,
        *,
        per_mille: int = 1000,
        steps: Steps | None = None,
        payee: Payee = TO_THE_CUSTOMER,
        ended: bool = False,
    ) -> Spell | None:
        """A benefit from a day to a day, included, or until further notice.

        `steps` or `per_mille` of the benefit's own amounts say how much. `ended`: it was granted
        until further notice and ended by a decision of its own. None: nothing of it is told.
        """
        calendar, deduction = self.calendar, self._deduction()
        end, told_last = last or calendar.last_month_ends, None if ended else last
        if end < max(calendar.start, first) or first > calendar.end:
            return None
        terms = self.amounts.terms[benefit]
        grant = _Grant(person, terms, first, end, told_last, ended, payee, deduction)
        chain = steps or terms.amount.steps(first, end, per_mille)
        sums = [self._pay(part) for part in self._parts(grant, chain)]
        if sums and ended:
            self._end(grant)
        return Spell(person, terms, first, end, sums[-1]) if sums else None

    def once(self, person: Person, benefit: str, day: date, *, per_mille: int = 1000) -> None:
        """A single payment for one day."""
        terms, calendar = self.amounts.terms[benefit], self.calendar
        decided_on = day + PROCESSING
        if day < calendar.start or decided_on > calendar.today:
            return
        cents = terms.amount.at(day) * per_mille // 1000
        decision = self._decision(
            person, terms, "granted", "conditions_met", decided_on, day, day, None, cents
        )
        grant = _Grant(person, terms, day, day, day, False, TO_THE_CUSTOMER, NO_DEDUCTION)
        part = _Part(grant, decision, decided_on, day, day, cents)
        self._payment(part, banking_day(decided_on + timedelta(days=3)), day, day, cents)

    def reject(self, person: Person, benefit: str, day: date) -> None:
        """An application from a day on that was not granted."""
        terms, decided_on = self.amounts.terms[benefit], day + PROCESSING
        if decided_on <= self.calendar.today:
            grounds = self.random.choice(REFUSALS)
            self._decision(person, terms, "rejected", grounds, decided_on, day, None, None, None)

    def recover(self, spell: Spell, claimed_on: date, months: int, instalment: int) -> None:
        """A claim for so many months of a spell, paid back a month at a time since then."""
        if not spell.gross or not spell.first < claimed_on <= self.calendar.today:
            return
        person, terms, original = spell.person, spell.terms, spell.gross * months
        first = max(spell.first, claimed_on - timedelta(days=31 * (months + 2)))
        decision = self.files.decisions.number(
            person.hetu, terms.benefit, "recovery", claimed_on, first,
            max(first, min(spell.last, claimed_on - timedelta(days=40))), "",
            euros(original), "once", "paid_too_much", terms.law,
        )  # fmt: skip
        since = (self.calendar.today.year - claimed_on.year) * 12
        since += self.calendar.today.month - claimed_on.month
        left = max(0, original - since * instalment)
        self.files.recoveries.number(
            person.hetu, terms.benefit, decision, claimed_on, euros(original), euros(left),
            euros(instalment), "open" if left else "paid",
        )  # fmt: skip

    def _parts(self, grant: _Grant, chain: Steps) -> Iterator[_Part]:
        """Writes the decision of each amount that has been decided and is not too old to tell."""
        turns = [*(start for start, _ in chain[1:]), grant.end + DAY]
        for (start, cents), turn in zip(chain, turns, strict=True):
            decided_on = grant.decided_on(start)
            if decided_on > self.calendar.today:
                return
            if turn > self.calendar.start:
                replaced_on = self._known(turn) if grant.ended or turn <= grant.end else None
                kind, grounds = _kind_and_grounds(grant, start)
                decision = self._decision(
                    grant.person, grant.terms, kind, grounds, decided_on,
                    start, grant.told_last, replaced_on, cents,
                )  # fmt: skip
                yield _Part(grant, decision, decided_on, start, turn - DAY, cents)

    def _known(self, turn: date) -> date | None:
        """A later decision replaces an earlier one once it has been made."""
        return turn if turn - AHEAD_OF_A_CHANGE <= self.calendar.today else None

    def _decision(
        self,
        person: Person,
        terms: Terms,
        kind: str,
        grounds: str,
        decided_on: date,
        first: date,
        last: date | None,
        replaced_on: date | None,
        cents: int | None,
    ) -> int:
        amount = ("", "") if cents is None else (euros(cents), terms.unit)
        return self.files.decisions.number(
            person.hetu, terms.benefit, kind, decided_on, first, last or "", replaced_on or "",
            *amount, grounds, terms.law,
        )  # fmt: skip

    def _end(self, grant: _Grant) -> None:
        day = grant.end + DAY
        decided_on = grant.decided_on(day)
        if decided_on <= self.calendar.today:
            person, terms = grant.person, grant.terms
            self._decision(person, terms, "ended", "need_ended", decided_on, day, None, None, None)

    def _deduction(self) -> Deduction:
        return self.random.choice(DEDUCTIONS) if self.random.random() < DEDUCTED else NO_DEDUCTION

    # --- payments -----------------------------------------------------------------------------

    def _pay(self, part: _Part) -> int:
        gross = 0
        months = self.calendar.months_between(part.first, part.last)
        returned = self._returned(months)
        for month in months:
            first, last = max(part.first, month.first), min(part.last, month.last)
            pay_day = _pay_day(month.first, part.grant.terms)
            if pay_day < part.decided_on:
                pay_day = banking_day(part.decided_on + timedelta(days=3))
            if pay_day > self.calendar.end:
                break
            gross = _gross(part, month, first, last)
            self._payment(part, pay_day, first, last, gross, returned=month is returned)
        return gross

    def _returned(self, months: Sequence[Month]) -> Month | None:
        past = [month for month in months if month.last < self.calendar.today]
        return self.random.choice(past) if past and self.random.random() < RETURNED else None

    def _payment(
        self,
        part: _Part,
        pay_day: date,
        first: date,
        last: date,
        gross: int,
        *,
        returned: bool = False,
    ) -> None:
        if not gross:
            return
        grant, state = part.grant, "returned" if returned else "paid"
        *sums, net = _told_sums(gross, grant.terms.tax, grant.deduction)
        grant.person.paid.append((pay_day, grant.terms.benefit, net))
        self.files.payments.number(
            grant.person.hetu, grant.terms.benefit, part.decision, pay_day, first, last, *sums,
            euros(net),
            state if pay_day <= self.calendar.today else "scheduled",
            grant.payee.kind, grant.payee.name, grant.payee.account or grant.person.account,
        )  # fmt: skip


def _kind_and_grounds(grant: _Grant, start: date) -> tuple[str, str]:
    if start == grant.first:
        return "granted", "conditions_met"
    by_law = start in grant.terms.amount.days
    return "revised", "change_of_rate" if by_law else "change_of_household"


def _gross(part: _Part, month: Month, first: date, last: date) -> int:
    whole = first == month.first and last == month.last
    if part.grant.terms.unit == "day":
        return part.cents * (month.weekdays if whole else weekdays(first, last))
    return part.cents if whole else part.cents * ((last - first).days + 1) // month.days


@lru_cache(maxsize=4096)
def _pay_day(month: date, terms: Terms) -> date:
    """A daily benefit is paid when its month is over, a monthly one within its month."""
    paid_in = next_month(month) if terms.unit == "day" else month
    return banking_day(paid_in.replace(day=terms.pay_day))


@lru_cache(maxsize=65536)
def _told_sums(
    gross: int, tax_per_cent: int, deduction: Deduction
) -> tuple[str, str, str, str, int]:
    reason, per_mille = deduction
    tax, deducted = gross * tax_per_cent // 100, gross * per_mille // 1000
    return (
        euros(gross), euros(tax), euros(deducted), reason if deducted else "",
        gross - tax - deducted,
    )  # fmt: skip
