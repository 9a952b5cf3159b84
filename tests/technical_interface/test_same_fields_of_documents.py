"""What a system gets of documents for Kela is what the pages show: no field less, no field more."""

from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import override

from documents.models import Document, Sending
from documents.words import State
from kelmu.formats import moment
from tests.acting import CUSTOMER, PIRKANMAA, customer, official, owning
from tests.documents.hostile import picture
from tests.documents.sending import a_file, acknowledged, application, english, look_up
from tests.technical_interface.calling import System, registered
from tests.technical_interface.test_documents import SOCIAL, kela_asks, typed
from tests.technical_interface.wording import Wording, part, paths, said

pytestmark = pytest.mark.django_db

SENDINGS = "/api/v1/sendings"
QUESTION = "Sivu 2 puuttuu"
# What has no words: what belongs to the call, and what a person's mark says.
WITHOUT_WORDS = {"version", "application", "customer.protected", "files.id"}
OF_ANY: Wording = {
    "kind": "Rental agreement",
    "application_arrived_on": "3.11.2026",
    "application_first": "1.11.–",
    "application_last": "–30.11.2026",
    "matter": "Muu asia",
    "sender_name": "u-4711",
    "reason": QUESTION,
}
OF_A_PAGE: Wording = OF_ANY | {
    "reason": f"Message: {QUESTION}",
    "text": "Uusi vuokrasopimus",
    "asked": f"Answers what Kela asked {QUESTION}",
    "answers": "Answers what Kela asked of this sending",
    "answered_by": "Answered with this sending",
    "case_reference": "2026-118",
    "kept_until": "The files are kept until",
    "can_be_answered": "Answer with a document",
    "files.name": "liite.jpg",
    "files.type": "JPEG",
    "files.size": "1 kB",
    "files.sha256": "SHA-256",
    "files.removed_at": "when its time was over",
}


@pytest.fixture
def system(db: None) -> System:
    application(customer())
    registered()
    return System().enter()


@pytest.fixture
def browser() -> Client:
    return english(official(PIRKANMAA))


def sent(system: System, key: int, **changed: Any) -> str:
    changed |= {"files": [a_file(picture(size=(8 * key, 8)), "liite.jpg")]}
    more = SOCIAL | {"Kelmu_Case_Reference": "2026-118"}
    answer = system.send(SENDINGS, typed(**changed), Idempotency_Key=f'"{key}"', **more)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def everything(system: System) -> list[str]:
    """A question of Kela's, the answer to it, another question, and what Kela has taken."""
    first = sent(system, 1)
    kela_asks(first)
    answer = sent(system, 2, answers=first, application=None)
    asked = sent(system, 3, application=None, matter="Muu asia")
    kela_asks(asked)
    taken = sent(system, 4)
    kela_takes(taken)
    return [first, answer, asked, taken]


def kela_takes(number: str) -> None:
    with owning():
        one = Sending.objects.using("owner").filter(pk=number)
        for step, state in (("clear", "checked"), ("deliver", "sent")):
            one.update(state=state, step=step, version=F("version") + 1, changed_by_name="")
    acknowledged(Sending.objects.get(pk=number))
    with owning():
        Document.objects.using("owner").filter(sending_id=number).update(removed_at=timezone.now())


def test_a_sending_is_that_of_its_page(system: System, browser: Client) -> None:
    seen: set[str] = set()
    for number in everything(system):
        answer = system.get(f"{SENDINGS}/{number}", **SOCIAL).json()
        shown = browser.get(f"{look_up(browser)}{number}/").content.decode()
        history = part(shown, 'id="history"', "</section>")
        assert {*paths(answer["history"])} == said(of_the_history(number), history)
        del answer["history"]
        told = {*paths(no_falsehoods(answer))} - WITHOUT_WORDS
        of_it = OF_A_PAGE | of_the_moment(answer)
        page = part(shown, "<main", 'id="history"') + history
        assert told == said(of_it, page.replace(f"asked for more {QUESTION}", ""))
        seen |= told
    assert seen == set(of_it)


def of_the_history(number: str) -> Wording:
    with override("en"):
        at = moment(Sending.objects.get(pk=number).events.latest("number").at)
    words = {"step": "Sent by the official", "by_name": "u-4711"}
    return words | {"at": at, "reason": f"asked for more {QUESTION}"}


def no_falsehoods(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in answer.items() if one is not False and name != "customer"}


def of_the_moment(answer: dict[str, Any]) -> Wording:
    """What is said of moments, and of the number."""
    one = Sending.objects.get(pk=answer["id"])
    assert one.sent_at
    with override("en"):
        return {
            "id": answer["id"],
            "state": capfirst(str(State(one.state).label)),
            "sent_at": moment(one.sent_at),
            "changed_at": moment(one.changed_at),
        }


def test_a_line_of_a_list_is_that_of_the_page(system: System, browser: Client) -> None:
    kela_asks(sent(system, 1))
    listed = part(browser.get("/documents/").content.decode(), "<tbody", "</tbody>")
    [row] = system.get(SENDINGS, **SOCIAL).json()["rows"]
    of_a_line = {name: words for name, words in OF_ANY.items() if name != "matter"}
    of_a_line |= of_the_moment(row) | {"number_of_files": "1 file"}
    del of_a_line["id"]  # a link leads by it
    of_a_row = of_a_line | {"customer.name": "Esimerkki, Eino Olavi"}
    assert {*paths(row)} - WITHOUT_WORDS - {"id"} == said(of_a_row, listed)
    of_customer = part(browser.get(look_up(browser)).content.decode(), "<tbody", "</tbody>")
    answer = system.post("/api/v1/customers/documents", {"hetu": CUSTOMER}, **SOCIAL).json()
    [one] = answer["sendings"]
    assert {*paths(one)} - WITHOUT_WORDS - {"id"} == said(of_a_line, of_customer)
    form = part(browser.get(f"{look_up(browser)}new/").content.decode(), "<main", "</main>")
    of_a_matter = {
        "arrived_on": "arrived 3.11.2026",
        "first": "1.11.–",
        "last": "–30.11.2026",
        "state": "being processed",
    }
    assert {*paths(answer["applications"])} - {"number"} == said(of_a_matter, form)
