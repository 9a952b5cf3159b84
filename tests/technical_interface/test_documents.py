"""Documents to Kela by a system: sent once, followed, answered; as the pages do it."""

from typing import Any
from uuid import UUID

import pytest
from django.db.models import F

from documents import contents
from documents.models import Document, Errand, Sending
from technical_interface.documents import told
from tests.acting import CUSTOMER, HELSINKI, TAMPERE, customer, entries, owning
from tests.agreeing import agree_otherwise
from tests.documents.hostile import picture
from tests.documents.sending import APPLICATION, a_file, application, sendings
from tests.technical_interface.calling import System, problem, registered

SENDINGS = "/api/v1/sendings"
KEY = '"8e03978e-40d5-43e8-bc93-6894a57f9324"'
SOCIAL = {"Kelmu_Purpose": "social_assistance"}
BROKEN = b"MZ\x90\x00 a program"


@pytest.fixture
def system(db: None) -> System:
    application(customer())
    registered()
    return System().enter()


def typed(**changed: Any) -> dict[str, Any]:
    of: dict[str, Any] = {
        "hetu": CUSTOMER,
        "kind": "rental_agreement",
        "application": APPLICATION,
        "text": "Uusi vuokrasopimus",
        "asked_by_customer": "true",
        "files": [a_file()],
    }
    return {name: value for name, value in (of | changed).items() if value is not None}


def send(system: System, key: str = KEY, **changed: Any) -> Any:
    return system.send(SENDINGS, typed(**changed), Idempotency_Key=key, **SOCIAL)


def pointers(answer: Any) -> set[str]:
    assert problem(answer) == "invalid", answer.content
    return {one["pointer"] for one in answer.json()["errors"]}


def kela_asks(number: str) -> None:
    """The sending has reached Kela's systems, which ask for more."""
    with owning():
        one = Sending.objects.using("owner").filter(pk=number)
        for step, state in (("clear", "checked"), ("deliver", "sent"), ("ask", "asked")):
            reason = "Sivu 2 puuttuu" if step == "ask" else ""
            said = {"reason": reason, "changed_by_name": ""}
            one.update(state=state, step=step, version=F("version") + 1, **said)


def test_documents_are_sent_once_by_a_key(system: System) -> None:
    before = len(entries())
    first = send(system)
    assert first.status_code == 201, first.content
    told.Sent.model_validate_json(first.content)
    rows = entries()[before:]
    assert [row.act for row in rows] == ["open", "add_documents", "send_documents"]
    assert {(row.channel, row.details["end_user"]) for row in rows} == {("interface", "u-4711")}
    number = first.json()["id"]
    assert Errand.objects.filter(pk=number).exists()
    kela_asks(number)
    again = send(system, files=[a_file(name="toinen.pdf")])  # the same content
    assert (again.status_code, again.content) == (201, first.content)
    for changed in ({"text": "Toinen"}, {"files": [a_file(picture())]}, {"kind": "payslip"}):
        assert problem(send(system, **changed)) == "idempotency-key-reused"
    assert problem(send(system, key="")) == "idempotency-key-not-told"
    assert len(sendings()) == 1


def test_what_is_wrong_is_pointed_to_and_nothing_is_sent(system: System) -> None:
    wrong: list[tuple[dict[str, Any], set[str]]] = [
        ({"application": None}, {"/matter"}),
        ({"application": 99}, {"/application"}),
        ({"matter": "Päätös"}, {"/matter"}),
        ({"kind": "other", "text": ""}, {"/text"}),
        ({"kind": "letter"}, {"/kind"}),
        ({"text": f"Asiakas {CUSTOMER}"}, {"/text"}),
        ({"text": "\0"}, {"/text"}),
        ({"asked_by_customer": "false"}, {"/asked_by_customer"}),
        ({"files": None}, {"/files"}),
        ({"files": [a_file(), a_file(BROKEN), a_file(b"")]}, {"/files/1", "/files/2"}),
    ]
    before = left()
    for changed, expected in wrong:
        assert pointers(send(system, **changed)) == expected
    assert not sendings()
    assert not Document.objects.exists()
    assert left() == before


def left() -> set[str]:
    """Contents that lie in the storage, those of other tests too."""
    try:
        folders = contents.place().listdir("")[0]
    except FileNotFoundError:
        return set()
    return {name for folder in folders for name in contents.place().listdir(folder)[1]}


