"""The pages of documents, from the customer's page to what has become of a sending."""

import errno
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.test import Client

from documents import contents
from documents.models import Document, Errand
from tests.acting import (
    HELSINKI,
    POHJANMAA,
    TAMPERE,
    entries,
    kela_admin,
    official,
    owning,
)
from tests.documents.hostile import pdf, picture
from tests.documents.sending import a_file, english, look_up, sendings, typed
from tests.payment_demands.browsing import text


def test_sending_leads_from_the_customers_page_to_the_state_of_the_sending(client: Client) -> None:
    address = look_up(client)
    tab = text(client.get(address.replace("documents/", "social-assistance/")))
    assert f'href="{address}"' in tab
    assert "has not sent Kela any documents" in text(client.get(address))
    form = text(client.get(f"{address}new/"))
    assert "at most 100 MB" in form
    assert "Application that arrived 3.11.2026" in form
    answer = client.post(f"{address}new/", typed(files=[a_file()]))
    (sent,) = sendings()
    assert answer["Location"] == f"{address}{sent.pk}/?sent=1"
    page = text(client.get(answer["Location"]))
    assert "Received, " in page
    assert "vuokrasopimus.pdf" in page
    assert "Rental agreement" in text(client.get(address))
    client.cookies["kelmu-language"] = "sv"  # each reader has their own
    assert "Ansökan, inkommen 3.11.2026, för 1.11.–30.11.2026" in text(client.get(address))


def test_what_is_stored_is_encrypted_and_comes_back_as_it_was(client: Client) -> None:
    address = look_up(client)
    client.post(f"{address}new/", typed(files=[a_file()]))
    document = Document.objects.get()
    with contents.place().open(contents.name_of(document.pk)) as file:
        assert b"PDF" not in file.read()
    answer = client.get(f"{address}{document.sending_id}/files/{document.pk}/")
    assert b"".join(answer.streaming_content) == pdf()  # type: ignore[attr-defined]  # streamed
    assert answer["Content-Disposition"] == 'attachment; filename="vuokrasopimus.pdf"'
    assert entries()[-1].act == "download_document"


def test_sent_twice_it_is_one(client: Client) -> None:
    address, told = look_up(client), typed()
    answers = [client.post(f"{address}new/", told | {"files": [a_file()]}) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert (len(sendings()), Document.objects.count(), Errand.objects.count()) == (1, 1, 1)
    assert [row.act for row in entries()].count("send_documents") == 1


def test_files_come_one_after_another_and_go_again(client: Client) -> None:
    address, told = look_up(client), typed(do="add")
    client.post(f"{address}new/", told | {"files": [a_file()]})
    twice = [a_file(picture(), "kuva.jpg"), a_file(name="sama.pdf")]
    page = text(client.post(f"{address}new/", told | {"files": twice}))
    assert "kuva.jpg" in page
    assert "sama.pdf" not in page  # the same content is there already
    assert "Choose what kind" not in page  # nothing is asked for before it is sent
    first, second = Document.objects.order_by("number")
    client.post(f"{address}new/", told | {"drop": str(first.pk)})
    client.post(f"{address}new/", told | {"do": "send"})
    assert [one.pk for one in Document.objects.all()] == [second.pk]
    assert [one.state for one in sendings()] == ["received"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"kind": ""}, "Choose what kind of document it is."),
        ({"application": ""}, "Choose the application or matter."),
        ({"application": "another"}, "Tell which matter the documents belong to."),
        ({"application": "99"}, "Choose the application or matter."),
        ({"kind": "other", "text": ""}, "Tell what the document is."),
        ({"asked_by_customer": ""}, "only when the customer has asked for it"),
        ({"text": "131052-9085"}, "Leave the personal identity code out."),
    ],
)
def test_what_is_wrong_is_told_and_the_files_stay(
    client: Client, changed: dict[str, Any], message: str
) -> None:
    address, told = look_up(client), typed(**changed)
    answer = client.post(f"{address}new/", told | {"files": [a_file()]})
    assert answer.status_code == 422
    page = text(answer)
    assert message in page
    assert "vuokrasopimus.pdf" in page
    client.post(f"{address}new/", typed(token=told["token"]))
    assert [one.state for one in sendings()] == ["received"]


def test_without_a_file_nothing_is_sent(client: Client) -> None:
    answer = client.post(f"{look_up(client)}new/", typed())
    assert answer.status_code == 422
    assert "Add at least one file." in text(answer)


