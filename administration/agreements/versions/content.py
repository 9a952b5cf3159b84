"""What a version may cover for a type of organisation from a day on, and what is chosen of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from authorizations import rulebook
from authorizations.explaining.speech import said
from authorizations.lawful import Covered, Lawful, lawful
from authorizations.rulebook import (
    Benefit,
    Field,
    Law,
    Mandate,
    OpenedPurpose,
    OrganisationType,
)
from kelmu.dates import last_day
from kelmu.formats import day
from organisations.models import DOCUMENTS_KEPT_DAYS, AgreedPurpose, AgreementVersion


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is agreed of a purpose: its laws, and what is left out."""

    laws: frozenset[str]
    withheld_groups: tuple[str, ...] = ()
    withheld_benefits: tuple[str, ...] = ()
    withheld_fields: tuple[str, ...] = ()
    look_back_months: int | None = None


@dataclass(frozen=True)
class Offered:
    """A purpose that may be agreed on within a time, as the rulebook opens it then."""

    covered: Covered
    spans: tuple[Lawful, ...]
    opened: OpenedPurpose | None

    @property
    def name(self) -> str:
        return said(self.covered)

    @property
    def by_agreement_only(self) -> bool:
        return all(span.by_agreement_only for span in self.spans)

    @cached_property
    def laws(self) -> dict[str, Law]:
        """The laws that may be named, by their citations."""
        return {law.citation.fi: law for span in self.spans for law in span.laws}

    def times_of(self, citation: str) -> str:
        """When a law may be named, where that is not the whole time."""
        own = [span.validity for span in self.spans if citation in span.citations]
        first, last = self.spans[0].validity.lower, self.spans[-1].validity.upper
        begins = _("from %(day)s") % {"day": day(own[0].lower)} if own[0].lower != first else ""
        until = last_day(own[-1].upper)
        ends = _("until %(day)s") % {"day": day(until)} if until and own[-1].upper != last else ""
        return f"{begins} {ends}".strip()

    @property
    def benefits(self) -> list[Benefit]:
        """Those that it shows and that could be left out."""
        if self.opened is None or not self.opened.data_groups:
            return []
        return [one for one in Benefit if self.opened.benefits.allows(one)]

    @property
    def fields(self) -> list[Field]:
        """Those of its data groups that could be left out."""
        if self.opened is None:
            return []
        groups = {group.value for group in self.opened.data_groups}
        shown = [one for one in Field if one not in self.opened.withheld_fields]
        return [one for one in shown if one.split(".")[0] in groups]

    def rows(self, chosen: Chosen) -> Iterator[AgreedPurpose]:
        """The rows of a version. ValidationError where a time would be without a law."""
        for laws, group in groupby(self.spans, key=lambda span: self._named(span, chosen)):
            spans = list(group)
            yield AgreedPurpose(
                purpose=self.covered.value,
                laws=list(laws),
                validity=DateRange(spans[0].validity.lower, spans[-1].validity.upper),
                withheld_groups=list(chosen.withheld_groups),
                withheld_benefits=list(chosen.withheld_benefits),
                withheld_fields=list(chosen.withheld_fields),
                look_back_months=chosen.look_back_months,
            )

    def _named(self, span: Lawful, chosen: Chosen) -> tuple[str, ...]:
        laws = tuple(citation for citation in span.citations if citation in chosen.laws)
        if not laws:
            raise ValidationError(
                _("%(purpose)s: choose a law that holds from %(day)s on."),
                params={"purpose": self.name, "day": day(span.validity.lower)},
            )
        return laws


@dataclass(frozen=True, slots=True)
class Content:
    """What a version says."""

    by_user_interface: bool = True
    by_technical_interface: bool = False
    requires_case_reference: bool = False
    documents_kept_days: int = DOCUMENTS_KEPT_DAYS
    terms_fi: str = ""
    terms_sv: str = ""
    purposes: Mapping[str, Chosen] = field(default_factory=dict)


