"""An organisation's own agreement in words."""

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from administration.agreements.words import in_words
from administration.own.queries import Content
from authorizations.explaining.agreed import agreed_rights
from authorizations.explaining.pages import action_rows
from authorizations.explaining.speech import said
from authorizations.queries import purpose_rows
from authorizations.rights import ActingOrganisation
from authorizations.rulebook import Mandate
from kelmu.dates import last_day
from kelmu.formats import day, period
from organisations.models import Agreement, AgreementVersion, Standing

STANDINGS: dict[Standing, str | Promise] = {
    Standing.UNDER_WAY: _("under way"),
    Standing.COMING: _("signed, the day of use is to come"),
    Standing.IN_FORCE: _("in force"),
    Standing.RENEWED: _("renewed"),
    Standing.ENDED: _("ended"),
    Standing.LAPSED: _("lapsed"),
}


def agreement(one: Agreement, version: AgreementVersion | None, on: date) -> dict[str, Any]:
    """An agreement and its version as the own pages show them."""
    standing = one.standing(on)
    validity = one.validity
    return {
        "number": one.number,
        "standing": STANDINGS[standing],
        "step": one.get_step_display() if standing is Standing.UNDER_WAY else "",
        "valid": period(validity.lower, last_day(validity.upper)) if validity else "",
        "words": in_words(version) if version else None,
    }


def by_mandate(own: ActingOrganisation, content: Content) -> dict[str, Any]:
    """What each mandate opens alone under what is agreed, in words."""
    opened = [
        (mandate, agreed_rights(own, [mandate], content.on, content.agreed)) for mandate in Mandate
    ]
    return {
        "on": day(content.on),
        "by_user_interface": content.by_user_interface,
        "mandates": [
            {
                "name": said(mandate),
                "purposes": purpose_rows(rights.purposes),
                "actions": action_rows(rights.general_actions),
            }
            for mandate, rights in opened
            if rights.purposes or rights.general_actions
        ],
    }
