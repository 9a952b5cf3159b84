"""What each list tells: its columns, in the types of a spreadsheet and as text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from babel import Locale
from django.db.models import (
    Case,
    CharField,
    DateField,
    Expression,
    F,
    Func,
    Model,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import Exact
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from authorizations.rulebook import Listing
from kelmu.languages import page_language
from kelmu.spreadsheets import harmless_in_database
from notifications import models
from notifications import words as notification_words
from notifications.listings import words

type Labels = Callable[[], Mapping[str, str]]

CODE = "customer__identity_codes__code"


class Kind(StrEnum):
    """What stands in the cells of a column."""

    TEXT = "text"
    WORD = "word"
    MARK = "mark"
    DAY = "day"
    NUMBER = "number"
    PER_CENT = "per_cent"
    EUROS = "euros"


FIGURES = {Kind.NUMBER, Kind.PER_CENT, Kind.EUROS}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list. `value` is an expression over its rows, `labels` what the codes of a
    word mean in the language of the page; `adds_up` where a sum of it says something."""

    name: str
    label: str | Promise
    kind: Kind
    value: Expression | F
    labels: Labels | None = None
    adds_up: bool = False

    def word(self, code: str) -> str:
        """A code in words."""
        return self.labels().get(code, code) if self.labels else code

    @property
    def text(self) -> Combinable:
        """The value as Finns write it, for a file of text."""
        return _TEXTS[self.kind](self)


def _text_of_word(column: Column) -> Combinable:
    labels = column.labels() if column.labels else {}
    cases = [
        When(Exact(column.value, Value(code)), then=Value(label)) for code, label in labels.items()
    ]
    return Case(*cases, default=column.value, output_field=TextField())


def _text_of_mark(column: Column) -> Combinable:
    return Case(
        When(Exact(column.value, Value(True)), then=Value(gettext("yes"))),
        default=Value(""),
        output_field=TextField(),
    )


def _text_of_day(column: Column) -> Combinable:
    # As a timestamp: else PostgreSQL takes it for one with a time zone, and calculates.
    form = Value("FMDD.FMMM.YYYY")
    return Func(
        Func(column.value, template="(%(expressions)s)::timestamp", output_field=DateField()),
        form,
        function="to_char",
        output_field=TextField(),
    )


def _text_of_number(column: Column) -> Combinable:
    return Cast(column.value, TextField())


def _text_of_euros(column: Column) -> Combinable:
    point, comma = Value("."), Value(",")
    text = Cast(column.value, TextField())
    return Func(text, point, comma, function="replace", output_field=TextField())


