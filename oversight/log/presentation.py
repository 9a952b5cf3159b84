"""The log in words: a table of rows, and one row that says why without a manual."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from audit import words
from audit.models import ActKind, Channel, Entry, Outcome, Shown
from authorizations import rulebook
from authorizations.explaining.speech import said
from authorizations.queries import KELA_GROUPS, cited
from authorizations.refusals import EXPLANATIONS, PART_NAMES, Part, Reason
from authorizations.rights import Call
from authorizations.rulebook import Action, DataGroup, Mandate, Purpose
from customers.queries import Person
from kelmu.formats import day, law, number, second
from kelmu.tables import Column, Table
from organisations.models import Contact, Organisation
from organisations.models.keys import Fault
from oversight.log import details, queries
from oversight.log.keys import key_of
from oversight.log.queries import LogPage
from oversight.reach import Reach

NOTHING = "–"
BY_MANDATE = "mandate"

type Facts = list[tuple[str, Any]]
type Names = Mapping[tuple[int | None, UUID | None], str]


def table(reach: Reach, page: LogPage) -> Table:
    """A page of rows, each leading to all that it says."""
    cells = list(rows(page.entries))
    linked = [
        [_link(reach, entry, told[0]), *told[1:]]
        for entry, told in zip(page.entries, cells, strict=True)
    ]
    return Table(
        caption=_("Acts, newest first"),
        columns=[Column(label) for label in headings()],
        rows=linked,
        empty=_("Nothing in the log matches."),
    )


def headings() -> list[str]:
    """What the cells of a row are."""
    return [
        _("Moment"),
        _("Person"),
        _("Organisation"),
        _("Act"),
        _("Purpose of use"),
        _("Outcome"),
        _("Case reference"),
    ]


def rows(entries: list[Entry]) -> Iterator[list[str]]:
    """Each row as text."""
    told = queries.names_of(entries)
    organisations = {one.pk: one.name for one in Organisation.objects.all()}
    for entry in entries:
        yield [
            second(entry.at),
            who(entry, told),
            organisations.get(entry.organisation_id or 0, NOTHING),
            words.said(ActKind, words.ACTS, entry.act),
            purpose_of(entry.purpose),
            outcome_of(entry),
            entry.case_reference or NOTHING,
        ]


def who(entry: Entry, told: Names) -> str:
    """Who acted; of Kela's people the office, of a system that it is one."""
    if _is_kelas(entry):
        return _("Kela")
    if entry.channel == Channel.INTERFACE:
        return _system(entry)
    if entry.actor is None:
        return _("nobody: Kelmu itself") if entry.session_id is None else _("not known")
    return told.get((entry.organisation_id, entry.actor), _("not known by name"))


def _system(entry: Entry) -> str:
    """A system, and for whom in the organisation it has called."""
    if user := entry.details.get("end_user"):
        return _("%(user)s, in the organisation’s own system") % {"user": user}
    return _("the organisation’s own system")


def purpose_of(slug: str) -> str:
    """A purpose, or an action that needs none."""
    for vocabulary in (Purpose, Action):
        if slug in set(vocabulary):
            return said(vocabulary(slug))
    return slug or NOTHING


def outcome_of(entry: Entry) -> str:
    return words.said(Outcome, words.OUTCOMES, entry.outcome)


def laws_of(citations: Iterable[str]) -> list[str]:
    """The laws of a row, which are told in Finnish, in the language of the page."""
    book = rulebook.load()
    laws = [row.law for row in book.contents] + [row.law for row in book.grants]
    known = {one.citation.fi: one for several in laws for one in several}
    return [cited(known[one]) if one in known else law(one) for one in citations]


def groups_of(slugs: Iterable[str]) -> list[str]:
    """The data groups of a row."""
    return [said(DataGroup(one)) if one in set(DataGroup) else one for one in slugs]


