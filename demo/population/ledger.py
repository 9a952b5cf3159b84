"""Writes what happens to a customer: decisions, and the payments that follow from them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from demo.population.amounts import Amounts, Steps, Terms, euros
from demo.population.calendar import Calendar, Month, banking_day
from demo.population.demands import Demanded, shared_out
from demo.population.files import Files
from demo.population.grants import (
    AHEAD_OF_A_CHANGE,
    HEARD_OF,
    NO_DEDUCTION,
    PROCESSING,
    TO_THE_CUSTOMER,
    Deduction,
    Grant,
    Part,
    Payee,
    Spell,
    Sums,
    gross_of,
    kind_and_grounds,
    limited,
    pay_day_of,
    sums_of,
    told,
)
from demo.population.people import Person

DAY = timedelta(days=1)
DEDUCTED = 0.025  # share of spells of which a part goes elsewhere: reason, per mille of the gross
DEDUCTIONS = [("enforcement", 150), ("recovery", 100), ("payment_demand", 300), ("advance", 200)]
CLOSED = {"paid", "waived"}  # claims of which nothing is open
REFUSALS = ("conditions_not_met", "too_much_income", "information_missing")
RETURNED = 0.01  # share of spells with a payment that came back


class Ledger:
    """What is decided and paid. `demanded` of the benefits of whom, by identity code."""

    def __init__(
        self,
        files: Files,
        amounts: Amounts,
        calendar: Calendar,
        random: Random,
        demanded: Mapping[str, Sequence[Demanded]],
    ) -> None:
        self.files = files
        self.amounts = amounts
        self.calendar = calendar
        self.random = random
        self.demanded = demanded

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
        ended: str = "",
    ) -> Spell | None:
        """A benefit from a day to a day, included, or until further notice.

        `steps` or `per_mille` of the benefit's own amounts say how much. `ended`: it was granted
        until further notice and ended by a decision of its own, on these grounds. It stays within
        the time of the benefit itself and the life of the person. None: nothing of it is told.
        """
        calendar, deduction = self.calendar, self._deduction()
        terms = self.amounts.terms[benefit]
        first = max(first, terms.first)
        end, ended = limited(terms, person, last or calendar.last_month_ends, ended)
        if end < max(calendar.start, first) or first > calendar.end:
            return None
        if person.place.on_aland and not terms.on_aland:
            return None
        told_last = None if ended else last
        grant = Grant(person, terms, first, end, told_last, ended, payee, deduction)
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
        if not self.pays(person, benefit, day):
            return
        cents = terms.amount.at(day) * per_mille // 1000
        decision = self._decision(
            person, terms, "granted", "conditions_met", decided_on, day, day, None, cents
        )
        grant = Grant(person, terms, day, day, day, "", TO_THE_CUSTOMER, NO_DEDUCTION)
        part = Part(grant, decision, decided_on, day, day, cents)
        self._payment(part, banking_day(decided_on + timedelta(days=3)), day, day, cents)

    def ahead(self, person: Person, benefit: str, first: date) -> None:
        """A benefit that has been granted from a coming day on."""
        terms, decided_on = self.amounts.terms[benefit], self.calendar.today - timedelta(days=6)
        end, cents = self.calendar.last_month_ends, terms.amount.at(first)
        decision = self._decision(
            person, terms, "granted", "conditions_met", decided_on, first, None, None, cents
        )
        grant = Grant(person, terms, first, end, None, "", TO_THE_CUSTOMER, NO_DEDUCTION)
        self._pay(Part(grant, decision, decided_on, first, end, cents))

    def reimburse(
        self,
        person: Person,
        benefit: str,
        day: date,
        cents: int,
        state: str = "paid",
        deduction: Deduction = NO_DEDUCTION,
    ) -> None:
        """A payment that no decision of its own goes before, a week after its day."""
        terms, paid_on = self.amounts.terms[benefit], banking_day(day + timedelta(days=7))
        sums = sums_of(cents, terms.tax, deduction)
        self.files.payments.number(
            person.hetu, benefit, "", paid_on, day, day, *told(sums),
            state if paid_on <= self.calendar.today else "scheduled",
            "customer", "", person.account,
        )  # fmt: skip

    def pays(self, person: Person, benefit: str, day: date) -> bool:
        """Whether Kela pays the benefit on a day where the person lives, if the person does."""
        terms = self.amounts.terms[benefit]
        exists = terms.first <= day and (terms.last is None or day <= terms.last)
        lives = person.died_on is None or day <= person.died_on
        return exists and lives and (terms.on_aland or not person.place.on_aland)

    def reject(self, person: Person, benefit: str, day: date) -> None:
        """An application from a day on that was not granted."""
        terms, decided_on = self.amounts.terms[benefit], day + PROCESSING
        if decided_on <= self.calendar.today and self.pays(person, benefit, day):
            grounds = self.random.choice(REFUSALS)
            self._decision(person, terms, "rejected", grounds, decided_on, day, None, None, None)

    def recover(
        self, spell: Spell, claimed_on: date, months: int, instalment: int, state: str = ""
    ) -> None:
        """A claim for so many months of a spell, paid back a month at a time since then.

        `state` if it is another than that brings about.
        """
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
        left = 0 if state in CLOSED else max(0, original - since * instalment)
        self.files.recoveries.number(
            person.hetu, terms.benefit, decision, claimed_on, euros(original), euros(left),
            euros(instalment), state or ("open" if left else "paid"),
        )  # fmt: skip

    def _parts(self, grant: Grant, chain: Steps) -> Iterator[Part]:
        """Writes the decision of each amount that has been decided and is not too old to tell."""
        turns = [*(start for start, _ in chain[1:]), grant.end + DAY]
        for (start, cents), turn in zip(chain, turns, strict=True):
            decided_on = grant.decided_on(start)
            if decided_on > self.calendar.today:
                return
            if turn > self.calendar.start:
                replaced_on = self._known(turn) if grant.ended or turn <= grant.end else None
                kind, grounds = kind_and_grounds(grant, start)
                decision = self._decision(
                    grant.person, grant.terms, kind, grounds, decided_on,
                    start, grant.told_last, replaced_on, cents,
                )  # fmt: skip
                yield Part(grant, decision, decided_on, start, turn - DAY, cents)

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

    def _end(self, grant: Grant) -> None:
        day = grant.end + DAY
        died_on = grant.person.died_on
        decided_on = died_on + HEARD_OF if died_on else grant.decided_on(day)
        if decided_on <= self.calendar.today:
            person, terms = grant.person, grant.terms
            self._decision(person, terms, "ended", grant.ended, decided_on, day, None, None, None)

    def _deduction(self) -> Deduction:
        return self.random.choice(DEDUCTIONS) if self.random.random() < DEDUCTED else NO_DEDUCTION

    # --- payments -----------------------------------------------------------------------------

    def _pay(self, part: Part) -> int:
        gross = 0
        months = self.calendar.months_between(part.first, part.last)
        returned = self._returned(months)
        for month in months:
            first, last = max(part.first, month.first), min(part.last, month.last)
            pay_day = pay_day_of(month.first, part.grant.terms)
            if pay_day < part.decided_on:
                pay_day = banking_day(part.decided_on + timedelta(days=3))
            if pay_day > self.calendar.end:
                break
            gross = gross_of(part, month, first, last)
            self._payment(part, pay_day, first, last, gross, returned=month is returned)
        return gross

    def _returned(self, months: Sequence[Month]) -> Month | None:
        past = [month for month in months if month.last < self.calendar.today]
        return self.random.choice(past) if past and self.random.random() < RETURNED else None

    def _payment(
        self,
        part: Part,
        pay_day: date,
        first: date,
        last: date,
        gross: int,
        *,
        returned: bool = False,
    ) -> None:
        if not gross:
            return
        grant, paid = part.grant, "returned" if returned else "paid"
        person, benefit, when = grant.person, grant.terms.benefit, (pay_day, first, last)
        state = paid if pay_day <= self.calendar.today else "scheduled"
        sums = sums_of(gross, grant.terms.tax, grant.deduction)
        demanded = self.demanded.get(person.hetu, ())
        for payee, net in shared_out(demanded, benefit, *when, sums.net):
            taken = sums.share(net)
            sums = sums.without(taken)
            self._tell(part, when, taken, state, payee)
        if sums.gross:
            person.paid.append((pay_day, benefit, sums.net))
            self._tell(part, when, sums, state, grant.payee)
        self.files.lists.paid(part, pay_day, first, last, gross, returned=returned)

    def _tell(
        self, part: Part, when: tuple[date, date, date], sums: Sums, state: str, payee: Payee
    ) -> None:
        """What of a payment goes to one payee."""
        person, benefit = part.grant.person, part.grant.terms.benefit
        self.files.payments.number(
            person.hetu, benefit, part.decision, *when, *told(sums), state,
            payee.kind, payee.name, payee.account or person.account,
        )  # fmt: skip
