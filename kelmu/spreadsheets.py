"""What every file for a spreadsheet has in common."""

import re

from django.db.models import CharField, Func, Value
from django.db.models.expressions import Combinable

BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know UTF-8
SEPARATOR = ";"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_FORMULA = f"^([{re.escape(''.join(BEGINS_A_FORMULA))}])"


def harmless(text: str) -> str:
    """What a spreadsheet would take for a formula begins with an apostrophe (ASVS 1.2.10)."""
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text


def harmless_in_database(text: Combinable) -> Func:
    """The same, of an expression of text in the database."""
    return Func(
        text,
        Value(_FORMULA),
        Value(r"'\1"),
        function="regexp_replace",
        output_field=CharField(),
    )
