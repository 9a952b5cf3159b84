"""Whoever walks through a long list reads what is made meanwhile, and nothing twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from demo.environment import Urls
from payment_demands import services
from payment_demands.models import Demand
from tests.acting import CUSTOMER, PIRKANMAA, TAMPERE, customer, official, right_of
from tests.documents.hostile import picture
from tests.documents.sending import a_file, application, english, look_up, typed
from tests.payment_demands.demanding import act_as, opened, pays, terms
from tests.payment_demands.test_transfer import NEW_YEAR, made_in_2022, on, run
from tests.technical_interface.calling import System, registered
from tests.technical_interface.test_documents import SOCIAL, send

DEMANDS, SENDINGS = "/api/v1/payment-demands", "/api/v1/sendings"
ANOTHER = "081099-9436"


class Walker:
    """A system that keeps its cursor."""

    def __init__(self, system: System, address: str, limit: int = 100) -> None:
        self.system, self.address, self.limit = system, address, limit
        self.cursor = ""

    def step(self) -> tuple[list[str], bool]:
        """The numbers on the next page, and whether there is another one."""
        address = f"{self.address}?limit={self.limit}&after={self.cursor}"
        answer = self.system.get(address, **SOCIAL)
        assert answer.status_code == 200, answer.content
        told = answer.json()
        self.cursor = told["after"]
        return [row["id"] for row in told["rows"]], told["more"]


def walker(address: str, limit: int = 100) -> Walker:
    registered()
    return Walker(System().enter(), address, limit)


def demanded(code: str = CUSTOMER, month: int = 1, token: UUID | None = None) -> str:
    """A demand on a customer for a month of 2027, by an official of its own."""
    right = right_of(official(subject=uuid4()))
    period = DateRange(date(2027, month, 1), date(2027, month + 1, 1))
    of = services.add(right, opened(right, code), terms(period=period), token=token or uuid4())
    return str(of.pk)


@pytest.mark.django_db
def test_a_demand_that_is_made_during_a_walk_is_read_in_it() -> None:
    pays(customer())
    there = [demanded(month=month) for month in (1, 2, 3)]
    demands = walker(DEMANDS, limit=2)
    first, more = demands.step()
    smallest = demanded(month=4, token=UUID(int=1))  # before every cursor that is a number of one
    rest, is_more = demands.step()
    assert (more, is_more) == (True, False)
    assert [*first, *rest] == [*there, smallest]
    assert demands.step() == ([], False)
    later = demanded(month=5)
    assert demands.step() == ([later], False)


@pytest.mark.django_db
def test_a_demand_that_is_changed_meanwhile_keeps_its_place() -> None:
    pays(customer())
    one, other = demanded(month=1), demanded(month=2)
    demands = walker(DEMANDS, limit=1)
    assert demands.step() == ([one], True)
    right = right_of(official())
    services.void(right, opened(right), UUID(one), seen=1, reason="Virhe")
    assert demands.step() == ([other], False)


@pytest.mark.django_db
def test_a_demand_that_is_handed_over_is_read_by_who_claims_now() -> None:
    pays(customer())
    old = made_in_2022(TAMPERE, "837")
    act_as(TAMPERE)
    with closing(connection.cursor()) as cursor:
        cursor.execute("SELECT payment_demands_give_turns()")
    assert Demand.objects.get().turn
    pays(customer(ANOTHER))
    own = demanded(ANOTHER)
    demands = walker(DEMANDS)
    assert demands.step() == ([own], False)
    with on(NEW_YEAR):
        run()
    assert demands.step() == ([str(old.pk)], False)


@pytest.mark.django_db
def test_what_is_sent_during_a_walk_is_read_in_it() -> None:
    application(customer())
    browser = english(official(PIRKANMAA))
    form = look_up(browser) + "new/"
    draft = typed(do="add")
    browser.post(form, draft | {"files": [a_file()]})
    sendings = walker(SENDINGS, limit=1)
    there = [sent(sendings.system, f'"{key}"', f"Asia {key}") for key in range(2)]
    first, more = sendings.step()
    last = sent(sendings.system, '"9"', "Asia 9")
    assert browser.post(form, draft | {"do": "send"}).status_code == 302
    rest = [sendings.step() for _ in range(3)]
    [of_the_page] = rest[2][0]
    assert [*first, *rest[0][0], *rest[1][0]] == [*there, last]
    assert of_the_page not in {*there, last}
    assert [more, *(one for _, one in rest)] == [True, True, True, False]


def sent(system: System, key: str, text: str) -> str:
    answer = send(system, key, text=text, files=[a_file(picture())])
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def in_thread[Answer](do: Callable[[], Answer]) -> Answer:
    """Does it in one transaction, with connections of its own, which are closed then."""
    try:
        with transaction.atomic():
            return do()
    finally:
        connections.close_all()


def test_what_is_committed_late_is_read_late(fresh_db: Urls) -> None:
    pays(customer())
    pays(customer(ANOTHER))
    demands = walker(DEMANDS)

    def elsewhere(do: Callable[[], Any]) -> Any:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(in_thread, do).result()

    with transaction.atomic():
        late = demanded()
        early = elsewhere(lambda: demanded(ANOTHER))
        assert elsewhere(demands.step) == ([early], False)
    assert demands.step() == ([late], False)
