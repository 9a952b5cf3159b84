"""A version of an agreement in plain words, and how two versions differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from authorizations import rulebook
from authorizations.explaining.speech import said
from authorizations.queries import cited, spoken
from authorizations.rulebook import (
    Action,
    Benefit,
    DataGroup,
    Field,
    Law,
    Mandate,
    Narrowing,
    OpenedAction,
    OpenedPurpose,
    OrganisationType,
    Purpose,
)
from benefits.reference import benefits
from kelmu import formats
from kelmu.dates import last_day
from kelmu.formats import day, period
from kelmu.languages import national
from kelmu.tables import Column, Table
from organisations.models import AgreedPurpose, AgreementVersion, Organisation

NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a purpose opens in a time; `period` is empty where that is as long as the version."""

    period: str
    laws: tuple[str, ...]
    mandates: tuple[str, ...]
    shows: tuple[str, ...]
    look_back: str
    left_out: tuple[str, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        """What is said, each under its label."""
        yield _("Legal basis"), "; ".join(self.laws)
        yield _("Suomi.fi mandate"), ", ".join(self.mandates)
        yield _("Shows"), ", ".join(self.shows)
        yield _("How far back"), self.look_back
        yield _("Left out by the agreement"), "; ".join(self.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeWords:
    """A purpose of use that a version covers, by time."""

    slug: str
    name: str
    description: str
    terms: tuple[Terms, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionWords:
    """A version as the agreement says it, in the language of the page. No field is a slug but
    those named so; an empty text means that there is nothing to say."""

    number: str
    organisation: str
    business_id: str
    address: str
    valid: str
    ways: tuple[str, ...]
    case_reference: str
    documents: str
    purposes: tuple[PurposeWords, ...]
    terms: str
    prepared: str
    decided: str

    def facts(self) -> Iterator[tuple[str, str]]:
        """What the two have agreed on, each under its label; what is empty is left out."""
        yield _("Way of use"), ", ".join(self.ways)
        yield _("Case reference"), self.case_reference
        yield _("Documents sent to Kela"), self.documents
        for purpose in self.purposes:
            for terms in purpose.terms:
                name = f"{purpose.name}, {terms.period}" if terms.period else purpose.name
                yield name, _("agreed")
                yield from ((f"{name}: {label}", text) for label, text in terms.facts() if text)
        yield _("Terms"), self.terms


def in_words(version: AgreementVersion, since: date | None = None) -> VersionWords:
    """A version in words, all of it or only what it says from a day on.

    Reads its agreement, organisation and purposes; select_related and prefetch what is many.
    """
    organisation = version.agreement.organisation
    whole = version.validity or version.wanted
    time = DateRange(since or whole.lower or date.min, whole.upper)
    rows = _since(version.purposes.all(), time.lower)
    kind = OrganisationType(organisation.type)
    return VersionWords(
        number=f"{version.agreement.number}/{version.number}",
        organisation=organisation.name,
        business_id=organisation.business_id,
        address=_address(organisation),
        valid=period(whole.lower, last_day(whole.upper)),
        ways=tuple(_ways(version)),
        case_reference=_case_reference(version),
        documents=_documents(version, any(_sends(row, kind) for row in rows)),
        purposes=tuple(_purposes(rows, kind, time)),
        terms=national(version.terms_fi, version.terms_sv) or version.terms_fi or version.terms_sv,
        prepared=_by(version.proposed_by_name, version.proposed_at.date()),
        decided=_by(version.decided_by_name, version.decided_at and version.decided_at.date()),
    )


def differences(before: AgreementVersion | None, after: AgreementVersion) -> Table:
    """What one version changes of another, from the day on which it takes effect."""
    start = after.wanted.lower
    old = dict(in_words(before, start).facts()) if before else {}
    new = dict(in_words(after, start).facts())
    labels = [*new, *(label for label in old if label not in new)]
    return Table(
        caption=_("What changes on %(day)s") % {"day": day(start)},
        columns=[Column(_("What")), Column(_("Before")), Column(_("From this version on"))],
        rows=[
            (label, old.get(label) or NOTHING, new.get(label) or NOTHING)
            for label in labels
            if (old.get(label) or "") != (new.get(label) or "")
        ],
        empty=_("Nothing: the two versions say the same."),
    )


def law_in_words(citation: str) -> str:
    """A law as agreements name it, in the language of the page; as it stands if not known."""
    known = _laws().get(citation)
    return cited(known) if known else formats.law(citation)


@cache
def _laws() -> dict[str, Law]:
    book = rulebook.load()
    laws = [row.law for row in book.contents] + [row.law for row in book.grants]
    return {law.citation.fi: law for named in laws for law in named}


def _address(organisation: Organisation) -> str:
    place = f"{organisation.postal_code} {organisation.post_office}".strip()
    return ", ".join(filter(None, (organisation.street, place)))


def _ways(version: AgreementVersion) -> Iterator[str]:
    if version.by_user_interface:
        yield _("user interface, with Suomi.fi mandates")
    if version.by_technical_interface:
        yield _("technical interface, without mandates")


def _case_reference(version: AgreementVersion) -> str:
    if version.requires_case_reference:
        return _("required at each search")
    return _("not required")


def _documents(version: AgreementVersion, sends: bool) -> str:
    """How long they are kept; nothing where the version lets nobody send any."""
    if not sends:
        return ""
    days = version.documents_kept_days
    told = ngettext(
        "kept for %(days)s day after Kela’s acknowledgement, then removed",
        "kept for %(days)s days after Kela’s acknowledgement, then removed",
        days,
    )
    return told % {"days": days}


def _by(name: str, on: date | None) -> str:
    return f"{name}, {day(on)}" if on else ""


def _since(rows: Iterable[AgreedPurpose], since: date) -> list[AgreedPurpose]:
    """The rows as they hold from the day on; no row is changed in the database."""
    kept = []
    for row in rows:
        if row.validity.upper is None or row.validity.upper > since:
            row.validity = DateRange(max(row.validity.lower or since, since), row.validity.upper)
            kept.append(row)
    return sorted(kept, key=lambda row: row.validity.lower)


def _purposes(
    rows: list[AgreedPurpose], kind: OrganisationType, time: DateRange
) -> Iterator[PurposeWords]:
    covered: list[Purpose | Action] = [*Purpose, *Action]
    for one in covered:
        own = [row for row in rows if row.purpose == one]
        if own:
            yield PurposeWords(
                slug=one.value,
                name=said(one),
                description=_description(one),
                terms=tuple(_merged(own, kind, time)),
            )


def _description(one: Purpose | Action) -> str:
    return spoken(rulebook.load().descriptions[one]) if isinstance(one, Purpose) else ""


def _merged(rows: list[AgreedPurpose], kind: OrganisationType, time: DateRange) -> Iterator[Terms]:
    """The terms of a purpose by time; where nothing is said otherwise, times are one."""
    for _same, group in groupby(rows, key=lambda row: _terms(row, kind, "")):
        same = list(group)
        first, upper = same[0].validity.lower, same[-1].validity.upper
        begins = first if first > time.lower else None
        ends = last_day(upper) if upper != time.upper else None
        yield _terms(same[0], kind, period(begins, ends) if begins or ends else "")


def _terms(row: AgreedPurpose, kind: OrganisationType, shown: str) -> Terms:
    by = Narrowing.of(
        row.withheld_groups, row.withheld_benefits, row.withheld_fields, row.look_back_months
    )
    opened = _opened(row, kind, by)
    purpose = opened if isinstance(opened, OpenedPurpose) else None
    return Terms(
        period=shown,
        laws=tuple(law_in_words(citation) for citation in row.laws),
        mandates=tuple(said(mandate) for mandate in opened.mandates) if opened else (),
        shows=tuple(_shows(purpose)) if purpose else (),
        look_back=_months(purpose.look_back_months) if purpose else "",
        left_out=tuple(_left_out(by)),
    )


def _opened(
    row: AgreedPurpose, kind: OrganisationType, by: Narrowing
) -> OpenedPurpose | OpenedAction | None:
    """What the rulebook opens on the row's first day, narrowed; None where it opens nothing."""
    rights = rulebook.load().rights(kind, Mandate, row.validity.lower)
    if opened := rights.purpose(row.purpose):
        return opened.narrowed(by)
    return next((one for one in rights.general_actions if one.action == row.purpose), None)


def _sends(row: AgreedPurpose, kind: OrganisationType) -> bool:
    opened = _opened(row, kind, Narrowing.of())
    return isinstance(opened, OpenedPurpose) and Action.SEND_DOCUMENT in opened.actions


def _shows(opened: OpenedPurpose) -> list[str]:
    words = [*opened.data_groups, *opened.notification_types, *opened.listings, *opened.actions]
    return [said(word) for word in words]


def _months(months: int | None) -> str:
    if months is None:
        return ""
    return ngettext("%(months)s month", "%(months)s months", months) % {"months": months}


def _left_out(by: Narrowing) -> Iterator[str]:
    names = [
        (_("data groups: %(names)s"), [said(group) for group in DataGroup if group in by.groups]),
        (_("data: %(names)s"), [said(field) for field in Field if field in by.fields]),
        (
            _("benefits: %(names)s"),
            [benefits()[one].name for one in Benefit if one in by.benefits],
        ),
    ]
    yield from (text % {"names": ", ".join(words)} for text, words in names if words)
    if by.look_back_months:
        yield _("what is older than %(months)s") % {"months": _months(by.look_back_months)}
