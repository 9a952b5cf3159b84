"""The search: what it finds, what it refuses, and the row that it writes each time."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from audit.pseudonyms import subject_of
from authorizations import rulebook
from authorizations.rulebook import Mandate, OrganisationType
from authorizations.session_store import SessionStore
from customers import kept_search, municipal, queries
from customers.models import IdentityCode, Opening
from tests.acting import (
    CUSTOMER,
    OFFICIAL,
    TAMPERE,
    client_of,
    customer,
    entries,
    kela_admin,
    make_older,
    official,
    owning,
    right_of,
    row_of,
)
from tests.agreeing import agree_otherwise
from tests.customers.searching import acts, last_entry, look_up, opening_at, search
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
NOBODY = "010190-902S"


@pytest.mark.parametrize("organisation_type", OrganisationType)
def test_every_purpose_that_the_law_opens_can_be_chosen(
    organisation_type: OrganisationType,
) -> None:
    opened = rulebook.load().rights(organisation_type, Mandate, TODAY).purposes
    right = replace(right_of(official()), purposes=opened)
    offered = {*queries.searchable(opened), *municipal.purposes(right)}
    assert offered == set(opened)


def test_late_anchors_stop_no_search_unless_a_setting_says_so(
    client: Client, settings: Settings
) -> None:
    customer()
    settings.LOG_ANCHOR_MAX_AGE = timedelta(seconds=-1)
    assert search(client).status_code == 302
    settings.LOG_STOPS_SEARCHES = True
    answer = search(client)
    assert (answer.status_code, last_entry().details["reason"]) == (503, "log_not_anchored")
    settings.LOG_ANCHOR_MAX_AGE = timedelta(days=1)
    assert search(client).status_code == 302


def test_a_hit_opens_the_customer_under_an_address_that_says_nothing(client: Client) -> None:
    found = customer()
    address = look_up(client)
    opening = opening_at(address)
    assert (opening.customer_id, opening.purpose) == (found, "other_benefits")
    assert str(found) not in address
    assert CUSTOMER not in address


def test_a_hit_is_one_row_that_says_why(client: Client, store: SessionStore) -> None:
    found = customer()
    opening = opening_at(look_up(client, case_reference="SOS-2026/17"))
    [entry] = entries()
    right, purpose = right_of(store), right_of(store).purpose("other_benefits")
    assert (entry.act, entry.outcome, entry.channel) == ("open", "permitted", "browser")
    assert (entry.customer, entry.opening, entry.id) == (found, opening.pk, opening.entry_id)
    assert (entry.actor, entry.session_id) == (subject_of(OFFICIAL), row_of(store).id)
    assert (entry.organisation_id, entry.office) == (right.acting_for.id, "mandate")
    assert (entry.agreement, entry.purpose) == (right.acting_for.agreement, "other_benefits")
    assert entry.mandates == ["benefits_and_payment_demands"]
    assert entry.laws == [law.citation.fi for law in purpose.law]
    assert entry.laws
    assert entry.data_groups == list(purpose.data_groups)
    assert entry.look_back_from == TODAY.replace(year=2023)
    assert (entry.rule_date, entry.rulebook) == (TODAY, rulebook.load().digest)
    assert entry.case_reference == "SOS-2026/17"
    assert entry.request_id


def test_a_miss_is_written_with_the_person_searched_for(client: Client) -> None:
    answer = search(client, NOBODY)
    assert answer.status_code == 200
    assert NOBODY in answer.content.decode()  # what was typed stays in its field
    [entry] = entries()
    assert (entry.act, entry.outcome) == ("search", "not_found")
    assert entry.customer == subject_of(NOBODY)
    assert not Opening.objects.exists()


def change_code(subject: UUID, old: str, new: str) -> None:
    """Give a customer a new identity code."""
    with owning():
        codes = IdentityCode.objects.using("owner")
        codes.filter(code=old).update(is_current=False)
        batch = codes.get(code=old).batch_id
        codes.create(code=new, customer_id=subject, is_current=True, batch_id=batch)


def test_a_past_code_finds_the_customer_and_says_only_that_another_is_in_force(
    client: Client,
) -> None:
    found = customer()
    change_code(found, CUSTOMER, NOBODY)
    address = look_up(client, CUSTOMER)
    page = client.get(address).content.decode()
    assert "Voimassa on toinen henkilötunnus kuin se, jolla haettiin" in page
    assert NOBODY in page
    assert CUSTOMER not in page
    assert last_entry().customer == found


def test_a_code_in_force_does_not_tell_that_there_was_another(client: Client) -> None:
    change_code(customer(), CUSTOMER, NOBODY)
    page = client.get(look_up(client, NOBODY)).content.decode()
    assert "toinen henkilötunnus" not in page
    assert CUSTOMER not in page


def told_of(client: Client, code: str) -> str:
    """The answer to a search, without the code and what guards the form."""
    page = search(client, code).content.decode().replace(code, "")
    return re.sub('csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_under_non_disclosure_a_past_code_finds_nobody(client: Client) -> None:
    found = customer(protected=True)
    change_code(found, CUSTOMER, NOBODY)
    assert told_of(client, CUSTOMER) == told_of(client, "081099-9436")
    assert not Opening.objects.exists()
    assert acts() == [("search", "not_found"), ("search", "not_found")]
    assert client.get(look_up(client, NOBODY)).status_code == 200


def test_a_search_by_a_past_code_under_non_disclosure_is_an_act_on_the_person(
    client: Client,
) -> None:
    found = customer(protected=True)
    change_code(found, CUSTOMER, NOBODY)
    search(client, CUSTOMER)
    assert last_entry().customer == found  # so that the customer's own report tells of it


def test_ones_own_past_code_opens_nothing_either(client: Client) -> None:
    change_code(customer(OFFICIAL), OFFICIAL, NOBODY)
    assert search(client, OFFICIAL).status_code == 403
    assert last_entry().details == {"reason": "own_data", "part": "own_data"}


def test_nobody_looks_at_their_own_data(client: Client) -> None:
    own = customer(OFFICIAL)
    answer = search(client, OFFICIAL)
    assert answer.status_code == 403
    assert not Opening.objects.exists()
    assert acts() == [("refusal", "refused")]
    assert last_entry().customer == own
    assert last_entry().details == {"reason": "own_data", "part": "own_data"}


@pytest.mark.parametrize(
    "purpose", ["", "typ_service", "social_assistance_notifications", "unheard_of"]
)
def test_a_purpose_that_is_not_open_finds_nobody(client: Client, purpose: str) -> None:
    customer()
    answer = search(client, purpose=purpose)
    assert answer.status_code == 422
    assert (entries(), Opening.objects.count()) == ([], 0)


def test_another_organisation_type_opens_another_purpose() -> None:
    customer()
    client = client_of(official(TAMPERE))
    assert search(client).status_code == 422
    assert look_up(client, purpose="integration_benefits")


def test_somebody_who_acts_by_role_cannot_search() -> None:
    customer()
    client = client_of(official(subject=subject_of("170868-9664"), by_role=True))
    assert search(client).status_code == 403
    assert acts() == [("refusal", "refused")]


def test_kela_cannot_search_here() -> None:
    assert search(client_of(kela_admin("service_desk"))).status_code == 403


def test_an_ended_session_is_sent_to_the_front_page(client: Client, store: SessionStore) -> None:
    customer()
    make_older(store, timedelta(minutes=31))
    assert search(client)["Location"] == "/?ended"
    assert client.post("/start/", {}, headers={"hx-request": "true"})["HX-Redirect"] == "/?ended"


def test_old_mandates_are_read_again_before_a_search() -> None:
    customer()
    read_at = timezone.now() - timedelta(minutes=121)
    answer = search(client_of(official(read_at=read_at)))
    assert answer.status_code in {302, 503}  # on to Suomi.fi, if it answers where this runs
    assert not answer.get("Location", "").startswith("/customers/")
    assert (Opening.objects.count(), "open" in {entry.act for entry in entries()}) == (0, False)


def test_old_mandates_do_not_close_what_is_open(client: Client, store: SessionStore) -> None:
    customer()
    address = look_up(client)
    row = type(row_of(store)).objects.filter(pk=row_of(store).pk)
    row.update(mandates_read_at=timezone.now() - timedelta(hours=3))
    assert client.get(address).status_code == 200


def test_a_search_kept_over_a_renewed_login_comes_back_once(
    client: Client, store: SessionStore
) -> None:
    kept_search.keep(store, {"purpose": "other_benefits", "hetu": CUSTOMER, "case_reference": ""})
    store.save()
    assert CUSTOMER in client.get("/start/").content.decode()
    assert CUSTOMER not in client.get("/start/").content.decode()


def test_a_search_is_kept_for_ten_minutes(
    client: Client, store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        then = timezone.now() - timedelta(minutes=11)
        earlier.setattr(timezone, "now", lambda: then)
        kept_search.keep(store, {"purpose": "other_benefits", "hetu": CUSTOMER})
    store.save()
    assert CUSTOMER not in client.get("/start/").content.decode()


def test_the_agreement_can_demand_a_case_reference(client: Client) -> None:
    customer()
    agree_otherwise(requires_case_reference=True)
    assert search(client).status_code == 422
    assert look_up(client, case_reference="17")


def test_searches_keep_a_human_pace(client: Client, settings: Settings) -> None:
    settings.SEARCH_PACE = [(2, timedelta(minutes=5))]
    customer()
    look_up(client)
    search(client, NOBODY)
    answer = search(client)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 300
    assert acts() == [("open", "permitted"), ("search", "not_found"), ("refusal", "refused")]
