"""The report for a customer of who has looked, in words."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext as _

from audit import words
from audit.models import ActKind, Channel, Outcome
from kelmu.clock import HELSINKI
from kelmu.formats import day, number
from kelmu.tables import Column, Table
from organisations.models import Organisation
from oversight.customer_report.queries import Look
from oversight.log.presentation import NOTHING, groups_of, laws_of, purpose_of


def by_receiver(looks: Sequence[Look]) -> Table:
    """How often which organisation has looked for which purpose."""
    names = _names()
    counted = Counter((_receiver(one, names), purpose_of(one.purpose)) for one in looks)
    return Table(
        caption=_("In all"),
        columns=[
            Column(_("Organisation")),
            Column(_("Purpose of use")),
            Column(_("Times"), numeric=True),
        ],
        rows=[[*key, number(times)] for key, times in sorted(counted.items())],
        empty=_("The log has nothing about this customer."),
    )


def each(looks: Sequence[Look]) -> Table:
    """Every row of the log that concerns the customer: the day, and no clock time."""
    names = _names()
    laws, groups = cache(_joined_laws), cache(_joined_groups)
    return Table(
        caption=_("Each time, newest first"),
        columns=[
            Column(_("Day")),
            Column(_("Organisation")),
            Column(_("What was done")),
            Column(_("Purpose of use")),
            Column(_("Law")),
            Column(_("Data that could be seen")),
        ],
        rows=[
            [
                day(timezone.localtime(one.at, HELSINKI).date()),
                _receiver(one, names),
                _done(one),
                purpose_of(one.purpose),
                laws(tuple(one.laws)),
                _seen(one, groups(tuple(one.data_groups))),
            ]
            for one in looks
        ],
        empty=_("The log has nothing about this customer."),
    )


def _names() -> dict[int, str]:
    return {one.pk: one.name for one in Organisation.objects.all()}


def _receiver(one: Look, names: dict[int, str]) -> str:
    """Who looked, as an organisation; Kela's own people act for none."""
    if one.by_kela:
        return _("Kela")
    return names.get(one.organisation_id or 0, NOTHING)


def _done(one: Look) -> str:
    told = words.said(ActKind, words.ACTS, one.act)
    parts = [
        _("you stood on a list") if one.is_list else "",
        _("in their own matter") if one.by_customer else "",
        _("refused: nothing was shown") if one.outcome == Outcome.REFUSED else "",
        _("nothing was found") if one.outcome == Outcome.NOT_FOUND else "",
        _("by the technical interface") if one.channel == Channel.INTERFACE else "",
    ]
    more = ", ".join(part for part in parts if part)
    return f"{told} ({more})" if more else told


def _seen(one: Look, groups: str) -> str:
    if not groups or one.outcome != Outcome.PERMITTED:
        return NOTHING
    if one.look_back_from is None:
        return groups
    return _("%(groups)s, since %(day)s") % {"groups": groups, "day": day(one.look_back_from)}


def _joined_laws(citations: tuple[str, ...]) -> str:
    return ", ".join(laws_of(citations)) or NOTHING


def _joined_groups(slugs: tuple[str, ...]) -> str:
    return ", ".join(groups_of(slugs))
