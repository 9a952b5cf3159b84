"""Whose organisation's agreement is under way: its own pages by an office, and nothing else."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from audit.pseudonyms import subject_of
from authorizations.offices import offices_of
from authorizations.refusals import Reason, Refused
from authorizations.session_store import SessionStore
from organisations.models import Agreement, Contact, Organisation
from tests.acting import client_of, entries, official, organisation, owning, right_of
from tests.agreeing import agreements_of
from tests.harness import TODAY

KESKI_SUOMI = "9900109-6"  # its first agreement has been sent
AUTHORIZER = "080490-905T"
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
LAST_YEAR = date(TODAY.year - 1, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def store() -> SessionStore:
    return official(KESKI_SUOMI, subject=subject_of(AUTHORIZER), by_role=True)


@pytest.fixture
def client(store: SessionStore) -> Client:
    return client_of(store)


def change_agreement(**changed: object) -> None:
    with owning():
        agreements_of(KESKI_SUOMI).update(**changed)


def change_contact(**changed: object) -> None:
    with owning():
        contacts = Contact.objects.using("owner").filter(subject=subject_of(AUTHORIZER))
        contacts.update(**changed)


def refusal(store: SessionStore) -> Reason:
    with pytest.raises(Refused) as raised:
        right_of(store)
    return raised.value.reason


def test_an_office_is_found_and_named(store: SessionStore) -> None:
    right = right_of(store)
    assert right.commissioning is not None
    assert right.commissioning.business_id == KESKI_SUOMI
    assert right.own_organisation is right.commissioning
    assert right.organisation_name == "Keski-Suomen hyvinvointialue"
    assert right.roles == ("authorizer",)


def test_one_statement_finds_it(
    store: SessionStore, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        right_of(store)


def test_it_opens_no_purpose_and_acts_for_no_organisation(store: SessionStore) -> None:
    right = right_of(store)
    assert (right.organisation, right.purposes, right.mandates) == (None, (), ())
    with pytest.raises(Refused):
        _ = right.acting_for


def test_its_login_is_offered(store: SessionStore) -> None:
    [office] = offices_of(subject_of(AUTHORIZER))
    assert office.organisation.business_id == KESKI_SUOMI


def test_its_start_page_is_the_agreement_of_its_own(client: Client) -> None:
    assert client.get("/home/")["Location"] == "/agreement/"
    page = client.get("/agreement/", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert "Keski-Suomen hyvinvointialue" in page.content.decode()
    assert client.post("/session/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/start/", "/rights/mine/", "/access-review/", "/access-review.csv", "/kela/"]
)
def test_every_other_page_is_closed_and_says_that_the_agreement_is_not_in_force(
    client: Client, path: str
) -> None:
    assert client.get(path).status_code == 403
    [entry] = entries(KESKI_SUOMI)
    assert entry.details == {"reason": "no_agreement", "part": "agreement"}
    assert entry.agreement == agreements_of(KESKI_SUOMI).get().number


def test_the_refusal_says_what_is_open_until_then(client: Client) -> None:
    client.cookies["kelmu-language"] = "en"
    page = client.get("/start/").content.decode()
    assert "This page opens when the agreement is in force." in page
    assert "Until then the pages of your own organisation are open to you." in page


def test_its_header_leads_to_open_pages_alone(client: Client) -> None:
    page = client.get("/agreement/").content.decode()
    assert 'href="/agreement/"' in page
    assert 'href="/rights/mine/"' not in page
    assert 'href="/access-review/"' not in page


def test_a_mandate_opens_nothing_before_the_day_of_use() -> None:
    assert refusal(official(KESKI_SUOMI)) is Reason.NO_AGREEMENT
    assert refusal(official(KESKI_SUOMI, subject=subject_of(AUTHORIZER))) is Reason.NO_AGREEMENT


@pytest.mark.parametrize("step", Agreement.Step)
def test_it_begins_when_the_agreement_has_been_sent(
    store: SessionStore, step: Agreement.Step
) -> None:
    change_agreement(step=step, end_reason="By mistake." if step == "given_up" else "")
    if step in {Agreement.Step.RIGHT_EXAMINED, Agreement.Step.DRAFT, Agreement.Step.GIVEN_UP}:
        assert refusal(store) is Reason.NO_AGREEMENT
        assert offices_of(subject_of(AUTHORIZER)) == []
    else:
        assert right_of(store).commissioning
        assert offices_of(subject_of(AUTHORIZER))


@pytest.mark.parametrize(
    ("first", "end", "opens"),
    [
        (TOMORROW, None, "own pages"),
        (TODAY, None, "everything"),
        (LAST_YEAR, TOMORROW, "everything"),
        (LAST_YEAR, TODAY, "nothing"),
    ],
)
def test_it_ends_on_the_day_of_use_and_does_not_come_back(
    store: SessionStore, first: date, end: date | None, opens: str
) -> None:
    change_agreement(
        step=Agreement.Step.SIGNED_BY_KELA,
        signed_on=LAST_YEAR,
        validity=DateRange(first, end),
        end_reason="",
    )
    with owning():
        agreements_of(KESKI_SUOMI).get().versions.using("owner").update(
            validity=DateRange(LAST_YEAR, None)
        )
    if opens == "nothing":
        assert refusal(store) is Reason.NO_AGREEMENT
        assert offices_of(subject_of(AUTHORIZER)) == []
    else:
        right = right_of(store)
        assert (right.organisation is not None) is (opens == "everything")
        assert (right.commissioning is not None) is (opens == "own pages")


def test_another_agreement_under_way_narrows_nothing_that_is_in_force(store: SessionStore) -> None:
    change_agreement(
        step=Agreement.Step.SIGNED_BY_KELA, signed_on=LAST_YEAR, validity=DateRange(LAST_YEAR, None)
    )
    with owning():
        agreements_of(KESKI_SUOMI).get().versions.using("owner").update(
            validity=DateRange(LAST_YEAR, None)
        )
        Agreement.objects.using("owner").create(
            organisation_id=organisation(KESKI_SUOMI).pk, number="NEXT", step=Agreement.Step.SENT
        )
    right = right_of(store)
    assert (right.organisation is not None, right.commissioning) == (True, None)


@pytest.mark.parametrize(
    "validity",
    [DateRange(LAST_YEAR, TODAY), DateRange(TOMORROW, None)],
    ids=["ended", "to come"],
)
def test_a_contact_holds_on_its_own_days(store: SessionStore, validity: DateRange) -> None:
    change_contact(validity=validity)
    assert refusal(store) is Reason.ROLE_ENDED
    assert offices_of(subject_of(AUTHORIZER)) == []


def test_somebody_proposed_and_not_accepted_does_not_come_in(store: SessionStore) -> None:
    with owning():
        contacts = Contact.objects.using("owner").filter(subject=subject_of(AUTHORIZER))
        contact = contacts.get()
        contact.pk, contact.decision, contact.validity = None, "", None
        contact.decided_by = contact.decided_at = None
        contact.subject_id = newcomer = subject_of("010190-902S")
        contact.save(using="owner")
    assert refusal(official(KESKI_SUOMI, subject=newcomer, by_role=True)) is Reason.ROLE_ENDED
    assert offices_of(newcomer) == []


def test_somebody_else_does_not_borrow_it() -> None:
    store = official(KESKI_SUOMI, subject=uuid4(), by_role=True)
    assert refusal(store) is Reason.ROLE_ENDED


@pytest.mark.parametrize(
    ("validity", "opens"),
    [(DateRange(LAST_YEAR, TODAY), False), (DateRange(TOMORROW, None), True)],
    ids=["ended", "to begin"],
)
def test_an_organisation_may_prepare_before_it_begins_and_not_after_it_ended(
    store: SessionStore, validity: DateRange, opens: bool
) -> None:
    with owning():
        Organisation.objects.using("owner").filter(business_id=KESKI_SUOMI).update(
            validity=validity
        )
    if opens:
        assert right_of(store).commissioning
    else:
        assert refusal(store) is Reason.NO_AGREEMENT
