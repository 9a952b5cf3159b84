"""Takes a step with many agreements, some at a time. Each row is a transaction of its own."""

from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from administration.agreements import deadlines, services
from administration.agreements.bulk.planning import GROUPS, Wanted, plan, waiting
from administration.agreements.services import Said
from administration.agreements.steps import Deed
from administration.agreements.versions import queries as versions_read
from administration.agreements.versions import services as versions
from administration.models import BulkItem, BulkRun
from audit import services as log
from audit.models import ActKind
from authorizations import door
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from organisations.models import Agreement, Deadline, Proposed

State = BulkItem.State
What = BulkRun.What


@transaction.atomic
def start(right: Right, wanted: Wanted, left_out: Collection[int]) -> BulkRun:
    """Writes down what is to be done; `left_out` are organisations that somebody chose not to take.

    ValidationError when nothing would be done, Refused for another group.
    """
    if GROUPS[wanted.what] not in right.kela_groups:
        raise Refused(Reason.NOT_THIS_OFFICE)
    run = BulkRun.objects.create(
        what=wanted.what,
        day=wanted.day,
        awaited=wanted.awaited,
        by=right.subject,
        by_name=right.user_name,
        at=timezone.now(),
    )
    items = [
        BulkItem(
            run=run,
            organisation=one.organisation,
            agreement=one.agreement,
            state=State.LEFT_OUT if hindrance else State.WAITING,
            message=hindrance,
        )
        for one in plan(right, wanted)
        for hindrance in [one.hindrance or _chosen(one.organisation.pk in left_out)]
    ]
    if not any(item.state == State.WAITING for item in items):
        raise ValidationError(_("Nothing would be done: every row is left out."))
    BulkItem.objects.bulk_create(items)
    details = {"run": run.pk, "what": wanted.what, "rows": len(items)}
    log.write(log.Row(act=ActKind.BULK_STEP, details=details, **door.who(right)))
    return run


def _chosen(is_left_out: bool) -> str:
    return _("left out by choice") if is_left_out else ""


def go_on(right: Right, run: BulkRun) -> None:
    """Takes the step with the next rows (AGREEMENTS_AT_ONCE). Only who started the run goes on."""
    if run.by != right.subject or GROUPS[What(run.what)] not in right.kela_groups:
        raise Refused(Reason.NOT_THIS_OFFICE)
    items = run.items.filter(state=State.WAITING).select_related("organisation", "agreement")
    chunk = items.order_by("pk").select_for_update(of=("self",), skip_locked=True)
    for item in chunk[: settings.AGREEMENTS_AT_ONCE]:
        try:
            with transaction.atomic():
                item.agreement = _DEEDS[What(run.what)](right, run, item)
            item.state = State.DONE
        except ValidationError as error:
            item.state, item.message = State.LEFT_OUT, " ".join(error.messages)[:500]
        item.save(update_fields=["state", "message", "agreement"])


def _draft(right: Right, run: BulkRun, item: BulkItem) -> Agreement:
    old = item.agreement
    new = services.renew(right, old.pk) if old else services.begin(right, item.organisation)
    start = run.day or right.on
    _offered, content = versions_read.choices(new, start)
    versions.prepare(right, new.pk, start, content)
    return new


def _approve(right: Right, run: BulkRun, item: BulkItem) -> Agreement:
    agreement = _of(item)
    versions.decide(right, waiting(agreement).pk, Proposed.Decision.ACCEPTED)
    return agreement


def _send(right: Right, run: BulkRun, item: BulkItem) -> Agreement:
    return services.take(right, _of(item).pk, Deed.SENT, Said(right.on))


def _deadline(right: Right, run: BulkRun, item: BulkItem) -> Agreement:
    agreement = _of(item)
    deadlines.set_by_hand(right, agreement, Deadline.Awaited(run.awaited), run.day or right.on)
    return agreement


def _of(item: BulkItem) -> Agreement:
    if item.agreement is None:
        raise ValidationError(_("No agreement is under way."))
    return item.agreement


_DEEDS = {What.DRAFT: _draft, What.APPROVE: _approve, What.SEND: _send, What.DEADLINE: _deadline}