_TEXTS: Mapping[Kind, Callable[[Column], Combinable]] = {
    Kind.TEXT: lambda column: harmless_in_database(column.value),
    Kind.WORD: _text_of_word,
    Kind.MARK: _text_of_mark,
    Kind.DAY: _text_of_day,
    Kind.NUMBER: _text_of_number,
    Kind.PER_CENT: _text_of_number,
    Kind.EUROS: _text_of_euros,
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The rows of a list: their table, the field that numbers them and the columns beside those
    that say who it is."""

    model: type[Model]
    key: str
    columns: tuple[Column, ...]

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return (*PERSON, *self.columns)

    def column(self, name: str) -> Column | None:
        return next((column for column in self.all_columns if column.name == name), None)

    @property
    def total(self) -> Column | None:
        """The column that adds up to the total of a publication."""
        return self.column("amount")

    @property
    def narrowing(self) -> tuple[Column, ...]:
        """The columns by which rows can be chosen."""
        return tuple(column for column in self.columns if column.kind in {Kind.WORD, Kind.PER_CENT})


def _choices(choices: Any) -> Labels:
    return lambda: {value: str(label) for value, label in choices.choices}


def _countries() -> Mapping[str, str]:
    return {
        code: name
        for code, name in Locale.parse(page_language()).territories.items()
        if len(code) == 2
    }


def _word(name: str, label: Promise, choices: Any) -> Column:
    return Column(name, label, Kind.WORD, F(name), _choices(choices))


def _day(name: str, label: Promise) -> Column:
    return Column(name, label, Kind.DAY, F(name))


def _euros(name: str, label: Promise) -> Column:
    return Column(name, label, Kind.EUROS, F(name), adds_up=True)


def _number(name: str, label: Promise, *, adds_up: bool = False) -> Column:
    return Column(name, label, Kind.NUMBER, F(name), adds_up=adds_up)


FIRST_DAY = Column("first_day", _("From"), Kind.DAY, F("period__startswith"))
LAST_DAY = Column(
    "last_day",
    _("Until"),
    Kind.DAY,
    Func(F("period"), template="(upper(%(expressions)s) - 1)", output_field=DateField()),
)
PAID_ON = _day("paid_on", _("Payment day"))
BENEFIT = _word("benefit", _("Benefit"), words.UnemploymentBenefit)
KIND = _word("kind", _("Row"), words.RowKind)
PERSON = (
    Column("hetu", _("Personal identity code"), Kind.TEXT, F(CODE)),
    Column(
        "name",
        _("Name"),
        Kind.TEXT,
        Concat(
            F("customer__family_name"),
            Value(", "),
            F("customer__given_names"),
            output_field=CharField(),
        ),
    ),
    Column(
        "protected", _("Non-disclosure for personal safety"), Kind.MARK, F("customer__protected")
    ),
)
INVOICED = Shape(
    models.InvoiceRow,
    "number",
    (
        BENEFIT,
        KIND,
        PAID_ON,
        FIRST_DAY,
        LAST_DAY,
        _number("days", _("Days"), adds_up=True),
        _number("counted_days", _("Paid days in all")),
        _euros("gross", _("Gross")),
        Column("share", _("Municipality’s share, %"), Kind.PER_CENT, F("share")),
        _euros("amount", _("Municipality pays")),
    ),
)
SHAPES: Mapping[Listing, Shape] = {
    Listing.LABOUR_MARKET_SUBSIDY_INVOICE: INVOICED,
    Listing.LABOUR_MARKET_SUBSIDY_300_DAYS: INVOICED,
    Listing.PROLONGED_UNEMPLOYMENT_RISK: Shape(
        models.RiskRow,
        "number",
        (
            BENEFIT,
            _word("ground", _("Ground"), words.RiskGround),
            _number("counted_days", _("Paid days in all")),
            _day("last_paid_on", _("Last payment")),
        ),
    ),
    Listing.CHILD_CARE_ALLOWANCE_RECIPIENTS: Shape(
        models.CareRow,
        "number",
        (
            _word("benefit", _("Benefit"), words.CareBenefit),
            KIND,
            PAID_ON,
            FIRST_DAY,
            LAST_DAY,
            _number("children", _("Children")),
            _euros("allowance", _("Care allowance")),
            _euros("supplement", _("Care supplement")),
            _euros("municipal_supplement", _("Municipal supplement")),
            _euros("amount", _("In all")),
        ),
    ),
    Listing.FRONT_VETERANS: Shape(
        models.VeteranRow,
        "number",
        (
            _day("since", _("Since")),
            _euros("supplement", _("Front-veteran’s supplement")),
            _euros("additional", _("Additional front-veteran’s supplement")),
            _euros("amount", _("In all, a month")),
        ),
    ),
    Listing.TREATMENT_ABROAD: Shape(
        models.TreatmentRow,
        "number",
        (
            Column("country", _("Country"), Kind.WORD, F("country"), _countries),
            _word("treatment", _("Care"), words.Treatment),
            FIRST_DAY,
            LAST_DAY,
            PAID_ON,
            _euros("cost", _("Cost")),
            _euros("amount", _("Reimbursed")),
        ),
    ),
    Listing.INTEGRATION_CUSTOMERS: Shape(
        models.Handling,
        "id",
        (
            _day("forwarded_on", _("Forwarded")),
            _word("state", _("State"), notification_words.State),
            Column("handler_name", _("Handler"), Kind.TEXT, F("handler_name")),
        ),
    ),
}
