"""An opened customer: whose page it is, and which row of the log each page belongs to."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone

from audit.services import act_for
from authorizations.models import Session
from authorizations.rulebook import Mandate
from authorizations.session_store import SessionStore
from customers.models import Customer, Opening
from organisations.models import AgreedPurpose
from tests.acting import (
    HELSINKI,
    OFFICIAL,
    POHJANMAA,
    TAMPERE,
    client_of,
    customer,
    entries,
    official,
    organisation,
    owning,
    row_of,
)
from tests.customers.searching import acts, last_entry, look_up, opening_at
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
PERMITTED_OPEN, PERMITTED_VIEW = ("open", "permitted"), ("view", "permitted")
REFUSAL = ("refusal", "refused")


@pytest.fixture
def address(client: Client) -> str:
    """A customer that was just opened."""
    customer()
    return look_up(client)


def test_the_first_page_belongs_to_the_search_and_each_later_one_is_an_act(
    client: Client, address: str
) -> None:
    for _ in range(3):
        assert client.get(address).status_code == 200
    assert acts() == [PERMITTED_OPEN, PERMITTED_VIEW, PERMITTED_VIEW]


def test_a_later_page_says_what_the_search_said(client: Client, address: str) -> None:
    client.get(address)
    client.get(address)
    opened, viewed = entries()
    same = ["customer", "opening", "organisation_id", "purpose", "laws", "mandates", "agreement"]
    assert [getattr(viewed, name) for name in same] == [getattr(opened, name) for name in same]
    assert viewed.details == {"tab": "benefits"}
    assert viewed.id != opened.id


def test_a_first_page_after_a_minute_is_an_act_of_its_own(client: Client, address: str) -> None:
    opened_at = timezone.now() - timedelta(seconds=61)
    Opening.objects.filter(pk=opening_at(address).pk).update(opened_at=opened_at)
    client.get(address)
    assert acts() == [PERMITTED_OPEN, PERMITTED_VIEW]


def another_session(address: str) -> SessionStore:
    return official()


def another_person(address: str) -> SessionStore:
    store = official(subject=customer("010190-902S"))
    take_over(store, address)
    return store


def another_organisation(address: str) -> SessionStore:
    store = official(POHJANMAA)
    take_over(store, address)
    return store


def take_over(store: SessionStore, address: str) -> None:
    """Let a session have the id of the one that opened the address."""
    session_id = opening_at(address).session_id
    Session.objects.filter(id=session_id).update(id=uuid4())
    Session.objects.filter(pk=row_of(store).pk).update(id=session_id)


@pytest.mark.parametrize("stranger", [another_session, another_person, another_organisation])
@pytest.mark.parametrize("path", ["", "../close/", "../purpose/"])
def test_it_is_not_there_for(
    address: str, stranger: Callable[[str], SessionStore], path: str
) -> None:
    client = client_of(stranger(address))
    target = f"{address}{path}".replace("benefits/../", "")
    answer = client.post(target, {"purpose": "other_benefits"}) if path else client.get(target)
    assert answer.status_code == 404
    assert b"Esimerkki" not in answer.content
    business_id = POHJANMAA if stranger is another_organisation else None
    written = entries(business_id) if business_id else entries()
    assert (written[-1].act, written[-1].details["reason"]) == ("refusal", "not_your_page")


def test_an_address_that_nobody_opened_is_not_there(client: Client) -> None:
    answer = client.get(f"/customers/{uuid4()}/benefits/")
    assert answer.status_code == 404
    assert acts() == [REFUSAL]


def test_a_closed_customer_is_not_there(client: Client, address: str) -> None:
    assert client.post(address.replace("benefits", "close"))["Location"] == "/start/"
    assert client.get(address).status_code == 404
    assert acts() == [PERMITTED_OPEN, REFUSAL]


def test_a_purpose_that_ends_closes_its_pages(client: Client, address: str) -> None:
    with owning():
        AgreedPurpose.objects.using("owner").filter(
            purpose="other_benefits", validity__contains=TODAY
        ).update(validity=DateRange(TODAY - timedelta(days=9), TODAY))
    answer = client.get(address)
    assert answer.status_code == 403
    assert b"Esimerkki" not in answer.content
    assert last_entry().details == {"reason": "purpose_not_open", "part": "agreement"}


def test_losing_the_mandate_closes_its_pages(
    client: Client, address: str, store: SessionStore
) -> None:
    Session.objects.filter(pk=row_of(store).pk).update(mandates=[Mandate.FRONT_VETERANS_SUPPLEMENT])
    assert client.get(address).status_code == 403


def test_another_purpose_is_another_act_on_the_same_customer() -> None:
    found = customer()
    client = client_of(official(HELSINKI))
    first = look_up(client)
    answer = client.post(
        first.replace("benefits/", "purpose/"), {"purpose": "integration_benefits"}
    )
    second = answer["Location"]
    assert client.get(second).status_code == client.get(first).status_code == 200
    opened = [entry for entry in entries(HELSINKI) if entry.act == "open"]
    assert [(entry.purpose, entry.customer) for entry in opened] == [
        ("other_benefits", found),
        ("integration_benefits", found),
    ]
    assert opened[0].opening != opened[1].opening


def test_what_a_past_code_opened_closes_when_the_customer_comes_under_non_disclosure() -> None:
    subject = customer()
    client = client_of(official())
    by_present, by_past = look_up(client), look_up(client)
    Opening.objects.filter(pk=opening_at(by_past).pk).update(by_past_code=True)
    assert client.get(by_past).status_code == 200
    with owning():
        Customer.objects.using("owner").filter(pk=subject).update(protected=True)
    assert client.get(by_past).status_code == 404
    assert client.get(by_present).status_code == 200


def test_a_past_code_is_told_under_another_purpose_too() -> None:
    customer()
    client = client_of(official(HELSINKI))
    first = look_up(client)
    Opening.objects.filter(pk=opening_at(first).pk).update(by_past_code=True)
    answer = client.post(
        first.replace("benefits/", "purpose/"), {"purpose": "integration_benefits"}
    )
    assert opening_at(answer["Location"]).by_past_code


@pytest.mark.parametrize(
    "purpose", ["typ_service", "social_assistance_notifications", "", "unheard_of"]
)
def test_another_purpose_that_shows_nobody_is_refused(
    client: Client, address: str, purpose: str
) -> None:
    answer = client.post(address.replace("benefits/", "purpose/"), {"purpose": purpose})
    assert answer.status_code == 403
    assert acts() == [PERMITTED_OPEN, REFUSAL]
    assert last_entry().details["reason"] == "purpose_not_open"


def test_openings_of_another_organisation_are_not_seen_even_if_a_query_forgets(
    address: str,
) -> None:
    act_for(organisation(TAMPERE).pk)
    assert not Opening.objects.exists()


def test_an_opening_cannot_be_made_for_another_organisation(address: str) -> None:
    opening = opening_at(address)
    act_for(organisation(TAMPERE).pk)
    opening.pk = uuid4()
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        opening.save(force_insert=True)


def test_a_page_does_not_come_before_its_opening(address: str) -> None:
    opening = Opening.objects.filter(pk=opening_at(address).pk)
    with pytest.raises(IntegrityError, match="a_page_follows"), transaction.atomic():
        opening.update(first_page_at=timezone.now() - timedelta(days=1))


@pytest.mark.parametrize("table", ["customers_customer", "customers_identitycode"])
def test_the_application_only_reads_customers(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%(table)s, 'INSERT, UPDATE, DELETE, TRUNCATE')",
            {"table": table},
        )
        assert cursor.fetchone() == (False,)


def test_an_official_who_is_a_customer_too_is_one_person() -> None:
    assert customer(OFFICIAL) == row_of(official()).subject