def offered(kind: OrganisationType, time: DateRange) -> dict[str, Offered]:
    """What may be agreed on with the type of organisation within a time, in the rulebook's order.

    A purpose that opens twice in the time, with a break between, is offered for its first time.
    """
    by_purpose: dict[Covered, list[Lawful]] = {}
    for span in lawful(kind, time):
        own = by_purpose.setdefault(span.covered, [])
        if not own or own[-1].validity.upper == span.validity.lower:
            own.append(span)
    return {
        covered.value: Offered(covered, tuple(spans), _opened(kind, covered, spans[0]))
        for covered, spans in by_purpose.items()
    }


def _opened(kind: OrganisationType, covered: Covered, first: Lawful) -> OpenedPurpose | None:
    return rulebook.load().rights(kind, Mandate, first.validity.lower).purpose(covered)


def rows_of(content: Content, kind: OrganisationType, time: DateRange) -> list[AgreedPurpose]:
    """The rows of a version's purposes. ValidationError for each that is not lawful."""
    choices = offered(kind, time)
    errors, rows = [], []
    for slug, chosen in content.purposes.items():
        try:
            rows += _rows(choices, slug, chosen)
        except ValidationError as error:
            errors.append(error)
    if errors:
        raise ValidationError(errors)
    if not rows:
        raise ValidationError(_("Choose at least one purpose of use."))
    return rows


def _rows(choices: Mapping[str, Offered], slug: str, chosen: Chosen) -> list[AgreedPurpose]:
    if slug not in choices:
        raise ValidationError(
            _("The law does not open “%(purpose)s” to this type of organisation at that time."),
            params={"purpose": slug},
        )
    return list(choices[slug].rows(chosen))


def usual(kind: OrganisationType, time: DateRange) -> Content:
    """All that the law opens to the type without being named, by all its laws."""
    return Content(
        purposes={
            slug: Chosen(frozenset(one.laws))
            for slug, one in offered(kind, time).items()
            if not one.by_agreement_only
        }
    )


def renewed(rows: Iterable[AgreedPurpose], kind: OrganisationType, time: DateRange) -> Content:
    """What follows on rows of before: the usual, what they name, and what they leave out."""
    before = {row.purpose: row for row in rows}
    return Content(
        purposes={
            slug: _as_before(one, before.get(slug))
            for slug, one in offered(kind, time).items()
            if slug in before or not one.by_agreement_only
        }
    )


def exactly(rows: Iterable[AgreedPurpose], kind: OrganisationType, time: DateRange) -> Content:
    """What rows say, as far as the law opens it within the time."""
    choices, said_of = offered(kind, time), dict[str, Chosen]()
    for row in rows:
        if row.purpose in choices:
            before = said_of.get(row.purpose)
            laws = frozenset(row.laws) | (before.laws if before else frozenset())
            said_of[row.purpose] = _chosen(row, laws & frozenset(choices[row.purpose].laws))
    return Content(purposes=said_of)


def like(version: AgreementVersion, content: Content) -> Content:
    """The content with everything else that a version says beside its purposes."""
    return replace(
        content,
        by_user_interface=version.by_user_interface,
        by_technical_interface=version.by_technical_interface,
        requires_case_reference=version.requires_case_reference,
        documents_kept_days=version.documents_kept_days,
        terms_fi=version.terms_fi,
        terms_sv=version.terms_sv,
    )


def _as_before(one: Offered, row: AgreedPurpose | None) -> Chosen:
    """With what was left out before, and the laws that take the place of those named before."""
    laws = frozenset(one.laws)
    return _chosen(row, laws) if row else Chosen(laws)


def _chosen(row: AgreedPurpose, laws: frozenset[str]) -> Chosen:
    return Chosen(
        laws=laws,
        withheld_groups=tuple(row.withheld_groups),
        withheld_benefits=tuple(row.withheld_benefits),
        withheld_fields=tuple(row.withheld_fields),
        look_back_months=row.look_back_months,
    )


def time_of(start: date, later: Iterable[date | None]) -> DateRange:
    """From a day on until the next version that is approved already, if one is."""
    ends = [one for one in later if one and one > start]
    return DateRange(start, min(ends, default=None))
