"""One notification: what it tells, to whom it opens, what is recorded."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from audit.models import Entry
from tests.acting import client_of, customer, entries
from tests.notifications.forwarding import (
    INTEGRATION,
    NOTIFICATIONS,
    PDF,
    another_county,
    attach,
    county,
    eino,
    handling,
    helsinki,
    jonna,
    municipality,
    notify,
    page_of,
)

pytestmark = pytest.mark.django_db
DECEMBER = DateRange(date(2026, 12, 1), date(2027, 1, 1))


def told(kind: str = "need_for_social_work", **fields: object) -> str:
    one = handling(notify(eino(), kind, **fields))  # type: ignore[arg-type]  # fields of a row
    answer = client_of(county()).get(page_of(one))
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_an_application_says_for_what_how_much_and_for_when() -> None:
    page = told("application", amount=Decimal("1240.00"), period=DECEMBER)
    for text in ["täydentävä toimeentulotuki", "Muuttokulut", "1\xa0240,00", "1.12.–31.12.2026"]:
        assert text in page


def test_a_reduction_says_how_much_and_on_which_ground() -> None:
    page = told("reduced_basic_amount")
    assert "40 %" in page
    assert "moitittava menettely" in page


def test_a_need_for_social_work_says_why() -> None:
    assert "asuminen" in told("need_for_social_work")


def test_every_type_tells_the_customer_the_text_the_phone_and_whom_to_ask_at_kela() -> None:
    page = told("unemployed_25_and_over")
    for text in [
        "Esimerkki, Eino Olavi", "131052-9085", "Asiakas toivoo yhteydenottoa.",
        "+358 40 1234567", "Kela, ratkaisukeskus 1, 020 634 2550",
    ]:  # fmt: skip
        assert text in page


def test_neither_phone_nor_home_municipality_of_somebody_under_non_disclosure_is_told() -> None:
    one = handling(notify(customer(protected=True, home_municipality_id="536")))
    page = client_of(county()).get(page_of(one)).content.decode()
    assert "Turvakielto" in page
    assert "+358 40 1234567" not in page
    assert "Ehdotettuna" not in page
    assert 'value="536" selected' not in page


def test_opening_it_is_an_act_of_its_own() -> None:
    one = handling(notify(person := eino()))
    client_of(county()).get(page_of(one))
    [entry] = [entry for entry in entries() if entry.act == "open_notification"]
    assert (entry.customer, entry.purpose) == (person, NOTIFICATIONS)
    assert entry.details == {"municipality": "837", "notification": one.notification_id}


def test_one_about_oneself_does_not_open_nor_do_its_attachments() -> None:
    number = notify(oneself := eino())
    document = attach(number)
    one, client = handling(number), client_of(county(oneself))
    pages = ["", f"attachments/{document}/", "attachments.zip"]
    assert {client.get(page_of(one) + page).status_code for page in pages} == {403}
    for act in ["change", "transfer", "answer", "customer"]:
        assert client.post(f"{page_of(one)}{act}/", {"do": "taken"}).status_code == 403
    assert {entry.details["reason"] for entry in entries()} == {"own_data"}


@pytest.mark.parametrize(
    ("purpose", "place"),
    [(NOTIFICATIONS, "536"), (INTEGRATION, "837"), ("other_benefits", "837"), ("nothing", "837")],
)
def test_it_opens_under_no_other_purpose_or_municipality(purpose: str, place: str) -> None:
    one = handling(notify(eino()))
    answer = client_of(county()).get(page_of(one, purpose, place))
    assert answer.status_code in {403, 404}
    assert "Esimerkki" not in answer.content.decode()


def test_its_row_of_the_queue_goes_along_only_where_the_queue_stands_beside_it() -> None:
    one, client = handling(notify(eino())), client_of(county())
    queue = page_of(one).removesuffix(f"{one.pk}/")
    asked = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{queue}?page=2"}
    assert f'id="row-{one.pk}"' in client.get(page_of(one), headers=asked).content.decode()
    assert f"row-{one.pk}" not in client.get(page_of(one)).content.decode()


@pytest.mark.parametrize("number", [0, 999_999, 10**30])
def test_one_that_is_not_there_is_told_to_be_none(number: int) -> None:
    answer = client_of(county()).get(f"/notifications/{NOTIFICATIONS}/837/{number}/?lang=en")
    assert answer.status_code == 404
    title = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
    assert title is not None
    assert "This notification is not open to you" in title[1]


def test_an_attachment_is_looked_at_or_saved_under_its_own_name() -> None:
    number = notify(eino())
    document = attach(number, "Vuokrasopimus äö.pdf")
    address = f"{page_of(handling(number))}attachments/{document}/"
    looked_at, saved = (client_of(county()).get(address + query) for query in ("", "?save=1"))
    assert looked_at.content == saved.content == PDF
    assert looked_at["Content-Type"] == "application/pdf"
    assert looked_at["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"].startswith("attachment")
    assert "Vuokrasopimus%20%C3%A4%C3%B6.pdf" in saved["Content-Disposition"]
    assert [entry.act for entry in entries()] == ["download_attachment"] * 2


def test_all_attachments_are_saved_at_once_none_over_another() -> None:
    number = notify(eino())
    for name, content in [("Lasku.pdf", PDF), ("Lasku.pdf", PDF + b"2"), ("Kuva.png", b"\x89PNG")]:
        attach(number, name, content)
    answer = client_of(county()).get(f"{page_of(handling(number))}attachments.zip")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert {name: archive.read(name) for name in archive.namelist()} == {
        "Lasku.pdf": PDF,
        "Lasku (2).pdf": PDF + b"2",
        "Kuva.png": b"\x89PNG",
    }
    assert [entry.act for entry in entries()] == ["download_attachments"]


def test_an_attachment_of_another_notification_is_not_reached_through_this_one() -> None:
    mine, other = notify(eino()), notify(jonna(), municipality="091")
    document = attach(other)
    client = client_of(county())
    assert client.get(f"{page_of(handling(mine))}attachments/{document}/").status_code == 404
    assert client.get(f"{page_of(handling(mine))}attachments.zip").status_code == 404


def test_nobody_else_opens_it() -> None:
    one = handling(notify(eino()))
    document = attach(one.notification_id)
    for store in [another_county(), helsinki(), municipality()]:
        client = client_of(store)
        for purpose in [NOTIFICATIONS, INTEGRATION]:
            for place in ["837", "091", "905"]:
                for page in ["", f"attachments/{document}/", "attachments.zip"]:
                    answer = client.get(page_of(one, purpose, place) + page)
                    assert answer.status_code in {403, 404}
    assert not Entry.objects.filter(act="open_notification").exists()


def test_from_it_to_the_customer_by_a_purpose_chosen_anew() -> None:
    one = handling(notify(eino()))
    address = f"{page_of(one)}customer/"
    client = client_of(county())
    refused = client.post(address, {"purpose": NOTIFICATIONS})
    assert refused.status_code == 422
    opened = client.post(address, {"purpose": "other_benefits"})
    assert opened.status_code == 302
    assert opened["Location"].startswith("/customers/")
    assert "Esimerkki" in client.get(opened["Location"]).content.decode()
    assert [entry.purpose for entry in entries() if entry.act == "open"] == ["other_benefits"]
    assert client_of(county()).get(opened["Location"]).status_code == 404


def test_who_has_no_purpose_for_a_customer_is_offered_none() -> None:
    number = notify(eino(), "immigrant")
    from notifications.words import Receiver

    one = handling(number, Receiver.MUNICIPALITY)
    client = client_of(municipality())
    assert "Asiakkaan muut tiedot" not in client.get(page_of(one, INTEGRATION)).content.decode()
    answer = client.post(f"{page_of(one, INTEGRATION)}customer/", {"purpose": "other_benefits"})
    assert answer.status_code == 422
