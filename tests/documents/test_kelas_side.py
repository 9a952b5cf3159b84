"""Kela's answers, by hand and by file; what the organisation sees of them, and its answer."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from demo.environment import Urls
from documents import outbox
from documents.models import Errand, Sending
from documents.states import WAYS
from documents.words import State, Step
from intake.models import Batch, Reject
from tests.acting import customer, entries, kela_admin, official
from tests.delivering import SECOND_DAY, deliver, intake
from tests.documents.sending import (
    a_file,
    application,
    english,
    look_up,
    sendings,
    typed,
)
from tests.payment_demands.browsing import text

FILE = "document_answers.csv"
BEFORE, THIRD_DAY = "2026-11-01T06:00:00+02:00", "2026-11-22T06:00:00+02:00"


def sent(client: Client) -> tuple[str, Sending]:
    """The address of the customer's documents, and a sending that has been delivered."""
    address = look_up(client)
    client.post(f"{address}new/", typed(files=[a_file()]))
    outbox.run_errands()
    return address, sendings()[0]


class TestByHand:
    def test_kela_asks_for_more_and_is_answered_once(self, client: Client, kela: Path) -> None:
        address, first = sent(client)
        desk = english(kela_admin("service_desk"))
        waiting = text(desk.get("/kela/documents/"))
        assert "Rental agreement, 1 file" in waiting
        assert "Esimerkki" not in waiting
        at = f"/kela/documents/{first.pk}/"
        assert desk.post(at, {"reason": ""}).status_code == 422
        page = text(desk.post(at, {"reason": "käsittely"}))
        assert "Esimerkki, Eino Olavi" in page
        assert desk.post(f"{at}answer/", {"step": "ask", "seen": "3"}).status_code == 422
        told = {"step": "ask", "seen": "3", "reason": "Lähetä myös kuitti"}
        assert desk.post(f"{at}answer/", told).status_code == 302
        page = text(client.get(f"{address}{first.pk}/"))
        assert "Kela asks for more" in page
        assert "Lähetä myös kuitti" in page
        new = f"{address}new/?answers={first.pk}"
        assert "Lähetä myös kuitti" in text(client.get(new))
        client.post(new, typed(files=[a_file(name="kuitti.pdf")], text=""))
        asked, answer = sendings()
        assert (asked.state, answer.answers_id) == ("answered", asked.pk)
        assert answer.application == asked.application
        again = client.post(new, typed(files=[a_file(name="toinen.pdf")]))
        assert "This has been answered already." in text(again)
        assert "Answered with this sending" in text(client.get(f"{address}{first.pk}/"))

    def test_files_are_fetched_with_a_reason_and_two_answers_are_one(
        self, client: Client, kela: Path
    ) -> None:
        _address, first = sent(client)
        desk, at = english(kela_admin("service_desk")), f"/kela/documents/{first.pk}/"
        document = first.documents.get()
        fetched = f"{at}files/{document.pk}/"
        assert desk.post(fetched, {"reason": ""}).status_code == 404
        assert desk.post(fetched, {"reason": "käsittely"}).status_code == 200
        assert entries()[-1].details["reason"] == "käsittely"
        desk.post(f"{at}answer/", {"step": "take", "seen": "3"})
        late = {"step": "return", "seen": "3", "reason": "Väärä"}
        assert desk.post(f"{at}answer/", late).status_code in {409, 422}
        (now,) = sendings()
        assert (now.state, str(now.acknowledged_on)) == ("taken", "2026-11-20")

    def test_what_gave_up_is_sent_again_by_who_may(
        self, client: Client, kela: Path, settings: object
    ) -> None:
        settings.DOCUMENTS_ATTEMPTS, settings.DOCUMENTS_DELIVERY = 1, ""  # type: ignore[attr-defined]  # pytest-django's
        address, stuck = sent(client)
        assert stuck.state == "stuck"
        assert "Could not be delivered yet" in text(client.get(address))
        looks = english(kela_admin("oversight"))
        assert "no way to Kela’s systems is named" in text(looks.get("/kela/documents/errands/"))
        again = f"/kela/documents/{stuck.pk}/again/"
        assert looks.post(again).status_code == 403
        settings.DOCUMENTS_DELIVERY = "folder"  # type: ignore[attr-defined]  # see above
        assert english(kela_admin("preparing")).post(again).status_code == 302
        assert "deliver_again" in [row.act for row in entries()]
        outbox.run_errands()
        assert [one.state for one in sendings()] == ["sent"]
        assert not Errand.objects.exists()


class TestTheOrganisationsList:
    def test_it_shows_states_narrowed_and_leads_to_a_sending(
        self, client: Client, kela: Path
    ) -> None:
        _address, first = sent(client)
        page = text(client.get("/documents/"))
        assert "Esimerkki, Eino Olavi" in page
        assert "Sent to Kela" in page
        assert "No sending is such" in text(client.get("/documents/?state=taken"))
        assert "No sending is such" in text(client.get("/documents/?until=1.1.2026&sender=Aino"))
        assert client.get("/documents/?since=nonsense").status_code == 422
        opened = client.post(f"/documents/{first.pk}/open/")
        assert "vuokrasopimus.pdf" in text(client.get(opened["Location"]))
        listed = [row for row in entries() if row.act == "view_sendings"]
        assert listed[0].details == {"filters": {}}

    def test_nobody_reads_their_own(self, client: Client, kela: Path) -> None:
        _address, first = sent(client)
        own = english(official(subject=first.customer_id))
        page = text(own.get("/documents/"))
        assert "your own matter" in page
        assert "Esimerkki" not in page
        assert own.post(f"/documents/{first.pk}/open/").status_code == 403


class TestByFile:
    @pytest.fixture
    def delivered(self, fresh_db: Urls, kela: Path) -> Sending:
        with transaction.atomic():
            application(customer())
            client = english(official())
        _address, one = sent(client)
        Batch.objects.using("owner").update(made_at=BEFORE)  # what is delivered later is younger
        return one

    def test_an_answer_reaches_the_sending_once(self, delivered: Sending, tmp_path: Path) -> None:
        taken = f"{delivered.pk},take,2026-11-20,"
        intake(deliver(tmp_path / "1", {FILE: [taken]}, SECOND_DAY))
        intake(deliver(tmp_path / "2", {FILE: [taken, "x,take,2026-11-20,"]}, THIRD_DAY))
        (now,) = sendings()
        assert (now.state, now.version, str(now.acknowledged_on)) == ("taken", 4, "2026-11-20")
        rejects = Reject.objects.using("owner").values_list("field", "reason")
        assert list(rejects) == [("sending", "form")]


def test_every_way_of_the_table_leads_from_and_to_a_state_that_people_read() -> None:
    assert {way.after for way in WAYS} == set(State) - {State.DRAFT}
    assert {way.step for way in WAYS} == set(Step)
