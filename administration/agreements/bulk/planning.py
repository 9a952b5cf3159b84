"""What a step with many would do with each organisation, and why some are left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from administration.agreements.deadlines import BY_STEP
from administration.agreements.steps import APPROVING, PREPARING, Step
from administration.agreements.versions.content import usual
from administration.models import BulkRun
from authorizations.rights import Right
from authorizations.rulebook import OrganisationType
from kelmu.dates import valid_on
from organisations.models import Agreement, AgreementVersion, Organisation

What = BulkRun.What
GROUPS = {
    What.DRAFT: PREPARING,
    What.APPROVE: APPROVING,
    What.SEND: PREPARING,
    What.DEADLINE: PREPARING,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done with the organisations of a type; the day of effect, or the deadline."""

    what: BulkRun.What
    kind: str
    day: date | None = None
    awaited: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """What would happen to one organisation; `hindrance` says why nothing would."""

    organisation: Organisation
    agreement: Agreement | None
    outcome: str = ""
    hindrance: str = ""


def plan(right: Right, wanted: Wanted) -> list[Planned]:
    """For each organisation of the type that the step could concern, by name."""
    told = _drafts(right, wanted) if wanted.what == What.DRAFT else _steps(right, wanted)
    return list(told)


def _drafts(right: Right, wanted: Wanted) -> Iterator[Planned]:
    start = wanted.day or right.on
    kind = OrganisationType(wanted.kind)
    opens = bool(usual(kind, DateRange(start, None)).purposes)
    agreements = Agreement.objects.exclude(step=Step.GIVEN_UP).order_by("pk")
    rows = Organisation.objects.filter(valid_on(start), type=kind)
    for one in rows.prefetch_related(
        Prefetch("agreements", agreements.prefetch_related("renewals"))
    ):
        yield _draft(one, right.on, opens=opens)


def _draft(one: Organisation, on: date, *, opens: bool) -> Planned:
    theirs = list(one.agreements.all())
    under_way = next((each for each in theirs if each.validity is None), None)
    if under_way:
        named = {"number": under_way.number}
        return Planned(one, under_way, hindrance=_("%(number)s is under way") % named)
    if not opens:
        return Planned(one, None, hindrance=_("the law opens nothing to it from that day on"))
    old = next((each for each in reversed(theirs) if each.validity.lower <= on), None)
    if old is None:
        return Planned(one, None, outcome=_("a new agreement, with what the law opens"))
    named = {"number": old.number}
    if old.renewed_by:
        return Planned(one, old, hindrance=_("%(number)s has been renewed") % named)
    return Planned(one, old, outcome=_("a renewal of %(number)s") % named)


def _steps(right: Right, wanted: Wanted) -> Iterator[Planned]:
    rows = Agreement.objects.filter(organisation__type=wanted.kind).exclude(step=Step.GIVEN_UP)
    if wanted.what == What.APPROVE:
        rows = rows.filter(versions__decision="")
    else:
        rows = rows.filter(validity=None)
    rows = rows.select_related("organisation").prefetch_related("versions")
    for agreement in rows.order_by("organisation__name_fi", "pk"):
        outcome, hindrance = _STEPS[wanted.what](right, wanted, agreement)
        yield Planned(agreement.organisation, agreement, outcome, hindrance)


def waiting(agreement: Agreement) -> AgreementVersion:
    """The version on which nobody has decided. ValidationError if there is none."""
    for one in agreement.versions.all():
        if not one.decision:
            return one
    raise ValidationError(_("No version waits for approval."))


def _approve(right: Right, wanted: Wanted, agreement: Agreement) -> tuple[str, str]:
    version = waiting(agreement)
    if version.proposed_by == right.subject:
        return "", _("you prepared it yourself")
    return _("approves version %(number)s") % {"number": version.number}, ""


def _send(right: Right, wanted: Wanted, agreement: Agreement) -> tuple[str, str]:
    if agreement.step != Step.DRAFT:
        return "", _("stands at “%(step)s”") % {"step": agreement.get_step_display()}
    if not any(one.validity for one in agreement.versions.all()):
        return "", _("no version has been approved")
    return _("is sent"), ""


def _deadline(right: Right, wanted: Wanted, agreement: Agreement) -> tuple[str, str]:
    before = BY_STEP.get(wanted.awaited)  # payee data may be late at any step
    reached = before is not None and agreement.step not in before
    if reached:
        return "", _("stands at “%(step)s”") % {"step": agreement.get_step_display()}
    return _("gets the deadline"), ""


_STEPS = {What.APPROVE: _approve, What.SEND: _send, What.DEADLINE: _deadline}
