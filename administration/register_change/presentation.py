"""What a file of changes does, as a table of ready text."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from administration.register_change.services import Outcome
from kelmu.tables import Column, Table


def counts(outcome: Outcome) -> list[str]:
    """How many rows change something, are so already, or cannot be taken in."""
    changes, problems = outcome.changes, len(outcome.problems)
    unchanged = len(outcome.effects) - changes
    return [
        ngettext("%(n)s change", "%(n)s changes", changes) % {"n": changes},
        ngettext("%(n)s row is so already", "%(n)s rows are so already", unchanged)
        % {"n": unchanged},
        ngettext("%(n)s row cannot be taken in", "%(n)s rows cannot be taken in", problems)
        % {"n": problems},
    ]


def table(outcome: Outcome) -> Table:
    """Every line with what it does, or why it cannot."""
    lines = [(one.row.line, one.told, _result(is_new=one.is_new)) for one in outcome.effects]
    lines += [(one.line, one.reason, _("cannot be taken in")) for one in outcome.problems]
    return Table(
        caption=_("Line by line"),
        columns=[Column(_("Row of the file")), Column(_("What it says")), Column(_("Result"))],
        rows=[[f"{line}", told, result] for line, told, result in sorted(lines)],
        empty=_("There is no row under the headings."),
    )


def _result(*, is_new: bool) -> str:
    return _("changes") if is_new else _("is so already")
