"""The lists that Kela publishes for a municipality, made of the same payments as everything else.

Rows are written as they come; a publication is told at the end, with what its rows add up to.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from demo.population.amounts import euros
from demo.population.calendar import banking_day, month_end, next_month, weekdays
from demo.population.grants import Part
from demo.population.people import Person

if TYPE_CHECKING:
    from demo.population.files import Files, Table

DAY = timedelta(days=1)
LABOUR_MARKET_SUBSIDY = "labour_market_subsidy"
GENERAL = "general_social_security_benefit"
SHARED = {
    LABOUR_MARKET_SUBSIDY, "basic_unemployment_allowance", "earnings_related_allowance", GENERAL,
}  # fmt: skip
CARE = {
    "child_home_care_allowance", "private_day_care_allowance", "flexible_care_allowance",
    "partial_care_allowance",
}  # fmt: skip
# A municipality's share in per cent, when more days than that have been paid (domain.md 5.3).
LIABILITY_OF_2025 = date(2025, 1, 1)
SHARES_UNTIL_2024 = [(1000, 70), (300, 50), (0, 0)]
SHARES_FROM_2025 = [(700, 50), (400, 40), (300, 30), (200, 20), (100, 10), (0, 0)]
AT_RISK, LONG = 200, 300  # paid days
LISTS_OF_COUNTIES_BEGIN = date(2023, 1, 1)
COUNTIES_PAY_FOR_CARE_ABROAD = date(2024, 1, 1)
CORRECTED_LATER = 0.015  # share of invoiced payments
TREATED = 0.01  # share of adults who sought care abroad
SURELY_TREATED = {"837": 4, "091": 4, "905": 4}  # so many at least, where the demo's people look
CORRECTED = ("837", "091")  # municipalities with an invoice list in two versions
REASON = "Hakijan maksut korjattu: yksi rivi lisätty, yksi jätetty pois."
COUNTRIES = ("EE", "SE", "DE", "ES", "PL", "LV")
TREATMENTS = ("hospital", "outpatient", "outpatient", "examination", "dental")

type Row = tuple[object, ...]  # of a list, after the numbers of publication and row


@dataclass(slots=True)
class Publication:
    id: int
    listing: str
    municipality: str
    first: date
    last: date
    published_on: date
    rows: int = 0
    cents: int = 0
    version: int = 1
    reason: str = ""
    kept: list[tuple[Row, int]] = field(default_factory=list)  # where a correction follows


class Lists:
    def __init__(self, files: "Files", today: date) -> None:
        self._files = files
        self._today = today
        self._random = Random(f"lists {today}")  # noqa: S311 - a population, no secret
        self._publications: dict[tuple[str, str, date], Publication] = {}
        self._surely_treated = dict(SURELY_TREATED)
        self._last_at_risk: tuple[str, date] | None = None
        month = today.replace(day=1)
        for _ in range(3):
            month = (month - DAY).replace(day=1)
        self._corrected = month

    # --- what comes in ------------------------------------------------------------------------

    def paid(
        self, part: Part, paid_on: date, first: date, last: date, gross: int, *, returned: bool
    ) -> None:
        """A payment of a benefit, perhaps one that came back."""
        person, benefit = part.grant.person, part.grant.terms.benefit
        if person.country or paid_on > self._today:
            return
        if benefit in SHARED:
            since = person.out_of_work_since or part.grant.first
            self._at_risk(person, benefit, since, last, paid_on)
            self._invoice(person, benefit, since, (paid_on, first, last), gross, returned=returned)
        elif benefit in CARE:
            self._care(part, paid_on, first, last, gross, returned=returned)

    def veteran(self, person: Person, since: date, supplement: int, additional: int) -> None:
        """Somebody who is paid front-veteran's supplement, told each February."""
        for year in range(self._today.year - 4, self._today.year + 1):
            first, last = date(year, 1, 1), date(year, 12, 31)
            died = person.died_on and person.died_on < date(year, 2, 1)
            if person.country or died or since > date(year, 2, 1):
                continue
            published_on = banking_day(date(year, 2, 15))
            publication = self._publication("front_veterans", person, first, last, published_on)
            cents = supplement + additional
            row = person.hetu, since, euros(supplement), euros(additional), euros(cents)
            self._row(publication, self._files.list_veteran_rows, row, cents)

    def adult(self, person: Person) -> None:
        """Somebody who may have sought care abroad."""
        place = person.place.code
        surely = self._surely_treated.get(place, 0)
        if not person.country and not person.died_on and surely:
            self._surely_treated[place] = surely - 1
        elif person.country or person.died_on or self._random.random() >= TREATED:
            return
        for _ in range(self._random.randint(1, 3)):
            day = self._today - timedelta(days=self._random.randrange(30, 900))
            self._treated(person, day)

    def finish(self) -> None:
        """Writes the publications, when every row has come."""
        for publication in list(self._publications.values()):
            self._tell(publication)
            if publication.kept and publication.first == self._corrected:
                self._correct(publication)

    # --- lists ----------------------------------------------------------------------------------

    def _invoice(
        self,
        person: Person,
        benefit: str,
        since: date,
        days: tuple[date, date, date],
        gross: int,
        *,
        returned: bool,
    ) -> None:
        paid_on, starts, ends = days
        for share, first, last, counted, part in _shares(benefit, since, starts, ends, gross):
            told = (benefit, first, last, weekdays(first, last), counted, share)
            self._invoiced(person, paid_on, told, "payment", part)
            later = banking_day(paid_on + timedelta(days=24))
            if returned:
                self._invoiced(person, later, told, "return", -part)
            elif self._random.random() < CORRECTED_LATER:
                difference = part * self._random.choice((-20, -10, 5, 10)) // 100
                self._invoiced(person, later, told, "correction", difference)

    def _invoiced(
        self,
        person: Person,
        paid_on: date,
        told: tuple[str, date, date, int, int, int],
        kind: str,
        gross: int,
    ) -> None:
        benefit, first, last, days, counted, share = told
        cents = _rounded(gross * share)
        if paid_on > self._today or not cents or not days:
            return
        month = paid_on.replace(day=1)
        published_on = banking_day(next_month(month).replace(day=15))
        row = (
            person.hetu, benefit, kind, paid_on, first, last, days, counted, euros(gross), share,
            euros(cents),
        )  # fmt: skip
        until = month_end(month)
        invoice = self._publication(
            "labour_market_subsidy_invoice", person, month, until, published_on
        )
        self._row(invoice, self._files.list_invoice_rows, row, cents)
        is_long = benefit in {LABOUR_MARKET_SUBSIDY, GENERAL} and counted >= LONG
        if is_long and month >= LISTS_OF_COUNTIES_BEGIN:
            part = self._publication(
                "labour_market_subsidy_300_days", person, month, until, published_on
            )
            self._row(part, self._files.list_long_unemployed_rows, row, cents)

    def _at_risk(
        self, person: Person, benefit: str, since: date, last: date, paid_on: date
    ) -> None:
        counted, month = weekdays(since, last), last.replace(day=1)
        after_maximum = benefit == LABOUR_MARKET_SUBSIDY and person.hetu[8] in "37"
        enough = AT_RISK <= counted < LONG or (after_maximum and counted < LONG)
        if not enough or self._last_at_risk == (person.hetu, month):
            return
        self._last_at_risk = person.hetu, month
        published_on = banking_day(next_month(next_month(month)).replace(day=5))
        publication = self._publication(
            "prolonged_unemployment_risk", person, month, month_end(month), published_on
        )
        ground = "after_maximum" if after_maximum else "paid_200_days"
        row = person.hetu, benefit, ground, counted, min(paid_on, published_on)
        self._row(publication, self._files.list_risk_rows, row, 0)

    def _care(
        self, part: Part, paid_on: date, first: date, last: date, gross: int, *, returned: bool
    ) -> None:
        person, terms = part.grant.person, part.grant.terms
        days = (last - first).days + 1
        whole = terms.amount.at(first) * days // month_end(first).day
        allowance = min(gross, whole)
        children = 1 + (gross > allowance) + (gross > 2 * allowance)
        self._cared(person, terms.benefit, paid_on, first, last, children, allowance, gross)
        later = banking_day(paid_on + timedelta(days=24))
        if returned and later <= self._today:
            self._cared(person, terms.benefit, later, first, last, children, -allowance, -gross)

    def _cared(
        self,
        person: Person,
        benefit: str,
        paid_on: date,
        first: date,
        last: date,
        children: int,
        allowance: int,
        gross: int,
    ) -> None:
        month = paid_on.replace(day=1)
        publication = self._publication(
            "child_care_allowance_recipients", person, month, month_end(month),
            banking_day(next_month(month).replace(day=3)),
        )  # fmt: skip
        row = (
            person.hetu, benefit, "payment" if gross > 0 else "return", paid_on, first, last,
            children, euros(allowance), euros(gross - allowance), euros(0), euros(gross),
        )  # fmt: skip
        self._row(publication, self._files.list_child_care_rows, row, gross)

    def _treated(self, person: Person, day: date) -> None:
        paid_on = banking_day(day + timedelta(days=self._random.randrange(20, 60)))
        if day < COUNTIES_PAY_FOR_CARE_ABROAD or paid_on > self._today:
            return
        cost = self._random.randrange(4_000, 420_000)
        cents = cost * self._random.randint(35, 90) // 100
        nights = self._random.choice((0, 0, 0, 1, 3, 6))
        row = (
            person.hetu, self._random.choice(COUNTRIES), self._random.choice(TREATMENTS), day,
            min(day + timedelta(days=nights), paid_on), paid_on, euros(cost), euros(cents),
        )  # fmt: skip
        first, last, published_on = _half_year(paid_on)
        publication = self._publication("treatment_abroad", person, first, last, published_on)
        self._row(publication, self._files.list_treatment_rows, row, cents)

    # --- publications ---------------------------------------------------------------------------

    def _publication(
        self, listing: str, person: Person, first: date, last: date, published_on: date
    ) -> Publication | None:
        """The publication that a row belongs to; none when it is still to come."""
        if published_on > self._today:
            return None
        key = (listing, person.place.code, first)
        if key not in self._publications:
            number = len(self._publications) + 1
            self._publications[key] = Publication(
                number, listing, person.place.code, first, last, published_on
            )
        return self._publications[key]

    def _row(self, publication: Publication | None, table: "Table", row: Row, cents: int) -> None:
        if publication is None:
            return
        publication.rows += 1
        publication.cents += cents
        table.write(publication.id, publication.rows, *row)
        is_kept = publication.municipality in CORRECTED and publication.first == self._corrected
        if is_kept and publication.listing == "labour_market_subsidy_invoice":
            publication.kept.append((row, cents))

    def _tell(self, told: Publication) -> None:
        has_amounts = told.listing != "prolonged_unemployment_risk"
        self._files.list_publications.write(
            told.id, told.listing, told.municipality, told.first, told.last, told.version,
            told.published_on, told.rows, euros(told.cents) if has_amounts else "",
            told.reason,
        )  # fmt: skip

    def _correct(self, old: Publication) -> None:
        """The same list again, its first row paid a little more and its last one left out."""
        published_on = banking_day(old.published_on + timedelta(days=9))
        if published_on > self._today:
            return
        number = len(self._publications) + 1
        new = Publication(
            number, old.listing, old.municipality, old.first, old.last, published_on, version=2,
            reason=REASON,
        )  # fmt: skip
        self._publications["corrected", old.municipality, old.first] = new
        kept = old.kept[:-1] if len(old.kept) > 1 else old.kept
        first, _cents = kept[0]
        hetu, benefit, _kind, *days, _gross, share, _amount = first
        gross = 4 * 100 * 100 // int(str(share))  # the municipality's share of it: four euros
        cents = _rounded(gross * int(str(share)))
        added = (hetu, benefit, "correction", *days, euros(gross), share, euros(cents))
        for row, amount in [*kept, (added, cents)]:
            self._row(new, self._files.list_invoice_rows, row, amount)
        self._tell(new)


