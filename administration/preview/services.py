"""Writes what was tested of a version, and who accepted it; each with its row in the log."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from administration.preview import queries
from administration.preview.checklist import points
from administration.preview.pages import label_of
from audit import services as log
from audit.models import ActKind
from authorizations import door
from authorizations.rights import Right
from organisations.models import AgreementVersion, PreviewAcceptance, PreviewCheck


class NotTested(Exception):
    """A test that cannot be accepted yet, or not by this person. `by_tester`: because they
    ticked a point of it themselves."""

    def __init__(self, *, by_tester: bool) -> None:
        super().__init__()
        self.by_tester = by_tester


@transaction.atomic
def check(right: Right, version: AgreementVersion, point: str, note: str) -> None:
    """Ticks a point of the checklist; one that is ticked stays as it is.

    Raises LookupError for a point that is not on the version's list.
    """
    if point not in {one.slug for one in points(version)}:
        raise LookupError
    if point in queries.checks_of(version) or queries.accepted(version):
        return
    PreviewCheck.objects.create(version=version, point=point, **_mark(right, note))
    _write(ActKind.CHECK_PREVIEW, right, version, point=point)


@transaction.atomic
def take_back(right: Right, version: AgreementVersion, point: str) -> None:
    """Takes a tick away, as long as nobody has accepted the test."""
    ticked = queries.checks_of(version).get(point)
    if ticked is None or queries.accepted(version):
        return
    ticked.delete()
    _write(ActKind.TAKE_CHECK_BACK, right, version, point=point)


@transaction.atomic
def accept(right: Right, version: AgreementVersion, note: str) -> None:
    """Accepts the whole test. Raises NotTested."""
    if queries.accepted(version):
        return
    ticked = queries.checks_of(version)
    if any(point.slug not in ticked for point in points(version)):
        raise NotTested(by_tester=False)
    if right.subject in {one.by for one in ticked.values()}:
        raise NotTested(by_tester=True)
    PreviewAcceptance.objects.create(version=version, **_mark(right, note))
    _write(ActKind.ACCEPT_PREVIEW, right, version)


def _mark(right: Right, note: str) -> dict[str, Any]:
    return {
        "by": right.subject,
        "by_name": right.user_name,
        "at": timezone.now(),
        "note": note,
    }


def _write(act: ActKind, right: Right, version: AgreementVersion, **details: Any) -> None:
    told = {
        "version": label_of(version),
        "organisation": version.agreement.organisation_id,
        **details,
    }
    log.write(log.Row(act=act, details=told, **door.who(right)))
