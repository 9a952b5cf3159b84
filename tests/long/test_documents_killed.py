"""Worker, application, database, scanner, store and Kela's door are killed or cut off again and
again: every sending that was acknowledged arrives exactly as it was sent, once by its number."""

import hashlib
import json
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import requests
from django.db import transaction
from pytest_django import DjangoDbBlocker

from demo.environment import documents_environment
from demo.processes import Child
from demo.services import start_scanner, start_worker
from tests.acting import customer
from tests.documents.hostile import pdf
from tests.documents.sending import APPLICATION, application
from tests.harness import EMPTY, Ground, connected_to
from tests.killing import crash
from tests.personas import ENTITLED
from tests.running import Kelmu
from tests.visitor import Visitor, forms_of

KILLS = 200
PATIENCE = 600  # seconds that an official waits for the service to come back, and we for the rest
CODES = ("131052-9085", "081099-9436")

pytestmark = pytest.mark.long


@dataclass
class Official:
    """Sends one document after another; asks again when an answer was lost, as people do."""

    visitor: Visitor
    code: str
    number: int
    done: threading.Event
    address: str = ""
    csrf: str = ""
    sent: dict[str, str] = field(default_factory=dict)  # number of a sending: its checksum

    def begin(self) -> None:
        """Open the customer."""
        search = self.visitor.open("/start/")
        [form] = [one for one in forms_of(search) if one.action == "/start/"]
        told = form.fields | {"purpose": "social_assistance", "hetu": self.code}
        found = self.visitor.post(f"{self.visitor.address}/start/", data=told)
        self.address = found.url.replace("social-assistance/", "documents/new/")
        self.csrf = forms_of(found)[0].fields["csrfmiddlewaretoken"]

    def work(self) -> None:
        while not self.done.is_set():
            token, content = str(uuid4()), pdf() + f"\n%{uuid4()}".encode()
            self.send(token, content)
            self.sent[token] = hashlib.sha256(content).hexdigest()

    def send(self, token: str, content: bytes) -> None:
        """Until it is acknowledged."""
        told = {
            "csrfmiddlewaretoken": self.csrf,
            "token": token,
            "kind": "payslip",
            "application": str(APPLICATION + self.number),
            "asked_by_customer": "on",
            "do": "send",
        }
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            files = {"files": ("palkka.pdf", content)}
            try:
                answer = self.visitor.post(
                    self.address, data=told, files=files, allow_redirects=False, timeout=30
                )
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code == HTTPStatus.FOUND:
                assert token in answer.headers["Location"]
                return
            # A store that is cut off is told at the file; the official tries again later.
            assert answer is None or answer.status_code in {422, 500, 503}, answer.text
            time.sleep(0.1)  # between two tries of somebody who waits
        raise AssertionError("the service does not come back")


@dataclass
class House:
    """All that a sending passes on its way, each to be killed or cut off."""

    kelmu: Kelmu
    folder: Path
    scanner: Child = field(init=False)
    worker: Child = field(init=False)

    @property
    def socket(self) -> Path:
        return self.folder / "scanner"

    def start(self) -> None:
        self.kelmu.start()
        self.start_scanner()
        self.start_worker()

    def start_scanner(self) -> None:
        self.socket.unlink(missing_ok=True)
        self.scanner = start_scanner(self.socket, self.folder / "scanner.log")

    def start_worker(self) -> None:
        log = self.folder / "worker.log"
        self.worker = start_worker(self.kelmu.environment(), log)

    def stop(self) -> None:
        for child in (self.worker, self.scanner):
            child.stop()
        self.kelmu.stop()

    def kill_worker(self) -> None:
        kill(self.worker)
        self.start_worker()

    def kill_application(self) -> None:
        kill(self.kelmu.application)
        self.kelmu.start_application()

    def kill_database(self) -> None:
        crash(self.kelmu.ground.cluster)

    def kill_scanner(self) -> None:
        kill(self.scanner)
        time.sleep(0.5)  # somebody asks it meanwhile
        self.start_scanner()

    def cut_off(self, name: str) -> None:
        """Put a file where a folder should be, for a while."""
        place = self.folder / name
        place.mkdir(exist_ok=True)
        away = place.rename(self.folder / f"{name}-away")
        place.write_text("full")
        time.sleep(1)  # somebody writes there meanwhile
        place.unlink()
        away.rename(place)

    @property
    def faults(self) -> list[Callable[[], None]]:
        """The worker is killed most often: it does most of it."""
        return [
            *[self.kill_worker] * 4,
            self.kill_application,
            self.kill_database,
            self.kill_scanner,
            lambda: self.cut_off("kept"),
            lambda: self.cut_off("delivered"),
        ]


def kill(child: Child) -> None:
    os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()


@pytest.fixture
def house(own_ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = own_ground.folder / "house"
    folder.mkdir()
    settings = documents_environment(folder, folder / "scanner")
    settings |= {"DOCUMENTS_IN_A_DAY": "1000000", "DOCUMENTS_ATTEMPTS": "1000000"}
    kelmu = Kelmu(own_ground, EMPTY, "kelmu_documents_killed", settings)
    running = House(kelmu, folder)
    running.start()
    yield running
    running.stop()


@contextmanager
def at_work(kelmu: Kelmu) -> Iterator[list[Official]]:
    """An official for each customer, until the end of the block; then all have ended well."""
    done = threading.Event()
    officials = [
        Official(kelmu.client_for(ENTITLED), code, number, done)
        for number, code in enumerate(CODES)
    ]
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


def let_all_arrive(house: House) -> None:
    """Until nothing is under way; pauses before a next attempt are not waited for."""
    until = time.monotonic() + PATIENCE
    with house.kelmu.owner() as database:
        while database.execute("SELECT 1 FROM documents_errand LIMIT 1").fetchone():
            database.execute("UPDATE documents_errand SET due_at = now() WHERE due_at > now()")
            assert time.monotonic() < until, "something does not arrive"
            time.sleep(0.5)  # between two looks at the worker


def test_whatever_was_acknowledged_arrives_as_it_was_sent_and_once(
    house: House, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), connected_to(house.kelmu.urls), transaction.atomic():
        for number, code in enumerate(CODES):
            application(customer(code), APPLICATION + number)
    when = random.Random(KILLS)  # noqa: S311 - a moment, no secret
    with at_work(house.kelmu) as officials:
        for _ in range(KILLS):
            time.sleep(when.uniform(0, 1.5))  # the moment of the fault
            when.choice(house.faults)()
    let_all_arrive(house)
    sent = {token: digest for one in officials for token, digest in one.sent.items()}
    assert len(sent) > KILLS / 10  # somebody got on
    assert arrived(house.folder / "delivered") == sent
    assert states(house) == {"sent"}


def arrived(door: Path) -> dict[str, str]:
    """What lies at Kela's door: the number of each sending, and its file's checksum."""
    told = {}
    for folder in door.iterdir():
        if folder.name.startswith("."):
            continue  # half written when the worker was killed: nobody's yet
        manifest = json.loads((folder / "manifest.json").read_text())
        (file,) = manifest["files"]
        content = (folder / file["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert manifest["sending"] == folder.name
        told[folder.name] = file["sha256"]
    return told


def states(house: House) -> set[str]:
    with psycopg.connect(house.kelmu.urls.owner) as database:
        rows = database.execute("SELECT DISTINCT state FROM documents_sending").fetchall()
    return {state for (state,) in rows} - {"draft"}  # of a request that was cut off
