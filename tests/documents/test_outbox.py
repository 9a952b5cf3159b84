"""From the official to Kela: scanned, delivered as sent, under one number, or visibly stuck."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from audit.services import act_for
from demo.environment import Urls
from documents import contents, keeping, outbox
from documents.models import Document, Errand, Event, Sending
from suomifi_simulator.clamd import EICAR
from tests.acting import PIRKANMAA, POHJANMAA, customer, entries, official, organisation
from tests.agreeing import agree_otherwise
from tests.documents.hostile import pdf
from tests.documents.sending import (
    APPLICATION,
    a_file,
    acknowledged,
    application,
    english,
    look_up,
    sendings,
    typed,
)
from tests.harness import TODAY
from tests.payment_demands.browsing import text


@pytest.fixture
def sent(client: Client) -> Sending:
    """A sending of two files."""
    infected = a_file(pdf() + b"\n%", "toinen.pdf")
    client.post(f"{look_up(client)}new/", typed(files=[a_file(), infected]))
    (one,) = sendings()
    return one


def now() -> Sending:
    (one,) = sendings()
    return one


def due() -> None:
    """Let what waits for its next attempt be due."""
    Errand.objects.update(due_at=timezone.now())


def test_a_sending_is_scanned_and_delivered_byte_for_byte(sent: Sending, kela: Path) -> None:
    outbox.run_errands()
    assert (now().state, Errand.objects.count()) == ("sent", 0)
    told = json.loads((kela / str(sent.pk) / "manifest.json").read_text())
    assert told["hetu"] == "131052-9085"
    assert (told["application"], told["kind"]) == (APPLICATION, "rental_agreement")
    assert [one["name"] for one in told["files"]] == ["vuokrasopimus.pdf", "toinen.pdf"]
    first = (kela / str(sent.pk) / told["files"][0]["file"]).read_bytes()
    assert first == pdf()
    assert told["files"][0]["sha256"] == hashlib.sha256(first).hexdigest()
    steps = [one.step for one in now().events.order_by("number")]
    assert steps == ["send", "clear", "deliver"]


def test_delivered_again_it_is_the_same(sent: Sending, kela: Path) -> None:
    outbox.run_one()
    with transaction.atomic():
        outbox.run_one()
        transaction.set_rollback(True)  # killed before it was noted
    assert now().state == "checked"
    outbox.run_errands()
    assert now().state == "sent"
    assert [path.name for path in kela.iterdir()] == [str(sent.pk)]


def test_what_the_scan_finds_is_not_sent(client: Client, kela: Path) -> None:
    bad = a_file(pdf() + EICAR, "kirje.pdf")
    address = look_up(client)
    client.post(f"{address}new/", typed(files=[bad]))
    outbox.run_errands()
    assert (now().state, now().reason) == ("refused", "kirje.pdf: Eicar-Test-Signature")
    assert not kela.exists()
    assert "Not sent: the malware scan found something" in text(client.get(address))
    file = f"{address}{now().pk}/files/{now().documents.get().pk}/"
    assert f'href="{file}"' not in text(client.get(f"{address}{now().pk}/"))
    assert client.get(file).status_code == 404  # nobody is handed it


@pytest.mark.parametrize("address", ["", "unix:///nowhere", "tcp://127.0.0.1:9"])
def test_without_a_scanner_it_waits_and_is_not_lost(
    sent: Sending, kela: Path, scanner: Path, settings: Any, address: str
) -> None:
    settings.DOCUMENTS_SCANNER = address
    outbox.run_errands()
    assert now().state == "checking"
    assert Errand.objects.get().attempts == 1
    settings.DOCUMENTS_SCANNER = f"unix://{scanner}"
    outbox.run_errands()
    assert now().state == "checking"  # its next attempt is not due
    due()
    outbox.run_errands()
    assert now().state == "sent"


def test_what_cannot_be_delivered_is_stuck_in_the_end(
    sent: Sending, kela: Path, settings: Any
) -> None:
    settings.DOCUMENTS_ATTEMPTS = 2
    kela.write_text("a file where the folder should be")
    for _ in range(3):
        outbox.run_errands()
        due()
    assert now().state == "stuck"
    outbox.run_errands()
    errand = Errand.objects.get()
    assert errand.dead_at is not None
    assert "/" not in errand.fault


def test_a_content_that_was_altered_is_not_delivered(sent: Sending, kela: Path) -> None:
    outbox.run_one()
    document = Document.objects.earliest("number")
    path = Path(contents.place().path(contents.name_of(document.pk)))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    outbox.run_errands()
    assert now().state == "checked"
    assert not (kela / str(sent.pk)).exists()


class Door(BaseHTTPRequestHandler):
    """Kela's door by HTTP: keeps what it is given; `answer` is what it says."""

    answer = 201
    given: dict[str, bytes] = {}

    def do_PUT(self) -> None:
        self.given[self.path] = self._body()
        self.send_response(self.answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _body(self) -> bytes:
        if length := self.headers.get("Content-Length"):
            return self.rfile.read(int(length))
        told = b""
        while piece := int(self.rfile.readline(), 16):
            told += self.rfile.read(piece)
            self.rfile.readline()
        self.rfile.readline()
        return told

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def door(kela: Path, settings: Any) -> Iterator[type[Door]]:
    Door.given, Door.answer = {}, 201
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    settings.DOCUMENTS_DELIVERY = "http"
    settings.DOCUMENTS_URL = f"http://127.0.0.1:{server.server_port}/documents/"
    yield Door
    server.shutdown()
    server.server_close()


class TestByHttp:
    def test_the_manifest_comes_last(self, sent: Sending, door: type[Door]) -> None:
        outbox.run_errands()
        assert now().state == "sent"
        names = ["1.pdf", "2.pdf", "manifest.json"]
        assert list(door.given) == [f"/documents/{sent.pk}/{name}" for name in names]
        assert door.given[f"/documents/{sent.pk}/1.pdf"] == pdf()

    def test_another_answer_than_yes_is_no_delivery(self, sent: Sending, door: type[Door]) -> None:
        door.answer = 503
        outbox.run_errands()
        assert now().state == "checked"
        assert Errand.objects.get().fault == "not_taken 503"


def test_an_errand_that_is_being_run_is_left_to_who_runs_it(fresh_db: Urls, kela: Path) -> None:
    with transaction.atomic():
        application(customer())
        client = english(official())
    client.post(f"{look_up(client)}new/", typed(files=[a_file()]))
    with psycopg.connect(fresh_db.application) as another:
        another.execute("SELECT FROM documents_errand FOR UPDATE")
        assert not outbox.run_one()
    assert outbox.run_one()
    assert now().state == "checked"


class TestTheDatabase:
    def test_another_organisation_reads_nothing_of_it(self, sent: Sending) -> None:
        act_for(organisation(POHJANMAA).pk)
        for model in (Sending, Document, Event):
            assert not model.objects.exists()
        act_for(organisation(PIRKANMAA).pk)
        assert Event.objects.get().sending_id == sent.pk

    def test_no_step_is_taken_by_another_side(self, sent: Sending) -> None:
        with pytest.raises(DatabaseError, match="a_step_of_ones_own_side"), transaction.atomic():
            Sending.objects.update(state="checked", step="clear", version=2)

    def test_an_application_is_told_by_its_facts_alone(self, sent: Sending, client: Client) -> None:
        client.post(f"{look_up(client)}new/", typed(do="add", files=[a_file()]))
        with pytest.raises(DatabaseError, match="told_by_its_facts"), transaction.atomic():
            Sending.objects.filter(state="draft").update(matter="Hakemus")

    def test_what_was_sent_does_not_change(self, sent: Sending, kela: Path) -> None:
        with pytest.raises(DatabaseError, match="files_come_and_go"), transaction.atomic():
            Document.objects.all().delete()
        with pytest.raises(DatabaseError, match="was sent is kept"), transaction.atomic():
            connection.cursor().execute("DELETE FROM documents_sending")
        with pytest.raises(DatabaseError), transaction.atomic():
            Sending.objects.update(text="toinen", version=2, step="clear", state="checked")
        with pytest.raises(DatabaseError, match="stays_until_kela"), transaction.atomic():
            Document.objects.update(removed_at=timezone.now())


class TestKeeping:
    def test_it_is_kept_after_kelas_acknowledgement_as_long_as_is_agreed(
        self, sent: Sending, client: Client, kela: Path
    ) -> None:
        outbox.run_errands()
        acknowledged(sent, TODAY - timedelta(days=31))
        page = f"{look_up(client)}{sent.pk}/"
        assert "until 18.1.2027" in text(client.get(page))
        agree_otherwise(documents_kept_days=31)
        keeping.remove_old()
        assert not now().documents.exclude(removed_at=None).exists()
        agree_otherwise(documents_kept_days=30)
        keeping.remove_old()
        assert "until 19.11.2026" in text(client.get(page))
        document = now().documents.first()
        assert document is not None
        assert document.removed_at is not None
        assert len(bytes(document.sha256)) == 32
        assert not contents.place().exists(contents.name_of(document.pk))
        assert [row.act for row in entries()].count("remove_documents") == 1
        assert entries()[-1].customer == sent.customer_id

    def test_drafts_and_what_nobody_speaks_of_are_swept_away(
        self, client: Client, sent: Sending, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client.post(f"{look_up(client)}new/", typed(do="add", files=[a_file()]))
        for name in ("DRAFT_KEPT", "SWEPT_AFTER"):
            monkeypatch.setattr(keeping, name, timedelta())
        gone = Document.objects.get(sending__state="draft")
        keeping.remove_old()
        assert [one.pk for one in sendings()] == [sent.pk]
        assert not contents.place().exists(contents.name_of(gone.pk))
        kept_ones = list(now().documents.all())
        assert len(kept_ones) == 2
        for kept in kept_ones:
            assert contents.place().exists(contents.name_of(kept.pk))
