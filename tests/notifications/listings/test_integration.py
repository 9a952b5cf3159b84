"""The customers of integration services: the download of the immigrant notifications, month by
month, as each receiver sees its own."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from audit.models import EntryPerson
from notifications.models import Download, Handling
from notifications.words import Receiver
from tests.acting import PIRKANMAA, TAMPERE, client_of, entries, owning
from tests.notifications.forwarding import (
    another_county,
    county,
    eino,
    handling,
    jonna,
    municipality,
    notify,
)
from tests.notifications.listings.reading import bytes_of, fetched, lines_of

pytestmark = pytest.mark.django_db
SHELF = "/notifications/integration_services/837/lists/integration_customers/"
NOVEMBER = f"{SHELF}837/2026-11-01/1/"


@pytest.fixture
def kaisa() -> Client:
    return client_of(municipality())


def test_each_month_with_notifications_is_a_list(kaisa: Client) -> None:
    notify(eino(), "immigrant")
    notify(jonna(), "immigrant", arrived=date(2026, 10, 5))
    page = kaisa.get(SHELF).content.decode()
    assert NOVEMBER in page
    assert f"{SHELF}837/2026-10-01/1/" in page


def test_other_notifications_are_not_on_it(kaisa: Client) -> None:
    notify(eino(), "need_for_social_work")
    assert NOVEMBER not in kaisa.get(SHELF).content.decode()
    assert kaisa.get(NOVEMBER).status_code == 404


def test_a_file_of_it_names_in_the_log_whom_it_names(kaisa: Client) -> None:
    person = eino()
    notify(person, "immigrant")
    [_head, row] = lines_of(bytes_of(fetched(kaisa, NOVEMBER)))
    assert row == ["131052-9085", "Esimerkki, Eino Olavi", "", "18.11.2026", "uusi", ""]
    [entry] = entries(TAMPERE)
    assert (entry.act, entry.purpose) == ("download_list", "integration_services")
    assert EntryPerson.objects.get().subject == person


def test_who_came_after_the_act_is_not_in_its_file(kaisa: Client) -> None:
    notify(eino(), "immigrant")
    asked = kaisa.post(f"{NOVEMBER}fetch/", {"format": "csv"})
    notify(jonna(), "immigrant")
    assert len(lines_of(bytes_of(kaisa.get(asked["Location"])))) == 2


def test_county_and_municipality_see_their_own_handling(kaisa: Client) -> None:
    at_municipality = handling(notify(eino(), "immigrant"), Receiver.MUNICIPALITY)
    done = {"state": "handled", "handler": uuid4(), "handler_name": "Kaisa"}
    with owning():
        ours = Handling.objects.using("owner").filter(pk=at_municipality.pk)
        ours.update(ended_at="2026-11-20T10:00Z", **done)
    told = lines_of(bytes_of(fetched(kaisa, NOVEMBER)))
    theirs = lines_of(bytes_of(fetched(client_of(county()), NOVEMBER)))
    assert told[1][4:] == ["käsitelty", "Kaisa"]
    assert theirs[1][4:] == ["uusi", ""]
    assert [entry.act for entry in entries(PIRKANMAA)] == ["download_list"]


def test_another_county_reaches_none_of_it(kaisa: Client) -> None:
    notify(eino(), "immigrant")
    bytes_of(fetched(kaisa, NOVEMBER))
    download = Download.objects.get()
    stranger = client_of(another_county())
    assert stranger.get(SHELF).status_code == 403
    assert stranger.get(NOVEMBER).status_code == 403
    assert stranger.get(f"/lists/{download.pk}/file/").status_code == 404
