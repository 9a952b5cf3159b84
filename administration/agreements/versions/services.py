"""Prepares versions and decides on them: one person each. Each act is a row of the log."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.translation import gettext as _

from administration.agreements import services
from administration.agreements.services import Said
from administration.agreements.steps import APPROVING, PREPARING, Deed, Step
from administration.agreements.versions.content import Content, rows_of, time_of
from administration.proposing import decide as decide_on
from administration.proposing import proposal
from audit.models import ActKind
from authorizations import door
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import OrganisationType
from kelmu.formats import day
from organisations.models import AgreedPurpose, Agreement, AgreementVersion, Proposed, Standing

WITHDRAWN = Proposed.Decision.WITHDRAWN
CLOSED = {Standing.ENDED, Standing.LAPSED, Standing.RENEWED}


@transaction.atomic
def prepare(right: Right, agreement_id: int, start: date, content: Content) -> AgreementVersion:
    """A new version from a day on, for another person to decide on. The first makes a draft.

    ValidationError when one waits already, the day has passed, or it is not lawful.
    """
    _prepares(right)
    agreement = services.locked(agreement_id)
    _check_kept(agreement)
    if agreement.standing(right.on) in CLOSED:
        raise ValidationError(_("The agreement is not in force any more: renew it."))
    waiting = agreement.versions.filter(decision="").first()
    if waiting:
        raise ValidationError(
            _("Version %(number)s waits for a decision: change it, or have it decided on first."),
            params={"number": waiting.number},
        )
    time = _time(right, agreement, start)
    rows = rows_of(content, OrganisationType(agreement.organisation.type), time)
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=_next_number(agreement),
        **_said(content),
        **proposal(right, time),
    )
    _save(version, rows)
    if agreement.step == Step.RIGHT_EXAMINED:
        services.take(right, agreement.pk, Deed.DRAFTED, Said(right.on))
    _log(right, ActKind.PREPARE_VERSION, version)
    return version


@transaction.atomic
def change(right: Right, version_id: int, start: date, content: Content) -> AgreementVersion:
    """Another content of a version that nobody has decided on, by the person who prepared it."""
    _prepares(right)
    version = _locked(version_id)
    if version.proposed_by != right.subject:
        raise ValidationError(
            _("Only %(name)s, who prepared this version, changes it: have it refused first."),
            params={"name": version.proposed_by_name},
        )
    if version.decision:
        raise ValidationError(_("This has been decided already."), code="decided")
    time = _time(right, version.agreement, start)
    rows = rows_of(content, OrganisationType(version.agreement.organisation.type), time)
    for name, value in (_said(content) | proposal(right, time)).items():
        setattr(version, name, value)
    version.save()
    version.purposes.all().delete()
    _save(version, rows)
    _log(right, ActKind.PREPARE_VERSION, version)
    return version


@transaction.atomic
def decide(
    right: Right, version_id: int, decision: Proposed.Decision, note: str = ""
) -> AgreementVersion:
    """Approves a version, which then holds from its day on, or refuses it with a reason; whoever
    prepared it withdraws it."""
    if (PREPARING if decision == WITHDRAWN else APPROVING) not in right.kela_groups:
        raise Refused(Reason.NOT_THIS_OFFICE)
    version = _locked(version_id)
    decide_on(right, version, decision, note)
    if decision == Proposed.Decision.ACCEPTED:
        _check_kept(version.agreement)
        _make_room(right, version)
    elif not note:
        raise ValidationError(_("Say why it is refused."))
    version.save()
    _log(right, ActKind.DECIDE_ON_VERSION, version, decision=decision)
    return version


def _check_kept(agreement: Agreement) -> None:
    if agreement.step == Step.GIVEN_UP:
        raise ValidationError(_("The agreement was given up: begin another one."))


def _prepares(right: Right) -> None:
    if PREPARING not in right.kela_groups:
        raise Refused(Reason.NOT_THIS_OFFICE)


def _locked(version_id: int) -> AgreementVersion:
    rows = AgreementVersion.objects.select_related("agreement__organisation")
    return rows.select_for_update(of=("self", "agreement")).get(pk=version_id)


def _time(right: Right, agreement: Agreement, start: date) -> DateRange:
    """From a day on; a version that is approved from a later day on stays."""
    if start < right.on:
        raise ValidationError(
            _("A version takes effect today or later: what was agreed before stays as it was.")
        )
    approved = _starts(agreement)
    if start in approved:
        raise ValidationError(
            _("A version has been approved from %(day)s on already: choose another day."),
            params={"day": day(start)},
        )
    return time_of(start, approved)


def _starts(agreement: Agreement) -> list[date]:
    times = agreement.versions.filter(validity__isnull=False).values_list("validity", flat=True)
    return [time.lower for time in times if time]


def _next_number(agreement: Agreement) -> int:
    newest: int | None = agreement.versions.aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1


def _said(content: Content) -> dict[str, object]:
    return {
        "by_user_interface": content.by_user_interface,
        "by_technical_interface": content.by_technical_interface,
        "requires_case_reference": content.requires_case_reference,
        "documents_kept_days": content.documents_kept_days,
        "terms_fi": content.terms_fi,
        "terms_sv": content.terms_sv,
    }


def _save(version: AgreementVersion, rows: Iterable[AgreedPurpose]) -> None:
    rows = list(rows)
    for row in rows:
        row.version = version
    AgreedPurpose.objects.bulk_create(rows)


def _make_room(right: Right, version: AgreementVersion) -> None:
    """The version that holds until then ends on the day before."""
    start = version.wanted.lower
    if start < right.on:
        raise ValidationError(
            _("Its day, %(day)s, has passed: it must be prepared anew with a later one."),
            params={"day": day(start)},
        )
    overlapping = version.agreement.versions.filter(validity__overlap=version.wanted)
    for other in overlapping.select_for_update():
        if other.validity.lower >= start:
            raise ValidationError(
                _("Another version was approved for the same time: prepare this one anew.")
            )
        other.validity = DateRange(other.validity.lower, start)
        other.save()


def _log(right: Right, act: ActKind, version: AgreementVersion, **details: object) -> None:
    agreement = version.agreement
    door.write_office_act(
        right,
        act,
        agreement.organisation_id,
        agreement=f"{agreement.number}/{version.number}",
        start=version.wanted.lower,
        **details,
    )
