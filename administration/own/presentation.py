"""An organisation's own agreement in words."""

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kelmu.dates import last_day
from kelmu.formats import period
from organisations.models import Agreement, Standing

STANDINGS: dict[Standing, str | Promise] = {
    Standing.UNDER_WAY: _("under way"),
    Standing.COMING: _("signed, the day of use is to come"),
    Standing.IN_FORCE: _("in force"),
    Standing.RENEWED: _("renewed"),
    Standing.ENDED: _("ended"),
    Standing.LAPSED: _("lapsed"),
}


def agreement(one: Agreement, on: date) -> dict[str, Any]:
    """An agreement as the own pages show it."""
    standing = one.standing(on)
    validity = one.validity
    return {
        "number": one.number,
        "standing": STANDINGS[standing],
        "step": one.get_step_display() if standing is Standing.UNDER_WAY else "",
        "valid": period(validity.lower, last_day(validity.upper)) if validity else "",
    }
