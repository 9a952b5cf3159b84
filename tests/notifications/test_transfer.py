"""Transfer to another municipality: who receives it, what goes along, what stays."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from audit.models import Entry
from notifications.models import Handling, Notification
from notifications.words import Receiver, State
from tests.acting import client_of, customer, entries
from tests.notifications.forwarding import (
    INTEGRATION,
    NOTIFICATIONS,
    attach,
    change,
    county,
    eino,
    handling,
    helsinki,
    municipality,
    notify,
    page_of,
    seen,
)

pytestmark = pytest.mark.django_db
REASON = "Asiakas on muuttanut."
NAME = "Esimerkki, Eino Olavi"


def transfer(
    client: Client, one: Handling, to: str, purpose: str = NOTIFICATIONS, **typed: str
) -> Any:
    told = {"municipality": to, "reason": REASON, "version": str(one.version), **typed}
    return client.post(f"{page_of(one, purpose)}transfer/", told)


def test_the_receiver_sees_it_as_new_with_its_history_and_its_attachments() -> None:
    number = notify(eino())
    document = attach(number)
    client = client_of(county())
    change(client, handling(number), "taken")
    change(client, handling(number), "noted", note="Puhelin ei vastaa.")
    answer = transfer(client, handling(number), "091")
    assert answer.status_code == 302
    assert "siirretty toiseen kuntaan" in client.get(answer["Location"]).content.decode()
    received = handling(number, municipality="091")
    assert (received.state, received.handler, received.note) == (State.NEW, None, "")
    page = client_of(helsinki()).get(page_of(received)).content.decode()
    for text in [NAME, "Puhelin ei vastaa.", REASON, "lähettäjä Tampere", "Tiliote.pdf"]:
        assert text in page
    assert client_of(helsinki()).get(f"{page_of(received)}attachments/{document}/").content


def test_the_sender_keeps_the_day_the_receiver_and_the_reason_and_nothing_of_the_customer() -> None:
    number = notify(eino())
    document = attach(number)
    one, client = handling(number), client_of(county())
    change(client, one, "noted", note="Salainen muistiinpano")
    transfer(client, handling(number), "091")
    page = seen(county(), state="transferred")
    assert "Siirretty kuntaan Helsinki" in page
    assert REASON in page
    assert NAME not in page
    for path in ["", f"attachments/{document}/", "attachments.zip"]:
        assert client.get(page_of(one) + path).status_code == 404
    assert not Notification.objects.filter(pk=number).exists()  # for anybody of the county
    kept = handling(number)
    assert (kept.customer_id, kept.note) == (None, "")
    acts = [entry for entry in entries() if entry.act == "transfer_notification"]
    assert [act.details["to"] for act in acts] == ["091"]


def test_it_may_come_back() -> None:
    number = notify(eino())
    transfer(client_of(county()), handling(number), "091")
    there = handling(number, municipality="091")
    assert transfer(client_of(helsinki()), there, "837").status_code == 302
    page = seen(county())
    assert NAME in page
    back = Handling.objects.get(notification=number, municipality="837", state=State.NEW)
    history = client_of(county()).get(page_of(back)).content.decode()
    assert "lähettäjä Tampere" in history
    assert "lähettäjä Helsinki" in history


def test_suggested_is_where_the_customer_lives_now() -> None:
    one = handling(notify(customer(home_municipality_id="091")))
    page = client_of(county()).get(page_of(one)).content.decode()
    assert '<option value="091" selected>Helsinki</option>' in page


@pytest.mark.parametrize("typed", [{"reason": ""}, {"reason": "131052-9085"}, {"municipality": ""}])
def test_without_a_municipality_or_a_reason_it_stays(typed: dict[str, str]) -> None:
    one = handling(notify(eino()))
    to = {"municipality": "091"} | typed
    answer = transfer(client_of(county()), one, to.pop("municipality"), **to)
    assert answer.status_code == 422
    assert handling(one.notification_id).state == State.NEW


@pytest.mark.parametrize("to", ["049", "478", "905"])
def test_not_to_where_nobody_has_agreed_with_kela_whose_unit_is_shown_instead(to: str) -> None:
    """Espoo's county has no agreement, Åland has none for this; Ostrobothnia has."""
    one = handling(notify(eino()))
    answer = transfer(client_of(county()), one, to)
    if to == "905":
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert "Kerro Kelaan: Kela, ratkaisukeskus 1, 020 634 2550" in answer.content.decode()


@pytest.mark.parametrize("to", ["837", "588", "000", "x"])
def test_not_to_itself_nor_to_a_municipality_that_is_none(to: str) -> None:
    assert transfer(client_of(county()), handling(notify(eino())), to).status_code == 422


def test_of_two_transfers_at_once_the_second_is_told_of_the_first() -> None:
    one = handling(notify(eino()))
    first, second = client_of(county()), client_of(county(uuid4()))
    assert transfer(first, one, "091").status_code == 302
    answer = transfer(second, one, "905")
    assert answer.status_code == 404
    assert not Handling.objects.filter(notification=one.notification_id, municipality="905")


def test_a_change_of_what_was_changed_meanwhile_is_not_transferred() -> None:
    one = handling(notify(eino()))
    change(client_of(county()), one, "taken")
    answer = transfer(client_of(county(uuid4())), one, "091")
    assert answer.status_code == 409
    assert REASON in answer.content.decode()
    assert handling(one.notification_id).state == State.IN_PROGRESS


def test_the_two_receivers_of_an_immigrants_transfer_each_their_own() -> None:
    number = notify(eino(), "immigrant")
    of_tampere = handling(number, Receiver.MUNICIPALITY)
    answer = transfer(client_of(municipality()), of_tampere, "905", INTEGRATION)
    assert answer.status_code == 302
    assert handling(number, Receiver.MUNICIPALITY, "905").state == State.NEW
    assert handling(number).state == State.NEW
    assert NAME in seen(county(), INTEGRATION)


def test_helsinki_receives_an_immigrants_once_from_both() -> None:
    number = notify(eino(), "immigrant")
    for store, receiver in [
        (county(), Receiver.SOCIAL_SERVICES),
        (municipality(), Receiver.MUNICIPALITY),
    ]:
        answer = transfer(client_of(store), handling(number, receiver), "091", INTEGRATION)
        assert answer.status_code == 302
    assert "1–1 / 1" in seen(helsinki(), INTEGRATION, "091")


def test_from_helsinki_an_immigrants_goes_to_both() -> None:
    number = notify(eino(), "immigrant", "091")
    client = client_of(helsinki())
    one = handling(number, municipality="091")
    assert transfer(client, one, "837", INTEGRATION).status_code == 302
    for receiver in Receiver:
        assert handling(number, receiver).state == State.NEW


def test_one_of_another_municipality_is_not_transferred_by_anybody_else() -> None:
    one = handling(notify(eino(), municipality="091"), municipality="091")
    for purpose in [NOTIFICATIONS, INTEGRATION]:
        told = {"municipality": "837", "reason": REASON, "version": "1"}
        for place in ["837", "091"]:
            path = f"{page_of(one, purpose, place)}transfer/"
            assert client_of(county()).post(path, told).status_code in {403, 404}
    assert not Entry.objects.filter(act="transfer_notification").exists()
