"""The end of an agreement: what is to be done with the mandates, and by whom."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from administration.commissioning.queries import ending
from kelmu.dates import last_day
from kelmu.formats import day
from organisations.models import Agreement


def reminder(organisation_id: int, on: date) -> str:
    """What an organisation is reminded of before its agreement ends; empty when there is no need.

    Nothing comes after the end: by then nobody of the organisation logs in, and Kela reminds them.
    """
    for agreement in ending(on).filter(organisation=organisation_id):
        if agreement.validity.upper > on:
            return _(
                "The agreement ends on %(day)s. No right to the data is left after that. Void the"
                " mandates for Kelmu in Suomi.fi by then, and end the authorizers’ right to grant"
                " them."
            ) % {"day": day(agreement.validity.upper - timedelta(days=1))}
    return ""


def in_words(agreement: Agreement, on: date) -> str:
    """How an agreement ends or has ended, for Kela; empty when its end is not near."""
    end = last_day(agreement.validity.upper) if agreement.validity else None
    if end is None or not ending(on).filter(pk=agreement.pk).exists():
        return ""
    if end < on:
        return _(
            "The agreement ended on %(day)s, and all rights with it. Nobody of the organisation"
            " logs in any more: remind its authorizers to void the mandates in Suomi.fi."
        ) % {"day": day(end)}
    return _(
        "The agreement ends on %(day)s, and all rights with it. Its authorizers see a reminder to"
        " void the mandates in Suomi.fi."
    ) % {"day": day(end)}
