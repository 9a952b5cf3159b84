"""Writes payment demands in the request's transaction: one step, one version, one row of the log.

Whatever raises NotPossible, ChangedMeanwhile or StepNotOpen has written nothing.
"""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from psycopg.errors import UniqueViolation

from audit.models import ActKind
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import Action
from customers.models import Opening
from customers.queries import action_on
from payment_demands import checks, states
from payment_demands.checks import Case, Fault, Found
from payment_demands.models import Demand
from payment_demands.reference import reference
from payment_demands.terms import COLUMNS, Terms
from payment_demands.words import Actor, Ground, State, Step

ACTS = {
    Step.SAVE: ActKind.SAVE_DEMAND,
    Step.REGISTER: ActKind.REGISTER_DEMAND,
    Step.EDIT: ActKind.EDIT_DEMAND,
    Step.END: ActKind.END_DEMAND,
    Step.VOID: ActKind.VOID_DEMAND,
}
# What an update writes: the rest of a demand is not the application's to change.
UPDATED = [
    *COLUMNS,
    *("state", "version", "step", "reason", "registered_at", "has_new_answer"),
    *("changed_at", "changed_on", "changed_by", "changed_by_name", "handler", "handler_name"),
]


class NotPossible(Exception):
    """The demand cannot be so. Carries the faults, for the form."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.field for fault in faults))
        self.faults = faults


class ChangedMeanwhile(Exception):
    """Somebody else has changed the demand since it was read. Carries it as it is now."""

    def __init__(self, demand: Demand) -> None:
        super().__init__(str(demand.pk))
        self.demand = demand


class StepNotOpen(Exception):
    """The demand stands where this cannot be done to it."""


def add(
    right: Right, opening: Opening, terms: Terms, *, token: UUID, draft: bool = False
) -> Demand:
    """A new demand, or its draft. The same token, sent again, makes no second one.

    Raises NotPossible with what stands in the way; a draft may be wrong until it is registered.
    Raises Refused where the token made a demand that is another claimant's by now.
    """
    _one_at_a_time(right, opening)
    found = checks.find(_case(right, opening, token), terms)
    if found.is_made:
        return Demand.objects.get(pk=token)
    step = Step.SAVE if draft else Step.REGISTER
    _judge(terms, found, step)
    demand = Demand(
        id=token,
        organisation_id=right.acting_for.id,
        made_by_id=right.acting_for.id,
        customer_id=opening.customer_id,
        **terms.columns(),
    )
    _take(right, demand, step)
    _write_row(right, opening, demand, step)
    _insert(demand)
    return demand


def _insert(demand: Demand) -> None:
    try:
        with transaction.atomic():
            demand.save(force_insert=True)
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        raise Refused(Reason.NOT_YOUR_PAGE) from None  # it has been handed over to another claimant


def _one_at_a_time(right: Right, opening: Opening) -> None:
    """Until the transaction ends, nobody else of the claimant adds or changes a demand on the
    customer: what is looked for stays as it is seen. The database takes the same lock."""
    key = f"{right.acting_for.id}{opening.customer_id}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 6))", [key])


def held(opening: Opening, demand_id: UUID) -> Demand:
    """The demand, held until the transaction ends. For a step: its row of the log tells of it, and
    whoever shows the demand instead writes one first. Raises Refused for any other."""
    demands = Demand.objects.select_for_update().filter(customer=opening.customer_id)
    demand = demands.filter(pk=demand_id).first()
    if demand is None:
        raise Refused(Reason.NOT_YOUR_PAGE)
    return demand


def change(
    right: Right, opening: Opening, demand_id: UUID, terms: Terms, *, seen: int, draft: bool = False
) -> Demand:
    """Changes what a demand says. `seen`: the version that the official read.

    A draft is saved again, or registered; what is registered goes to Kela anew. Sent again, the
    same is done once: here, in `end` and in `void`.
    """
    demand = held(opening, demand_id)
    steps = {Step.SAVE} if draft else {Step.REGISTER, Step.EDIT}
    if _is_done(demand, right, seen, steps, terms.columns()):
        return demand
    _as_seen(demand, seen)
    _one_at_a_time(right, opening)
    unregistered = Step.SAVE if draft else Step.REGISTER
    step = unregistered if demand.state == State.DRAFT else Step.EDIT
    _judge(terms, checks.find(_case(right, opening, demand_id), terms), step)
    for column, value in terms.columns().items():
        setattr(demand, column, value)
    return _step(right, opening, demand, step)


def end(
    right: Right, opening: Opening, demand_id: UUID, *, upper: Any, reason: str, seen: int
) -> Demand:
    """Ends a demand; `upper` is the first day that it no longer concerns."""
    demand = held(opening, demand_id)
    period = DateRange(demand.period.lower, upper)
    if _is_done(demand, right, seen, {Step.END}, {"period": period, "reason": reason}):
        return demand
    _as_seen(demand, seen)
    demand.period = period
    return _step(right, opening, demand, Step.END, reason)


def void(right: Right, opening: Opening, demand_id: UUID, *, reason: str, seen: int) -> Demand:
    """Voids a demand. What was paid stays paid and visible."""
    demand = held(opening, demand_id)
    if _is_done(demand, right, seen, {Step.VOID}, {"reason": reason}):
        return demand
    _as_seen(demand, seen)
    return _step(right, opening, demand, Step.VOID, reason)


def read_answer(demand: Demand) -> None:
    """Somebody of the claimant has seen what Kela answered."""
    if demand.has_new_answer:
        Demand.objects.filter(pk=demand.pk).update(has_new_answer=False)


def answer(right: Right, demand: Demand, step: Step, *, reason: str, seen: int) -> Demand:
    """Kela's answer, given by hand at its desk. The caller has opened the desk (`open_desk`)."""
    current = Demand.objects.select_for_update().get(pk=demand.pk)
    _as_seen(current, seen)
    _take(right, current, step, reason, by=Actor.KELA)
    current.has_new_answer = True
    current.save(update_fields=UPDATED)
    return current


