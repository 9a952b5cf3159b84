"""Many officials on the same demands at once, and an application that is killed meanwhile: no
update is lost, none is doubled, history and log are whole."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction

from audit.models import Entry
from customers.models import Opening
from demo.environment import Urls
from payment_demands import services
from payment_demands.models import Demand, Version
from payment_demands.services import ChangedMeanwhile
from payment_demands.terms import Terms
from tests.acting import PIRKANMAA, customer, official, right_of
from tests.payment_demands.demanding import act_as, opened, pays, terms

OFFICIALS, AT_ONCE = 200, 8


def with_a_customer() -> tuple[str, Opening]:
    with transaction.atomic():
        pays(customer())
        store = official()
        opening = opened(right_of(store))
    return store.session_key or "", opening


def in_a_request[T](do: Callable[[], T]) -> T:
    """As a request runs: one transaction, its connection given back."""
    try:
        with transaction.atomic():
            return do()
    finally:
        connections.close_all()


def right() -> object:
    return right_of(official())


def edit(opening: Opening, demand: UUID, number: int) -> bool:
    """One official reads the demand and changes it; False where somebody else was faster."""

    def once() -> bool:
        mine = right_of(official())
        mine_opened = opening
        seen = Demand.objects.get(pk=demand).version
        try:
            services.change(mine, mine_opened, demand, amounting(number), seen=seen)
        except ChangedMeanwhile:
            return False
        return True

    return in_a_request(once)


def amounting(number: int) -> Terms:
    return terms(amount=Decimal(100 + number))


def whole_history(demand: UUID) -> list[int]:
    """The numbers of the versions, once history and log have been found whole."""
    with transaction.atomic():
        act_as(PIRKANMAA)
        numbers = list(
            Version.objects.filter(demand=demand)
            .order_by("number")
            .values_list("number", flat=True)
        )
        written = Entry.objects.filter(
            act__in=["register_demand", "edit_demand", "void_demand"],
            details__demand=str(demand),
        ).count()
        now = Demand.objects.get(pk=demand)
        last = Version.objects.get(demand=demand, number=now.version)
        assert Decimal(str(last.content["amount"])) == now.amount
    assert numbers == list(range(1, len(numbers) + 1))
    assert written == len(numbers)
    return numbers


@pytest.mark.long
def test_two_hundred_change_one_demand_and_nobody_is_lost(fresh_db: Urls) -> None:
    _key, opening = with_a_customer()
    demand = in_a_request(
        lambda: services.add(right_of(official()), opening, terms(), token=uuid4())
    )
    with ThreadPoolExecutor(AT_ONCE) as officials:
        took = list(officials.map(lambda n: edit(opening, demand.pk, n), range(OFFICIALS)))
    assert any(took)
    assert len(whole_history(demand.pk)) == 1 + sum(took)


@pytest.mark.long
def test_two_hundred_double_clicks_make_one_demand(fresh_db: Urls) -> None:
    _key, opening = with_a_customer()
    token = uuid4()

    def click(_number: int) -> UUID:
        add = lambda: services.add(right_of(official()), opening, terms(), token=token)  # noqa: E731 - said once, run in a request
        return in_a_request(add).pk

    with ThreadPoolExecutor(AT_ONCE) as officials:
        made = set(officials.map(click, range(OFFICIALS)))
    assert made == {token}
    assert whole_history(token) == [1]


@pytest.mark.long
def test_two_hundred_demands_on_one_benefit_leave_one(fresh_db: Urls) -> None:
    _key, opening = with_a_customer()

    def add(_number: int) -> bool:
        try:
            in_a_request(
                lambda: services.add(right_of(official()), opening, terms(), token=uuid4())
            )
        except services.NotPossible:
            return False
        return True

    with ThreadPoolExecutor(AT_ONCE) as officials:
        made = list(officials.map(add, range(OFFICIALS)))
    with transaction.atomic():
        act_as(PIRKANMAA)
        assert sum(made) == Demand.objects.count() == 1