def test_what_kela_asks_is_told_and_answered_once(system: System) -> None:
    before = left()
    number = send(system).json()["id"]
    kela_asks(number)
    answer = system.get(f"{SENDINGS}/{number}", **SOCIAL)
    told.SendingWhole.model_validate_json(answer.content)
    one = answer.json()
    assert (one["state"], one["reason"]) == ("asked", "Sivu 2 puuttuu")
    assert one["can_be_answered"]

    def answering(key: str, **changed: Any) -> Any:
        more = {"answers": number, "application": None, "files": [a_file(picture())]}
        return send(system, f'"{key}"', **more | changed)

    answered = answering("k2")
    assert answered.status_code == 201, answered.content
    assert answering("k2").content == answered.content
    assert problem(answering("k3")) == "not-in-this-state"
    assert pointers(answering("k4", matter="Muu")) == {"/matter"}
    one = system.get(f"{SENDINGS}/{number}", **SOCIAL).json()
    assert (one["state"], one["answered_by"]) == ("answered", [answered.json()["id"]])
    assert [event["step"] for event in one["history"]] == [
        "send",
        "clear",
        "deliver",
        "ask",
        "answer",
    ]
    assert Sending.objects.get(pk=answered.json()["id"]).application == APPLICATION
    assert len(left() - before) == 2


def test_sendings_are_listed_narrowed_and_of_a_customer(system: System) -> None:
    number = send(system).json()["id"]
    answer = system.get(f"{SENDINGS}?limit=1&state=received&since=2026-11-01", **SOCIAL)
    told.SendingRows.model_validate_json(answer.content)
    [row] = answer.json()["rows"]
    assert (row["id"], row["customer"]["name"]) == (number, "Esimerkki, Eino Olavi")
    entry = entries()[-1]
    assert (entry.act, entry.details["filters"]["state"]) == ("view_sendings", "received")
    assert not system.get(f"{SENDINGS}?state=taken", **SOCIAL).json()["rows"]
    after = answer.json()["after"]
    assert not system.get(f"{SENDINGS}?after={after}", **SOCIAL).json()["rows"]
    assert problem(system.get(f"{SENDINGS}?state=draft2", **SOCIAL)) == "invalid"
    answer = system.post("/api/v1/customers/documents", {"hetu": CUSTOMER}, **SOCIAL)
    told.CustomersDocuments.model_validate_json(answer.content)
    [known] = answer.json()["applications"]
    assert (known["number"], known["first"], known["last"]) == (
        APPLICATION,
        "2026-11-01",
        "2026-11-30",
    )
    assert [one["id"] for one in answer.json()["sendings"]] == [number]


def test_anothers_is_not_there_as_if_it_were_not(system: System) -> None:
    agree_otherwise(HELSINKI, by_technical_interface=True)
    registered(HELSINKI, number=1)
    helsinki = System(HELSINKI, number=1).enter()
    theirs = send(helsinki)
    assert theirs.status_code == 201, theirs.content
    for number in (theirs.json()["id"], str(UUID(int=1))):
        assert problem(system.get(f"{SENDINGS}/{number}", **SOCIAL)) == "not-found"
        assert entries()[-1].details["reason"] == "not_your_page"
    assert problem(send(system, answers=theirs.json()["id"], application=None)) == "not-found"


def test_only_under_a_purpose_that_sends(system: System) -> None:
    answer = system.send(SENDINGS, typed(), Idempotency_Key=KEY)  # other_benefits
    assert (answer.status_code, problem(answer)) == (403, "purpose-not-open")
    narrow = System().enter("other_benefits")
    assert problem(send(narrow)) == "action-not-open"
    agree_otherwise(TAMPERE, by_technical_interface=True)
    registered(TAMPERE, number=1)
    tampere = System(TAMPERE, number=1).enter()
    integration = {"Kelmu_Purpose": "integration_benefits"}
    sent = tampere.send(SENDINGS, typed(application=None), Idempotency_Key=KEY, **integration)
    assert sent.status_code == 201, sent.content


def test_files_are_taken_from_whoever_may_send_and_nowhere_else(system: System) -> None:
    system.token = "x" + system.token
    assert problem(send(system)) == "invalid-token"
    system.enter()
    address = "/api/v1/customers/documents"
    assert problem(system.send(address, typed(), **SOCIAL)) == "media-type"
    largest = typed(files=[a_file() for _ in range(101)])
    answer = system.send(SENDINGS, largest, Idempotency_Key=KEY, **SOCIAL)
    assert problem(answer) == "malformed"
