"""No organisation reaches another's notifications: asked of the database without a single filter,
and of every address with every municipality as everybody."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import cycle, product
from uuid import uuid4

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import override_settings

from audit.services import act_for
from authorizations.rulebook import Mandate
from authorizations.session_store import SessionStore
from notifications.models import Answer, Attachment, Event, Handling, Notification
from notifications.words import EventKind, Receiver
from organisations.models import CountyMembership, Organisation
from tests.acting import (
    HELSINKI,
    PIRKANMAA,
    POHJANMAA,
    TAMPERE,
    client_of,
    official,
    organisation,
    owning,
)
from tests.harness import TODAY
from tests.notifications.forwarding import (
    EVERY_MANDATE,
    INTEGRATION,
    NOTIFICATIONS,
    at_noon,
    attach,
    county,
    eino,
    handling,
    notify,
)

pytestmark = pytest.mark.django_db
NOKIA, JOINT_AUTHORITY = "9900103-7", "9900106-1"
# What each reaches, by hand: type, municipality, when it was forwarded, as which receiver.
FORWARDED = {
    "county's": ("need_for_social_work", "837", 2026),
    "Nokia's": ("need_for_social_work", "536", 2026),
    "Helsinki's": ("need_for_social_work", "091", 2026),
    "Tampere's of 2022": ("application", "837", 2022),
    "Nokia's of 2022": ("application", "536", 2022),
    "immigrant's": ("immigrant", "837", 2026),
    "Tampere's of 2021": ("application", "837", 2021),
}
REACHED: dict[str, set[str]] = {
    PIRKANMAA: {
        "county's", "Nokia's", "Tampere's of 2022", "Nokia's of 2022", "immigrant's",
    },
    POHJANMAA: set(),
    HELSINKI: {"Helsinki's"},
    TAMPERE: {"immigrant's"},
    NOKIA: set(),
    JOINT_AUTHORITY: set(),
}  # fmt: skip
# The same on the last day of 2022, of what had been forwarded by then.
REACHED_IN_2022: dict[str, set[str]] = {
    PIRKANMAA: set(),
    TAMPERE: {"Tampere's of 2022", "Tampere's of 2021"},
    NOKIA: {"Nokia's of 2022"},
    JOINT_AUTHORITY: {"Nokia's of 2022"},
}


def forwarded() -> dict[int, str]:
    """One of each, by its number, with an attachment and a line of its history."""
    person, found = eino(), {}
    for name, (kind, municipality, year) in FORWARDED.items():
        arrived = (TODAY - timedelta(days=2)).replace(year=year)
        number = notify(person, kind, municipality, arrived=arrived)
        attach(number)
        with owning():
            for one in Handling.objects.using("owner").filter(notification=number):
                Event.objects.using("owner").create(
                    handling_id=one.pk, at=at_noon(arrived), actor=uuid4(), actor_name="Joku",
                    organisation_id=organisation(PIRKANMAA).pk, kind=EventKind.NOTED,
                )  # fmt: skip
        found[number] = name
    return found


@pytest.mark.parametrize("business_id", REACHED)
def test_a_query_that_forgets_to_ask_whose_finds_no_others(business_id: str) -> None:
    names = forwarded()
    act_for(organisation(business_id).pk)
    reached = REACHED[business_id]
    assert {names[one.notification_id] for one in Handling.objects.all()} == reached
    assert {names[one.pk] for one in Notification.objects.all()} == reached
    assert {names[one.notification_id] for one in Attachment.objects.all()} == reached
    assert {names[one.handling.notification_id] for one in Event.objects.all()} == reached


@pytest.mark.parametrize("business_id", REACHED_IN_2022)
def test_in_2022_it_finds_the_municipalitys(business_id: str) -> None:
    names = forwarded()
    with override_settings(KELMU_TODAY=date(2022, 12, 31)):
        act_for(organisation(business_id).pk)
    told = Handling.objects.filter(forwarded_on__lt=date(2023, 1, 1))
    assert {names[one.notification_id] for one in told} == REACHED_IN_2022[business_id]


def test_without_an_organisation_nothing_is_found() -> None:
    forwarded()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kelmu.organisation', '', true)")
    for model in (Handling, Notification, Attachment, Event, Answer):
        assert not model.objects.exists()


def test_what_was_served_until_yesterday_is_out_of_reach_today() -> None:
    notify(eino(), municipality="536")
    with owning():
        nokia = CountyMembership.objects.using("owner").filter(municipality_id="536")
        nokia.update(validity=DateRange(date(2023, 1, 1), TODAY))
    for day, reached in [(TODAY - timedelta(days=1), True), (TODAY, False)]:
        with override_settings(KELMU_TODAY=day):
            act_for(organisation(PIRKANMAA).pk)
        assert Handling.objects.exists() == reached
        assert Notification.objects.exists() == reached


def test_what_is_merged_is_in_reach_of_its_successor_from_the_day_of_the_merger() -> None:
    with owning():
        Organisation.objects.using("owner").filter(business_id=TAMPERE).update(
            municipality_id="507"
        )
    notify(eino(), "immigrant", "588", arrived=date(2024, 12, 1))
    for day, reached in [(date(2024, 12, 31), False), (date(2025, 1, 1), True)]:
        with override_settings(KELMU_TODAY=day):
            act_for(organisation(TAMPERE).pk)
        assert Handling.objects.exists() == reached


def test_without_a_day_nothing_is_found() -> None:
    notify(eino())
    act_for(organisation(PIRKANMAA).pk)
    assert Handling.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kelmu.day', '', true)")
    assert not Handling.objects.exists()


def test_of_an_immigrants_each_receiver_finds_its_own() -> None:
    number = notify(eino(), "immigrant")
    for business_id, receiver in [
        (PIRKANMAA, Receiver.SOCIAL_SERVICES),
        (TAMPERE, Receiver.MUNICIPALITY),
    ]:
        act_for(organisation(business_id).pk)
        assert [one.receiver for one in Handling.objects.filter(notification=number)] == [receiver]


def in_tampere() -> SessionStore:
    return official(TAMPERE, *EVERY_MANDATE, subject=uuid4())


def in_nokia() -> SessionStore:
    return official(NOKIA, *EVERY_MANDATE, subject=uuid4())


def in_helsinki() -> SessionStore:
    return official(HELSINKI, *EVERY_MANDATE, subject=uuid4())


def in_ostrobothnia() -> SessionStore:
    return official(POHJANMAA, *EVERY_MANDATE, subject=uuid4())


def with_benefits_alone() -> SessionStore:
    return official(PIRKANMAA, Mandate.BENEFITS_AND_PAYMENT_DEMANDS, subject=uuid4())


# Which queues open to whom today; every other one is refused.
QUEUES: dict[Callable[[], SessionStore], set[tuple[str, str]]] = {
    county: {(NOTIFICATIONS, "837"), (NOTIFICATIONS, "536"), (INTEGRATION, "837"),
             (INTEGRATION, "536")},
    in_tampere: {(INTEGRATION, "837")},
    in_nokia: {(INTEGRATION, "536")},
    in_helsinki: {(NOTIFICATIONS, "091"), (INTEGRATION, "091")},
    in_ostrobothnia: {(NOTIFICATIONS, "905"), (INTEGRATION, "905")},
    with_benefits_alone: set(),
}  # fmt: skip
PLACES = ["837", "536", "091", "905", "478", "588", "000"]
PURPOSES = [NOTIFICATIONS, INTEGRATION, "social_assistance"]
BELOW = ["", "change/", "transfer/", "answer/", "customer/", "attachments.zip", "attachments/{0}/"]


@pytest.mark.parametrize("who", QUEUES, ids=lambda who: who.__name__)
def test_each_address_with_each_municipality_is_open_or_refused(
    who: Callable[[], SessionStore],
) -> None:
    client = client_of(who())
    for purpose, place in product(PURPOSES, PLACES):
        address = f"/notifications/{purpose}/{place}/"
        is_open = (purpose, place) in QUEUES[who]
        assert client.get(address).status_code == (200 if is_open else 403), address
        assert client.get(f"{address}news/").status_code == (204 if is_open else 403)
        assert client.post(f"{address}many/").status_code == (302 if is_open else 403)


@pytest.mark.parametrize("who", QUEUES, ids=lambda who: who.__name__)
def test_a_notification_is_reached_through_no_address_but_its_receivers_own(
    who: Callable[[], SessionStore],
) -> None:
    of_county = notify(person := eino())
    of_both = notify(person, "immigrant", "536")
    document = attach(of_county)
    owned: dict[tuple[int, str, str], set[object]] = {
        (handling(of_county).pk, NOTIFICATIONS, "837"): {county},
        (handling(of_both, municipality="536").pk, INTEGRATION, "536"): {county},
        (handling(of_both, Receiver.MUNICIPALITY, "536").pk, INTEGRATION, "536"): {in_nokia},
    }
    client, turn = client_of(who()), cycle(BELOW)
    for (pk, *right), purpose, place in product(owned, PURPOSES, PLACES[:4]):
        address = f"/notifications/{purpose}/{place}/{pk}/"
        if [purpose, place] == right and who in owned[pk, purpose, place]:
            assert client.get(address).status_code == 200
            continue
        for page in {"", next(turn)}:
            path = address + page.format(document)
            takes_forms = page.endswith("/") and "attach" not in page
            refused = {403, 404, 405} if takes_forms else {403, 404}
            assert client.get(path).status_code in refused, path
            assert not takes_forms or client.post(path).status_code in {403, 404}, path