def test_a_bad_file_is_told_with_its_reason_and_the_good_one_stays(client: Client) -> None:
    address = look_up(client)
    files = [a_file(b"MZ\x90", "lasku.pdf"), a_file(name="../../131052-9085.pdf")]
    answer = client.post(f"{address}new/", typed(files=files))
    assert answer.status_code == 422
    page = text(answer)
    assert "<strong>lasku.pdf</strong> The file is a program" in page
    assert "[HETU].pdf" in page
    assert "131052-9085.pdf" not in page
    assert [one.state for one in sendings()] == ["draft"]


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("DOCUMENTS_IN_A_SENDING", 1, "A sending cannot take more files."),
        ("DOCUMENTS_SIZE_OF_A_SENDING", 1000, "would be larger together"),
        ("DOCUMENTS_IN_A_DAY", 1, "as much as one official may send in a day"),
        ("DOCUMENT_LARGEST", 1000, "larger than one file may be"),
    ],
)
def test_the_limits_hold(
    client: Client, settings: Any, limit: str, value: int, message: str
) -> None:
    setattr(settings, limit, value)
    files = [a_file(), a_file(picture(size=(400, 400)), "kuva.jpg")]
    answer = client.post(f"{look_up(client)}new/", typed(files=files))
    assert message in text(answer)
    assert Document.objects.count() == 1


class TestWho:
    def test_a_purpose_that_shows_no_social_assistance_lists_no_matters(self, eino: UUID) -> None:
        tampere = english(official(TAMPERE))
        address = look_up(tampere, "integration_benefits")
        form = text(tampere.get(f"{address}new/"))
        assert "Application that arrived" not in form
        told = typed(files=[a_file()], text="")
        assert "Tell which matter" in text(tampere.post(f"{address}new/", told))
        tampere.post(f"{address}new/", told | {"text": "Asumismenot", "files": [a_file()]})
        assert [(one.state, one.application) for one in sendings(TAMPERE)] == [("received", None)]

    def test_other_purposes_send_nothing(self, client: Client) -> None:
        answer = client.get(look_up(client, "other_benefits"))
        assert answer.status_code == 403
        assert "does not open this page" in text(answer)

    def test_the_day_is_told_to_a_municipality_before_autumn_2022(
        self, eino: UUID, settings: Any
    ) -> None:
        settings.KELMU_TODAY = date(2022, 9, 30)
        tampere = english(official(TAMPERE))
        answer = tampere.get(look_up(tampere, "social_assistance"))
        assert answer.status_code == 403
        assert "opens on 1.10.2022" in text(answer)

    def test_nobody_elses_sending_opens(self, client: Client) -> None:
        client.post(f"{look_up(client)}new/", typed(files=[a_file()]))
        (sent,) = sendings()
        document = Document.objects.get()
        other = english(official(POHJANMAA))
        address = look_up(other)
        for path in (f"{sent.pk}/", f"{sent.pk}/files/{document.pk}/", f"new/?answers={sent.pk}"):
            assert other.get(f"{address}{path}").status_code == 404
        told = typed(token=str(sent.pk), files=[a_file()])
        assert other.post(f"{address}new/", told).status_code == 404

    def test_a_sending_of_another_purpose_is_not_listed(self, eino: UUID) -> None:
        helsinki = english(official(HELSINKI))
        first = look_up(helsinki)
        helsinki.post(f"{first}new/", typed(files=[a_file()]))
        second = look_up(helsinki, "integration_benefits")
        assert "has not sent Kela any" in text(helsinki.get(second))


class TestTheUpload:
    def test_nothing_is_taken_from_who_may_not_send(self, client: Client) -> None:
        address = f"{look_up(client)}new/"
        for stranger in (
            Client(),
            english(official(by_role=True)),
            english(kela_admin("oversight")),
        ):
            answer = stranger.post(address, typed(files=[a_file()]))
            assert answer.status_code in {302, 403}
        assert Document.objects.count() == 0

    def test_what_cannot_be_stored_is_told(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(contents, "store", full)
        answer = client.post(f"{look_up(client)}new/", typed(files=[a_file()]))
        assert "could not be stored now" in text(answer)

    def test_keys_are_wrapped_anew_by_a_command(self, client: Client, settings: Any) -> None:
        address = look_up(client)
        client.post(f"{address}new/", typed(files=[a_file()]))
        document = Document.objects.get()
        new = Fernet.generate_key().decode()
        settings.DOCUMENTS_KEY = [new, *settings.DOCUMENTS_KEY]
        with owning():
            call_command("wrap_document_keys")
        settings.DOCUMENTS_KEY = [new]
        answer = client.get(f"{address}{document.sending_id}/files/{document.pk}/")
        assert b"".join(answer.streaming_content) == pdf()  # type: ignore[attr-defined]  # streamed
