"""Dates and amounts as people read them, made once in Python and not by template filters."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.formats import date_format

from kelmu.clock import HELSINKI
from kelmu.dates import last_day
from kelmu.languages import page_language

UNBROKEN = "\N{NO-BREAK SPACE}"  # neither an amount nor a section breaks over two lines
SECTION = re.compile(r"\d+( [a-z])? §")


def amount(value: Decimal) -> str:
    """Euros in the language of the page: 1 234,56 € (fi, sv), €1,234.56 (en)."""
    text = f"{value:,.2f}"
    if page_language() == "en":
        return f"-€{text[1:]}" if value < 0 else f"€{text}"
    text = text.replace(",", UNBROKEN).replace(".", ",").replace("-", "\N{MINUS SIGN}")
    return f"{text}{UNBROKEN}€"


def law(citation: str) -> str:
    """A law as it is cited, its section sign and its number on one line: 812/2000 20 §."""
    return SECTION.sub(lambda found: found[0].replace(" ", UNBROKEN), citation)


def number(value: int) -> str:
    """A count in the language of the page: 206 718 (fi, sv), 206,718 (en)."""
    text = f"{value:,}"
    return text if page_language() == "en" else text.replace(",", UNBROKEN)


def decimal(value: Decimal) -> str:
    """A figure with the decimals that it has: 25,5 (fi, sv), 25.5 (en)."""
    text = f"{value.normalize():f}"
    return text if page_language() == "en" else text.replace(".", ",")


def day(value: date) -> str:
    """A day as Finns write it in all three languages: 1.1.2023."""
    return f"{value.day}.{value.month}.{value.year}"


def period(first: date | None, last: date | None) -> str:
    """A period with both ends included: 1.1.–31.3.2023, 15.12.2022–31.3.2023, 1.1.2023–."""
    if first is None or last is None:
        return f"{day(first) if first else ''}–{day(last) if last else ''}"
    if first == last:
        return day(first)
    start = f"{first.day}.{first.month}." if first.year == last.year else day(first)
    return f"{start}–{day(last)}"


def validity(time: DateRange | None) -> str:
    """The days of a dated row; nothing where there is none."""
    if time is None or time.isempty:
        return ""
    return period(time.lower, last_day(time.upper))


def month(value: date) -> str:
    """The month of a day: marraskuu 2026 (fi), november 2026 (sv), November 2026 (en)."""
    return date_format(value, "F Y")


def country(code: str) -> str:
    """The name of a country by its code (ISO 3166-1 alpha-2), or the code of an unknown one."""
    names: Mapping[str, str] = Locale.parse(page_language()).territories
    return names.get(code, code)


def moment(value: datetime) -> str:
    """An instant in Finnish time: 21.11.2026 klo 6.00 (fi), kl. 6.00 (sv), at 6:00 (en)."""
    word, separator = _clock()
    local = timezone.localtime(value, HELSINKI)
    return f"{day(local.date())} {word} {local.hour}{separator}{local.minute:02}"


def moments(first: datetime, last: datetime) -> str:
    """From an instant until another, the day once where it is the same:
    8.12.2026 klo 18.00–22.00 (fi)."""
    begin, end = (timezone.localtime(one, HELSINKI) for one in (first, last))
    if begin.date() != end.date():
        return f"{moment(begin)} – {moment(end)}"
    _word, separator = _clock()
    return f"{moment(begin)}–{end.hour}{separator}{end.minute:02}"


def second(value: datetime) -> str:
    """The same to the second: 21.11.2026 klo 6.00.07 (fi)."""
    _word, separator = _clock()
    return f"{moment(value)}{separator}{timezone.localtime(value, HELSINKI).second:02}"


def _clock() -> tuple[str, str]:
    return {"sv": ("kl.", "."), "en": ("at", ":")}.get(page_language(), ("klo", "."))
