"""Fields of reference data in words."""

from datetime import date, datetime
from functools import reduce
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kelmu.dates import last_day
from kelmu.formats import day, moment, period

NOTHING = "–"
LABELS = {
    "agreement": gettext_lazy("Agreement"),
    "awaited": gettext_lazy("Awaited"),
    "batch__made_at": gettext_lazy("Data of"),
    "began_at": gettext_lazy("Begun"),
    "business_id": gettext_lazy("Business ID"),
    "code": gettext_lazy("Code"),
    "county": gettext_lazy("County"),
    "digest": gettext_lazy("Checksum"),
    "due_on": gettext_lazy("Due"),
    "file": gettext_lazy("File"),
    "group": gettext_lazy("Group"),
    "language": gettext_lazy("Language"),
    "laws": gettext_lazy("Laws"),
    "loaded_at": gettext_lazy("Taken in"),
    "made_at": gettext_lazy("Data of"),
    "merged": gettext_lazy("Merged"),
    "mirrored_at": gettext_lazy("In the database since"),
    "municipality": gettext_lazy("Municipality"),
    "name_en": gettext_lazy("Name in English"),
    "name_fi": gettext_lazy("Name in Finnish"),
    "name_sv": gettext_lazy("Name in Swedish"),
    "number": gettext_lazy("Number"),
    "organisation": gettext_lazy("Organisation"),
    "purpose": gettext_lazy("Purpose of use"),
    "rejected": gettext_lazy("Rejected"),
    "rows": gettext_lazy("Rows"),
    "signed_on": gettext_lazy("Signed"),
    "slug": gettext_lazy("Identifier"),
    "source": gettext_lazy("Source"),
    "step": gettext_lazy("Step"),
    "successor": gettext_lazy("Successor"),
    "type": gettext_lazy("Type"),
    "unchanged": gettext_lazy("Unchanged"),
    "validity": gettext_lazy("In force"),
    "version__agreement": gettext_lazy("Agreement"),
    "version__number": gettext_lazy("Version"),
}


def said(row: Model, name: str) -> str:
    """The value of a field as people read it; "batch__made_at" is that of another row."""
    *way, field = name.split("__")
    holder = reduce(getattr, way, row)
    label = getattr(holder, f"get_{field}_display", None)
    return str(label()) if label and getattr(holder, field) else _said(getattr(holder, field))


def _said(value: Any) -> str:
    match value:
        case None | "":
            return NOTHING
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case DateRange():
            return period(value.lower, last_day(value.upper))
        case DateTimeTZRange():
            return f"{moment(value.lower)} – {moment(value.upper)}"
        case list():
            return ", ".join(value) or NOTHING
    return str(getattr(value, "name", value))
