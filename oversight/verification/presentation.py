"""What verifying found, as a table."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from audit.verifying.findings import Finding
from kelmu.formats import second
from kelmu.tables import Column, Table
from organisations.models import Organisation


def table(standing: Sequence[Finding]) -> Table:
    """Whose rows, sealed between when, and what of them is not as it was sealed."""
    names = {one.pk: one.name for one in Organisation.objects.all()}
    return Table(
        caption=_("Not as it was sealed"),
        columns=[
            Column(_("Organisation")),
            Column(_("Sealed after")),
            Column(_("Sealed by")),
            Column(_("What was found")),
        ],
        rows=[
            [
                names.get(one.organisation, _("rows without an organisation")),
                _instant(one.since) or _("the beginning"),
                _instant(one.until),
                one.words,
            ]
            for one in standing
        ],
        empty=_("Nothing that has not been acknowledged."),
    )


def _instant(told: str) -> str:
    try:
        return second(datetime.fromisoformat(told))
    except ValueError:
        return told