def _shares(
    benefit: str, since: date, first: date, last: date, gross: int
) -> Iterator[tuple[int, date, date, int, int]]:
    """A payment in parts of one share each: share, first and last day, days paid by then, cents."""
    is_new = first >= LIABILITY_OF_2025
    if not is_new and benefit != LABOUR_MARKET_SUBSIDY:
        return
    table = SHARES_FROM_2025 if is_new else SHARES_UNTIL_2024
    before, total = weekdays(since, first - DAY), weekdays(first, last)
    by_share: dict[int, list[date]] = defaultdict(list)
    day, counted = first, before
    while day <= last:
        counted += weekdays(day, day)
        by_share[next(share for limit, share in table if counted > limit or not limit)].append(day)
        day += DAY
    left, days_left = gross, total
    for share, days in by_share.items():
        number = weekdays(days[0], days[-1])
        cents = left * number // days_left if days_left else 0
        left, days_left, before = left - cents, days_left - number, before + number
        if share and number:
            yield share, days[0], days[-1], before, cents


def _half_year(day: date) -> tuple[date, date, date]:
    """First and last day of the half-year, and when its list is published. The first two lists
    were of other times (domain.md, P28)."""
    if day < date(2024, 3, 1):
        return date(2024, 1, 1), date(2024, 2, 29), date(2024, 5, 16)
    if day < date(2024, 7, 1):
        return date(2024, 3, 1), date(2024, 6, 30), date(2024, 8, 15)
    if day.month <= 6:
        return date(day.year, 1, 1), date(day.year, 6, 30), banking_day(date(day.year, 7, 15))
    following = banking_day(date(day.year + 1, 1, 15))
    return date(day.year, 7, 1), date(day.year, 12, 31), following


def _rounded(hundredths: int) -> int:
    """Whole cents of hundredths of cents, a half away from zero."""
    cents = (abs(hundredths) + 50) // 100
    return cents if hundredths >= 0 else -cents
