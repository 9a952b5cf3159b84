"""What may be done to a demand in which state and by whom: the whole table, from the outside."""

from copy import copy
from dataclasses import replace
from datetime import date
from itertools import product
from uuid import UUID, uuid4

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from authorizations.desk import open_desk
from payment_demands import states
from payment_demands.models import Demand
from payment_demands.services import UPDATED
from payment_demands.words import Actor, State, Step
from tests.acting import PIRKANMAA, organisation
from tests.harness import TODAY, as_owner
from tests.payment_demands.demanding import act_as, terms

CLAIMANT, KELA, OPERATOR = Actor.CLAIMANT, Actor.KELA, Actor.OPERATOR
# Written by hand from issue 7. (state before, step, who): state after. Whatever is not here is no.
TABLE = {
    ("", "save", CLAIMANT): "draft",
    ("", "register", CLAIMANT): "registered",
    ("draft", "save", CLAIMANT): "draft",
    ("draft", "register", CLAIMANT): "registered",
    ("draft", "void", CLAIMANT): "voided",
    ("registered", "edit", CLAIMANT): "registered",
    ("registered", "end", CLAIMANT): "ended",
    ("registered", "void", CLAIMANT): "voided",
    ("received", "edit", CLAIMANT): "registered",
    ("received", "end", CLAIMANT): "ended",
    ("received", "void", CLAIMANT): "voided",
    ("accepted", "edit", CLAIMANT): "registered",
    ("accepted", "end", CLAIMANT): "ended",
    ("accepted", "void", CLAIMANT): "voided",
    ("registered", "receive", KELA): "received",
    ("registered", "accept", KELA): "accepted",
    ("registered", "reject", KELA): "rejected",
    ("received", "accept", KELA): "accepted",
    ("received", "reject", KELA): "rejected",
    ("draft", "transfer", OPERATOR): "draft",
    ("registered", "transfer", OPERATOR): "registered",
    ("received", "transfer", OPERATOR): "received",
    ("accepted", "transfer", OPERATOR): "accepted",
    ("ended", "transfer", OPERATOR): "ended",
}
WAYS = {  # how a demand comes to each state
    "draft": ["save"],
    "registered": ["register"],
    "received": ["register", "receive"],
    "accepted": ["register", "accept"],
    "rejected": ["register", "reject"],
    "ended": ["register", "end"],
    "voided": ["register", "void"],
}


def test_the_code_knows_the_table() -> None:
    for before, step, actor in product(["", *WAYS], Step, Actor):
        assert states.after(step, before, actor) == TABLE.get((before, step, actor))


def test_every_state_can_be_reached_and_has_a_row_of_its_own() -> None:
    assert {*TABLE.values()} == {*WAYS} == {*State}


def take(demand: Demand, step: str, after: str) -> None:
    """The step, straight in the database, past all services."""
    new = not demand.version
    demand.state, demand.step, demand.version = State(after), Step(step), (demand.version or 0) + 1
    demand.reason = "syy" if step in {"end", "void", "reject"} else ""
    demand.changed_at, demand.changed_on = timezone.now(), TODAY
    demand.changed_by_name = demand.handler_name = "Aino"
    if step == "register":
        demand.registered_at = demand.changed_at
    demand.save(force_insert=new, update_fields=None if new else UPDATED)


def be(actor: Actor) -> None:
    """Sit at a page of the claimant, or at Kela's desk."""
    act_as(PIRKANMAA)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kelmu.kela_desk', '', true)")
        if actor is KELA:
            cursor.execute("SELECT set_config('kelmu.organisation', '', true)")
            open_desk()


def who_takes(step: str) -> Actor:
    return next(actor for _, of, actor in TABLE if of == step)


def in_state(state: str, person: UUID) -> Demand:
    made_by = organisation(PIRKANMAA).pk
    demand = Demand(
        id=uuid4(),
        organisation_id=made_by,
        made_by_id=made_by,
        customer_id=person,
        **terms().columns(),
    )
    for step in WAYS.get(state, []):
        actor = who_takes(step)
        be(actor)
        take(demand, step, TABLE[demand.state, step, actor])
    return demand


@pytest.mark.parametrize("before", ["", *WAYS])
def test_the_database_takes_the_steps_of_the_table_and_no_others(before: str, eino: UUID) -> None:
    standing = in_state(before, eino)
    for step, after, actor in product(Step, State, (CLAIMANT, KELA)):
        with transaction.atomic():
            be(actor)
            try:
                with transaction.atomic():
                    take(copy(standing), step, after)
                took = True
            except Error:
                took = False
            transaction.set_rollback(True)
        assert took is (TABLE.get((before, step, actor)) == after), (step, after, actor)


def test_the_transfer_is_for_nobody_at_a_page(eino: UUID) -> None:
    demand = in_state("accepted", eino)
    for actor in (CLAIMANT, KELA):
        be(actor)
        with pytest.raises(Error), transaction.atomic():
            take(demand, "transfer", "accepted")
        demand.refresh_from_db()
    with as_owner():
        take(demand, "transfer", "accepted")
    assert demand.versions.count() == 3


def test_kela_changes_nothing_of_what_is_demanded(eino: UUID) -> None:
    demand = in_state("registered", eino)
    be(KELA)
    demand.amount = terms().amount
    demand.contact_name = "Kela"
    with pytest.raises(Error), transaction.atomic():
        take(demand, "accept", "accepted")


def test_nothing_is_deleted_not_even_by_the_owner(eino: UUID) -> None:
    demand = in_state("voided", eino)
    with pytest.raises(Error), transaction.atomic(), as_owner():
        Demand.objects.filter(pk=demand.pk).delete()
    with pytest.raises(Error), transaction.atomic():
        demand.versions.all().delete()


def test_history_is_as_it_was_written(eino: UUID) -> None:
    demand = in_state("voided", eino)
    rows = demand.versions.values_list("number", "step", "state", "reason")
    assert [*rows] == [(1, "register", "registered", ""), (2, "void", "voided", "syy")]
    for write in ("UPDATE", "DELETE FROM"):
        statement = f"{write} payment_demands_version{' SET reason = 1' * (write == 'UPDATE')}"
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_versions_follow_one_another(eino: UUID) -> None:
    demand = in_state("registered", eino)
    be(CLAIMANT)
    demand.version += 1
    with pytest.raises(Error), transaction.atomic():
        take(demand, "edit", "registered")


def test_another_organisation_sees_and_changes_nothing(eino: UUID) -> None:
    demand = in_state("registered", eino)
    act_as("9900105-3")
    assert not Demand.objects.exists()
    assert not demand.versions.exists()
    assert not Demand.objects.filter(pk=demand.pk).update(has_new_answer=True)


def test_an_end_makes_the_time_shorter_never_longer(eino: UUID) -> None:
    demand = in_state("registered", eino)
    be(CLAIMANT)
    demand.period = replace_period(demand, date(2026, 10, 1), date(2027, 1, 1))
    with pytest.raises(Error), transaction.atomic():
        take(demand, "end", "ended")


def replace_period(demand: Demand, first: date, upper: date) -> object:
    return replace(terms(), period=type(demand.period)(first, upper)).period
