"""What Kela has told since this organisation last opened the customer under the same purpose."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from authorizations.rulebook import DataGroup
from benefits.rows import CustomerBenefits
from kelmu.formats import moment

WORDS = {
    DataGroup.PENDENCY: ngettext_lazy(
        "%(rows)d pending matter", "%(rows)d pending matters", "rows"
    ),
    DataGroup.DECISIONS: ngettext_lazy("%(rows)d decision", "%(rows)d decisions", "rows"),
    DataGroup.PAYMENTS: ngettext_lazy("%(rows)d payment", "%(rows)d payments", "rows"),
    DataGroup.INSURANCE: ngettext_lazy(
        "%(rows)d insurance period", "%(rows)d insurance periods", "rows"
    ),
    DataGroup.RECOVERY: ngettext_lazy("%(rows)d recovery", "%(rows)d recoveries", "rows"),
    DataGroup.MEDICINE_CAP: ngettext_lazy(
        "medicine costs of %(rows)d year", "medicine costs of %(rows)d years", "rows"
    ),
    DataGroup.DATA_FROM_OTHERS: ngettext_lazy(
        "%(rows)d pension that others pay", "%(rows)d pensions that others pay", "rows"
    ),
}


def changes(found: CustomerBenefits, previous: datetime | None) -> dict[str, Any]:
    """When it was opened before, and what is new or changed since, each with the way to it."""
    if previous is None:
        return {"heading": _("Your organisation opens this customer here for the first time.")}
    told = [
        {
            "text": WORDS[group] % {"rows": page.changed_rows},
            "url": f"?changed=on#{group}",
        }
        for group, page in found.pages.items()
        if page.changed_rows
    ]
    heading = _("New or changed since %(moment)s") if told else _("No changes since %(moment)s")
    return {"heading": heading % {"moment": moment(previous)}, "told": told}