def _is_done(
    demand: Demand, right: Right, seen: int, steps: set[Step], said: dict[str, Any]
) -> bool:
    """Whether this was sent before (a double click, a lost answer): it is done once."""
    mine = (demand.version, demand.changed_by) == (seen + 1, right.subject)
    told = all(getattr(demand, column) == value for column, value in said.items())
    return mine and told and demand.step in steps


def _as_seen(demand: Demand, seen: int) -> None:
    """Raises ChangedMeanwhile if it is not the version that was read."""
    if demand.version != seen:
        raise ChangedMeanwhile(demand)


def _case(right: Right, opening: Opening, demand: UUID) -> Case:
    return Case(
        claimant=right.acting_for.id, customer=opening.customer_id, on=right.on, demand=demand
    )


def _judge(terms: Terms, found: Found, step: Step) -> None:
    """A draft may be wrong until it is registered."""
    if step is not Step.SAVE and (faults := checks.faults_of(found, terms)):
        raise NotPossible(faults)


def _step(right: Right, opening: Opening, demand: Demand, step: Step, reason: str = "") -> Demand:
    _take(right, demand, step, reason)
    _write_row(right, opening, demand, step)
    demand.save(update_fields=UPDATED)
    return demand


def _write_row(right: Right, opening: Opening, demand: Demand, step: Step) -> None:
    law = reference().grounds[Ground(demand.ground)].law
    details = {"demand": str(demand.pk)}
    action_on(right, opening, Action.PAYMENT_DEMANDS, ACTS[step], law=law, **details)


def _take(
    right: Right, demand: Demand, step: Step, reason: str = "", *, by: Actor = Actor.CLAIMANT
) -> None:
    """Puts the step on the demand. Raises StepNotOpen where the table of states has none."""
    after = states.after(step, demand.state, by)
    if after is None:
        raise StepNotOpen
    demand.state, demand.step, demand.reason = after, step, reason
    demand.version = (demand.version or 0) + 1
    demand.changed_at, demand.changed_on = timezone.now(), right.on
    demand.changed_by, demand.changed_by_name = right.subject, right.user_name
    if step is Step.REGISTER:
        demand.registered_at = demand.changed_at
    if by is Actor.CLAIMANT:
        demand.handler, demand.handler_name = right.subject, right.user_name
        demand.has_new_answer = False
