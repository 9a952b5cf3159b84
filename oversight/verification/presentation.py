"""What verifying found, as a table."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from kelmu.formats import second
from kelmu.tables import Column, Table
from organisations.models import Organisation


def table(standing: Sequence[dict[str, Any]]) -> Table:
    """Whose rows, sealed between when, and what `verify_log` says of them."""
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
                names.get(one["organisation"], _("rows without an organisation")),
                _instant(one["since"]) or _("the beginning"),
                _instant(one["until"]),
                format_html('<span lang="en">{}</span>', one["what"]),
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
