"""Application, database and transfer that are killed again and again: no demand is lost, doubled or
half-changed, history and log are whole, and every act that was acknowledged is there."""

import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
import requests
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from kelmu.dates import months_before
from payment_demands.models import Demand
from payment_demands.words import State as DemandState
from payment_demands.words import Step
from tests.acting import PIRKANMAA, TAMPERE, customer, organisation
from tests.harness import EMPTY, Ground, connected_to
from tests.killing import Command, State, crash, survives
from tests.payment_demands.demanding import payee, pays, terms
from tests.personas import ENTITLED
from tests.running import Kelmu
from tests.visitor import Visitor, forms_of

KILLS, KILLS_OF_THE_TRANSFER = 160, 60
NEW_YEAR, VAASA = date(2023, 1, 1), "9900104-5"
DEMANDS = 300  # of each municipality
PATIENCE = 600  # seconds that an official waits for the service to come back
CODES = ("131052-9085", "081099-9436", "280292-9878", "060666-999Y")
TOLD = {
    "benefit": "national_pension",
    "first": "1.12.2026",
    "recurrence": "recurrent",
    "measure": "amount",
    "municipality": "837",
    "contact_name": "Aino Virkailija",
    "contact_phone": "03 123 456",
}

pytestmark = pytest.mark.long


# --- the application and the database -------------------------------------------------------------


@dataclass(frozen=True)
class Act:
    """What an official was told that they have done."""

    demand: str
    version: int
    step: str
    amount: str


@dataclass
class Official:
    """Registers, changes and voids demands on a customer, one after another; asks again when an
    answer was lost, as people do."""

    visitor: Visitor
    code: str
    payee: int
    done: threading.Event
    tokens: list[str] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    csrf: str = ""
    customer: str = ""  # the address of the customer's demands

    def begin(self) -> None:
        """Open the customer."""
        search = self.visitor.open("/payment-demands/")
        [form] = [one for one in forms_of(search) if one.action == "/payment-demands/"]
        self.csrf = form.fields["csrfmiddlewaretoken"]
        found, _ = self.send("/payment-demands/", hetu=self.code)
        self.customer = found.headers["Location"]

    def work(self) -> None:
        """Until it is done; a demand that was begun is brought to its end."""
        while not self.done.is_set():
            self.one_demand()

    def one_demand(self) -> None:
        token, customer = str(uuid4()), self.customer
        self.tokens.append(token)
        self.say(f"{customer}new/?ground=client_fees_14", token, 0, Step.REGISTER)
        for seen in (1, 2):
            self.say(f"{customer}{token}/edit/", token, seen, Step.EDIT)
        told = {"seen": "3", "reason": "Hoito ei alkanut"}
        self.acknowledged(*self.send(f"{customer}{token}/void/", **told))
        self.acts.append(Act(token, 4, Step.VOID, self.acts[-1].amount))

    def say(self, path: str, token: str, seen: int, step: Step) -> None:
        amount = f"{random.randrange(100, 90_000) / 100:.2f}"  # noqa: S311 - an amount, no secret
        told = TOLD | {"payee": str(self.payee), "amount": amount, "token": token}
        told |= {"seen": str(seen), "do": "register"}
        self.acknowledged(*self.send(path, **told))
        self.acts.append(Act(token, seen + 1, step, amount))

    def acknowledged(self, answer: requests.Response, resent: bool) -> None:
        """Done now; or, when it was sent again, it turns out that it was done already."""
        already = resent and answer.status_code == HTTPStatus.CONFLICT
        assert already or answer.status_code == HTTPStatus.FOUND, answer.text

    def send(self, path: str, **told: str) -> tuple[requests.Response, bool]:
        """The answer, and whether it had to be sent more than once."""
        address = self.visitor.address + path
        fields, until, resent = told | {"csrfmiddlewaretoken": self.csrf}, time.monotonic(), False
        until += PATIENCE
        while True:
            try:
                answer = self.visitor.post(address, data=fields, allow_redirects=False, timeout=30)
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
                return answer, resent
            assert time.monotonic() < until, "the service does not come back"
            resent = True
            time.sleep(0.05)  # between two tries of somebody who waits


@pytest.fixture
def kelmu(own_ground: Ground) -> Iterator[Kelmu]:
    """An application of its own, to be killed."""
    running = Kelmu(own_ground, EMPTY, "kelmu_demands_killed", {})
    running.start()
    yield running
    running.stop()


@contextmanager
def at_work(kelmu: Kelmu, account: int) -> Iterator[list[Official]]:
    """An official for each customer, until the end of the block; then all have ended well."""
    done = threading.Event()
    officials = [Official(kelmu.client_for(ENTITLED), code, account, done) for code in CODES]
    for official in officials:
        official.begin()
    with ThreadPoolExecutor(len(officials)) as pool:
        working = [pool.submit(official.work) for official in officials]
        try:
            yield officials
        finally:
            done.set()
        for one in working:
            one.result()


def let_them_work(officials: list[Official], when: random.Random) -> None:
    """Until one of them has got on, however slow the machine is, and then to a random point of
    their work."""
    started, done = time.monotonic(), acts_of(officials)
    while acts_of(officials) == done:
        assert time.monotonic() < started + PATIENCE, "nobody gets on"
        time.sleep(0.005)  # until the first has got on
    time.sleep(when.uniform(0, 2 * (time.monotonic() - started)))  # the moment of the kill


def acts_of(officials: list[Official]) -> int:
    return sum(len(one.acts) for one in officials)


