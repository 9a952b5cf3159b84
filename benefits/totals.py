"""What the payments found come to, by month and year."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from benefits.rows import Sums
from kelmu.formats import amount
from kelmu.tables import Column, Table


def table(months: Sequence[Sums]) -> Table:
    """Each year, newest first, with its months below it. `months` are newest first."""
    return Table(
        caption=_("Payments by month and year"),
        columns=[
            Column(_("Year or month")),
            Column(_("Payments"), numeric=True),
            Column(_("Gross"), numeric=True),
            Column(_("Tax"), numeric=True),
            Column(_("Deductions"), numeric=True),
            Column(_("Net"), numeric=True),
        ],
        rows=[
            row
            for year, of_year in groupby(months, lambda sums: sums.month.year)
            for row in _year(year, list(of_year))
        ],
        empty=_("No payments."),
    )


def _year(year: int, months: Sequence[Sums]) -> list[Sequence[str]]:
    """The year's own row, and those of its months."""
    whole = _("%(year)s, whole year") % {"year": year}
    of_months = [_row(f"{sums.month.month}/{year}", [sums]) for sums in months]
    return [_row(whole, months), *of_months]


def _row(label: str, months: Sequence[Sums]) -> Sequence[str]:
    payments = sum(sums.payments for sums in months)
    euros = [
        sum((getattr(sums, name) for sums in months), Decimal(0))
        for name in ("gross", "tax", "deductions", "net")
    ]
    return [label, str(payments), *map(amount, euros)]