def facts(entry: Entry, persons: int, shown: Iterable[Shown]) -> Facts:
    """All that a row says, in the order in which one asks, without the customer."""
    told = queries.names_of([entry])
    organisation = Organisation.objects.filter(pk=entry.organisation_id or 0).first()
    asked = [
        (_("Act"), words.said(ActKind, words.ACTS, entry.act)),
        (_("Outcome"), outcome_of(entry)),
        *_refusal(entry),
        (_("Moment"), second(entry.at)),
        (_("Person"), who(entry, told)),
        (_("Acted by"), office_of(entry)),
        (_("Organisation"), organisation.name if organisation else ""),
        (_("Agreement and its version"), entry.agreement),
        (_("Purpose of use"), purpose_of(entry.purpose) if entry.purpose else ""),
        (_("Law"), ", ".join(laws_of(entry.laws))),
        (_("Case reference"), entry.case_reference),
        (_("Data groups that could be seen"), ", ".join(groups_of(entry.data_groups))),
        (_("As far back as"), day(entry.look_back_from) if entry.look_back_from else ""),
        (_("Persons on the list"), number(persons) if persons else ""),
        *details.told(entry.details),
        (_("Rows shown"), ", ".join(number(one.number) for one in shown)),
        (_("Digest of what was shown"), ", ".join(bytes(one.digest).hex() for one in shown)),
        (_("Way of use"), words.said(Channel, words.CHANNELS, entry.channel)),
        (_("Day of the rules"), day(entry.rule_date)),
        (_("Reference number"), str(entry.request_id or "")),
        (_("Number of the row"), str(entry.id)),
        (_("Rulebook"), entry.rulebook[:12]),
    ]
    return [(label, value) for label, value in asked if value]


def office_of(entry: Entry) -> str:
    """By what somebody acted: mandates, a role in the agreement, or a group of Kela's."""
    if entry.office == BY_MANDATE:
        held = [said(Mandate(one)) if one in set(Mandate) else one for one in entry.mandates]
        return _("Mandate: %(names)s") % {"names": ", ".join(held) or NOTHING}
    return ", ".join(_office(one) for one in entry.office.split(",") if one)


def customer(person: Person | None) -> SafeString | str:
    """Whom an act concerned."""
    if person is None:
        return _("Nobody whom Kela knows by the identity code")
    mark = _("Non-disclosure for personal safety") if person.protected else ""
    told = format_html('{} <span class="code">{}</span>', person.name, person.hetu)
    return format_html('{} <span class="mark">{}</span>', told, mark) if mark else told


def chosen(form: Any) -> list[tuple[str, str]]:
    """What a page of the log is narrowed to, for paper."""
    told = []
    for name, value in form.told.items():
        field = form.fields[name]
        options = dict(getattr(field, "choices", ()))
        told.append((str(field.label), str(options.get(value, value))))
    return told


def _office(slug: str) -> str:
    if slug in KELA_GROUPS:
        return _("Kela: %(group)s") % {"group": KELA_GROUPS[slug]}
    if slug == Call.office:
        return _("the agreement, by the technical interface")
    return str(Contact.Role(slug).label) if slug in Contact.Role.values else slug


def _is_kelas(entry: Entry) -> bool:
    return bool(set(entry.office.split(",")) & KELA_GROUPS.keys())


def _refusal(entry: Entry) -> Facts:
    """Why something was refused, or why somebody looked."""
    reason = str(entry.details.get("reason", ""))
    if entry.act == ActKind.ENTER_INTERFACE and reason in Fault.values:
        return [(_("Why it was refused"), str(Fault(reason).label))]
    if entry.act != ActKind.REFUSAL:
        return [(_("Reason"), reason)]
    if reason not in set(Reason):
        return [(_("Why it was refused"), reason)]
    told = EXPLANATIONS[Reason(reason)]
    part = str(entry.details.get("part", ""))
    return [
        (_("What was refused"), told.what),
        (_("Why it was refused"), told.why),
        (_("Which part said no"), PART_NAMES[Part(part)] if part in set(Part) else part),
    ]


def _link(reach: Reach, entry: Entry, label: str) -> SafeString:
    return format_html('<a class="ds-link" href="{}">{}</a>', act_url(reach, entry), label)


def act_url(reach: Reach, entry: Entry) -> str:
    """Where all of a row is told. Kela's names the organisation that the row belongs to."""
    key = key_of(entry)
    of = {"of": entry.organisation_id} if reach.is_kela and entry.organisation_id else {}
    return reach.url("act", key.moment, key.id, query=of)