def look(database: psycopg.Connection, officials: list[Official]) -> int:
    """Whether everything is as it must be at one moment; how many versions there are."""
    database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    acts = {act for one in officials for act in list(one.acts)}
    database.execute("SET TIME ZONE 'UTC'")  # as the application, whose instants JSON keeps
    rows = database.execute("""
        SELECT d.id::text, v.number, v.step, (v.content ->> 'amount')::numeric(12, 2)::text,
            v.number = d.version, v.content = to_jsonb(d), d.version
        FROM payment_demands_demand d LEFT JOIN payment_demands_version v ON v.demand_id = d.id
        ORDER BY d.id, v.number
    """).fetchall()
    logged = database.execute("""
        SELECT details ->> 'demand', replace(act, '_demand', '') FROM audit_entry
        WHERE act IN ('register_demand', 'edit_demand', 'void_demand') ORDER BY 1, 2
    """).fetchall()
    database.rollback()
    tokens = {token for one in officials for token in list(one.tokens)}
    written = [(demand, step) for demand, _, step, *_ in rows]
    assert {demand for demand, *_ in rows} <= tokens
    assert sorted(written) == logged
    assert acts <= {Act(*row[:4]) for row in rows}
    assert all(same for *_, is_last, same, _ in rows if is_last)
    for token in tokens:
        numbers = [number for demand, number, *_ in rows if demand == token]
        assert numbers == list(range(1, len(numbers) + 1))
    assert sum(is_last for *_, is_last, _, _ in rows) == len({demand for demand, *_ in rows})
    return len(rows)


def test_kills_of_the_application_and_the_database_lose_and_double_nothing(
    kelmu: Kelmu,
    own_ground: Ground,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    with django_db_blocker.unblock(), connected_to(kelmu.urls), transaction.atomic():
        for code in CODES:
            pays(customer(code))
        account = payee(PIRKANMAA).pk
    when = random.Random(KILLS)  # noqa: S311 - a moment, no secret
    with at_work(kelmu, account) as officials:
        for number in range(KILLS):
            let_them_work(officials, when)
            if number % 4:
                os.killpg(kelmu.application.process.pid, signal.SIGKILL)
                kelmu.application.process.wait()
                kelmu.start_application()
            else:
                crash(own_ground.cluster)
            with psycopg.connect(kelmu.urls.owner) as database:
                look(database, officials)
    with psycopg.connect(kelmu.urls.owner) as database:
        versions = look(database, officials)
    assert versions == 4 * sum(len(one.tokens) for one in officials)
    assert versions > KILLS  # somebody got on between two kills


# --- the transfer ---------------------------------------------------------------------------------

SEEN = """
    SELECT string_agg((to_jsonb(d) - 'changed_at')::text || (
        SELECT string_agg(v.number || v.step || (v.content - 'changed_at'), ' ' ORDER BY v.number)
        FROM payment_demands_version v WHERE v.demand_id = d.id
    ), ' ' ORDER BY d.id)
    FROM payment_demands_demand d GROUP BY d.made_by_id ORDER BY d.made_by_id
"""


@dataclass
class Transfer(Command):
    """Hands the demands of two municipalities over to their counties."""

    report: Path
    blocker: DjangoDbBlocker

    def prepare(self) -> None:
        with self.blocker.unblock(), connected_to(self.urls), transaction.atomic():
            whose = customer()
            pays(whose)
            for business_id, municipality in ((TAMPERE, "837"), (VAASA, "905")):
                Demand.objects.using("owner").bulk_create(
                    made_in_2022(business_id, municipality, whose, number)
                    for number in range(DEMANDS)
                )

    def run(self) -> subprocess.Popen[str]:
        words: list[str | Path] = ["--effective", NEW_YEAR.isoformat(), "--report", self.report]
        return self.manage("transfer_payment_demands", *words, today=NEW_YEAR)

    def state(self) -> State:
        with psycopg.connect(self.urls.owner) as reader:
            return tuple(told for (told,) in reader.execute(SEEN).fetchall())

    def is_lawful(self, state: State, before: State, after: State) -> bool:
        """All of a county's demands or none: each is a transaction."""
        return all(
            one in either
            for one, either in zip(state, zip(before, after, strict=True), strict=True)
        )

    def _end_session(self) -> None:
        crash(self.ground.cluster)


def made_in_2022(business_id: str, municipality: str, whose: UUID, number: int) -> Demand:
    """A demand for the so-manieth month of 2023 and later."""
    month = DateRange(months_before(NEW_YEAR, -number), months_before(NEW_YEAR, -number - 1))
    made_by = organisation(business_id).pk
    of = terms(period=month, municipality=municipality, payee=payee(business_id).pk)
    return Demand(
        organisation_id=made_by,
        made_by_id=made_by,
        customer_id=whose,
        state=DemandState.REGISTERED,
        version=1,
        step=Step.REGISTER,
        registered_at=timezone.now(),
        changed_at=timezone.now(),
        changed_on=date(2022, 12, 15),
        changed_by_name="Kaisa",
        handler_name="Kaisa",
        **of.columns(),
    )


def test_a_transfer_that_is_killed_goes_on_where_it_was(
    own_ground: Ground,
    tmp_path: Path,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    transfer = Transfer(
        own_ground, "kelmu_transfer_killed", tmp_path / "report.csv", django_db_blocker
    )
    survives(transfer, kills=KILLS_OF_THE_TRANSFER)
    transfer.complete()
    assert transfer.report.read_text().count("\n") == 1 + DEMANDS  # those that wait for an account
    transfer.end()
