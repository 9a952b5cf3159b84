"""By when an agreement is to come further, and which of them are late."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from administration.agreements.steps import Step
from audit.models import ActKind
from authorizations import door
from authorizations.rights import Right
from organisations.models import Agreement, Deadline, Payee, Proposed

Awaited = Deadline.Awaited
ORDER = list(Step)
NEXT = {
    Step.RIGHT_EXAMINED: Awaited.SENT,
    Step.DRAFT: Awaited.SENT,
    Step.SENT: Awaited.SIGNED_BY_ORGANISATION,
    Step.SIGNED_BY_ORGANISATION: Awaited.SIGNED_BY_KELA,
}
BY_STEP: dict[str, list[Step]] = {
    awaited.value: ORDER[: ORDER.index(Step(awaited.value))]
    for awaited in Awaited
    if awaited != Awaited.PAYEES
}  # at which steps a thing is still awaited


def expect_next(agreement: Agreement, on: date) -> None:
    """Sets the deadline of the step that comes next, by the setting, unless there is one."""
    awaited = NEXT.get(Step(agreement.step))
    if awaited:
        due_on = on + timedelta(days=settings.AGREEMENT_DEADLINES[awaited])
        agreement.deadlines.get_or_create(awaited=awaited, defaults={"due_on": due_on})


@transaction.atomic
def set_by_hand(right: Right, agreement: Agreement, awaited: Awaited, due_on: date) -> None:
    """Another day by which something is awaited of an agreement."""
    agreement.deadlines.update_or_create(awaited=awaited, defaults={"due_on": due_on})
    door.write_office_act(
        right,
        ActKind.SET_DEADLINE,
        agreement.organisation_id,
        agreement=agreement.number,
        awaited=awaited,
        due_on=due_on,
    )


def awaited() -> "QuerySet[Deadline]":
    """Deadlines of what has not come yet, of agreements that are still of interest."""
    payees = Payee.objects.filter(organisation=OuterRef("agreement__organisation"))
    given = payees.exclude(decision__in=Proposed.DROPPED)
    still = Q(~Exists(given), awaited=Awaited.PAYEES)
    for thing, steps in BY_STEP.items():
        still |= Q(awaited=thing, agreement__step__in=steps)
    return Deadline.objects.filter(
        still, Q(agreement__validity__isnull=True) | Q(agreement__validity__upper_inf=True)
    ).exclude(agreement__step=Step.GIVEN_UP)


def late(on: date) -> "QuerySet[Deadline]":
    """Deadlines that have passed without what was awaited."""
    return awaited().filter(due_on__lt=on)
