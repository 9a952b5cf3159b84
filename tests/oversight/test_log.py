"""The log as a supervisor reads it: search, one act in full, files. Each reading is logged."""

import io
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import connection
from django.utils import translation

from audit.models import ActKind, EntryPerson, Shown
from audit.pseudonyms import subject_of
from audit.words import ACTS
from oversight.log import details
from tests.acting import CUSTOMER, POHJANMAA, client_of, customer, entries, official
from tests.oversight.watching import (
    SUPERVISOR,
    Overseer,
    Supervisor,
    address,
    cells,
    in_october,
    known,
    latest,
    opened,
    written,
)
from tests.technical_interface.calling import BENEFITS, System, registered

pytestmark = pytest.mark.django_db
NOBODY = "010190-902S"


@pytest.fixture
def supervisor() -> Supervisor:
    return Supervisor()


def acts_on(page: str) -> list[str]:
    return cells(page, "Act")


def test_the_log_tells_who_did_what_for_which_purpose(supervisor: Supervisor) -> None:
    customer()
    opened(case_reference="SOS-7")
    page = supervisor.get("/oversight/log/")
    assert acts_on(page) == ["Searched the log", "Opened a customer"]
    assert cells(page, "Person")[1] == "Aino Virkailija"
    assert cells(page, "Purpose of use")[1] == "Other benefits"
    assert cells(page, "Case reference")[1] == "SOS-7"


def test_a_search_is_planned_for_what_it_asks_for(supervisor: Supervisor) -> None:
    for _ in range(8):
        supervisor.get("/oversight/log/?act=refusal")
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        prepared = [statement for (statement,) in cursor.fetchall()]
    assert [one for one in prepared if "authorizations_right" in one]
    assert not [one for one in prepared if "audit_entry" in one and "ORDER BY" in one]


def test_the_calls_of_a_user_in_another_system_are_found(supervisor: Supervisor) -> None:
    customer()
    registered()
    system = System().enter("other_benefits", "payment_demands")
    for user in ("u-1", "u-2"):
        system.post(BENEFITS, {"hetu": CUSTOMER}, Kelmu_End_User=user)
    page = supervisor.get("/oversight/log/?end_user=u-1")
    assert cells(page, "Person") == ["u-1, in the organisation’s own system"]
    assert acts_on(page) == ["Opened a customer"]
    assert "Leave the personal identity code out." in supervisor.get(
        f"/oversight/log/?end_user={CUSTOMER}", 422
    )
    act = supervisor.get(address(latest(ActKind.OPEN)))
    assert "the agreement, by the technical interface" in act
    token = supervisor.get(address(latest(ActKind.ENTER_INTERFACE)))
    assert "What the token opens" in token
    assert "Other benefits, Payment demands" in token


def test_the_list_names_no_customer(supervisor: Supervisor) -> None:
    customer()
    opened()
    assert "Esimerkki" not in supervisor.get("/oversight/log/")


def test_nothing_of_another_organisation_is_in_it(supervisor: Supervisor) -> None:
    customer()
    opened(at=POHJANMAA)
    theirs = latest(ActKind.OPEN, POHJANMAA)
    assert "Opened a customer" not in acts_on(supervisor.get("/oversight/log/"))
    supervisor.get(address(theirs), 404)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("act=open", {"Opened a customer"}),
        ("outcome=not_found", {"Searched for a customer"}),
        ("outcome=refused", {"Was refused"}),
        ("purpose=social_assistance", {"Opened a customer"}),
        ("purpose=typ_service", set()),
        ("since=2000-01-01&until=2000-12-31", set()),
    ],
)
def test_it_is_narrowed_by_what_the_address_says(
    supervisor: Supervisor, asked: str, found: set[str]
) -> None:
    customer()
    opened(purpose="social_assistance")
    opened(NOBODY)
    client_of(official()).get("/agreement/")
    assert set(acts_on(supervisor.get(f"/oversight/log/?{asked}"))) == found


def test_it_is_narrowed_to_one_person(supervisor: Supervisor) -> None:
    customer()
    opened()
    other = known("211190-933R", "Eetu Etuuskäsittelijä")
    written(datetime(2026, 10, 5, tzinfo=UTC), actor=other, act="print")
    number = re.search(r'value="(\d+)">Eetu', supervisor.get("/oversight/log/"))
    assert number
    page = supervisor.get(f"/oversight/log/?person={number[1]}")
    assert acts_on(page) == ["Printed a customer’s page"]


def test_the_reference_number_of_a_refusal_finds_its_row(supervisor: Supervisor) -> None:
    refused = client_of(official()).get("/agreement/?lang=en").content.decode()
    reference = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", refused)
    assert reference
    page = supervisor.get(f"/oversight/log/?reference={reference[0]}")
    assert acts_on(page) == ["Was refused"]
    page = supervisor.get(address(latest(ActKind.REFUSAL)))
    assert "This page belongs to another role." in page
    assert reference[0] in page


@pytest.mark.parametrize(
    "asked",
    [
        "since=tomorrow",
        "person=0",
        "act=dance",
        "reference=12",
        "before=x",
        "since=2026-02-02&until=2026-02-01",
    ],
)
def test_what_is_wrong_in_an_address_is_told(supervisor: Supervisor, asked: str) -> None:
    assert "Correct this before going on" in supervisor.get(f"/oversight/log/?{asked}", 422)


def test_pages_follow_each_other_without_gap_or_overlap(supervisor: Supervisor) -> None:
    first = datetime(2026, 10, 5, tzinfo=UTC)
    for number in range(60):  # two by two at the same moment
        written(first + timedelta(hours=number // 2), case_reference=f"C{number}")
    page, seen = supervisor.get("/oversight/log/?act=view"), []
    while True:
        seen += cells(page, "Case reference")
        older = re.search(r'href="([^"]+)" rel="next"', page)
        if older is None:
            break
        page = supervisor.get(older[1].replace("&amp;", "&"))
    assert len(seen) == 60
    assert len(set(seen)) == 60


class TestOfOneCustomer:
    def test_the_identity_code_is_posted_and_stands_in_no_address(
        self, supervisor: Supervisor
    ) -> None:
        customer()
        opened()
        opened(NOBODY)
        leads_to = supervisor.post("/oversight/customer/", hetu=CUSTOMER)
        assert CUSTOMER not in leads_to
        page = supervisor.get(leads_to)
        assert acts_on(page) == ["Searched the log", "Opened a customer"]
        assert "Esimerkki, Eino Olavi" in page

    def test_lists_on_which_the_customer_stands_are_found_too(self, supervisor: Supervisor) -> None:
        subject = customer()
        supervisor.get(supervisor.post("/oversight/customer/", hetu=CUSTOMER))
        found = supervisor.get(supervisor.post("/oversight/customer/", hetu=CUSTOMER))
        assert acts_on(found) == ["Searched the log", "Searched the log"]
        assert EntryPerson.objects.filter(subject=subject).count() == 2

    def test_a_search_that_found_nobody_is_found_by_its_code(self, supervisor: Supervisor) -> None:
        opened(NOBODY)
        page = supervisor.get(supervisor.post("/oversight/customer/", hetu=NOBODY))
        assert acts_on(page) == ["Searched the log", "Searched for a customer"]
        assert "Nobody whom Kela knows" in page

    def test_a_wrong_code_is_told(self, supervisor: Supervisor) -> None:
        page = supervisor.post("/oversight/customer/", 422, hetu="131052-9086")
        assert "The last character does not match" in page

    def test_it_belongs_to_the_session_that_asked(self, supervisor: Supervisor) -> None:
        customer()
        leads_to = supervisor.post("/oversight/customer/", hetu=CUSTOMER)
        assert "belongs to the session that made it" in Supervisor().get(leads_to, 404)


class TestOneAct:
    def test_it_says_why_without_a_manual(self, supervisor: Supervisor) -> None:
        customer()
        opened(case_reference="SOS-7")
        page = supervisor.get(address(latest(ActKind.OPEN)))
        for told in [
            "Opened a customer",
            "Aino Virkailija",
            "Mandate: Viewing benefit information",
            "Pirkanmaan hyvinvointialue",
            "KELMU-2023-9900100/1",
            "Other benefits",
            "703/2023",
            "Esimerkki, Eino Olavi",
            CUSTOMER,
            "Payments",
            "20.11.2023",
            "SOS-7",
            "permitted",
            "user interface",
        ]:
            assert told in page.replace("\xa0", " "), told

    def test_it_tells_how_much_was_shown_and_what_settles_which(
        self, supervisor: Supervisor
    ) -> None:
        customer()
        opened(follow=True)
        entry = latest(ActKind.OPEN)
        shown = Shown.objects.get(entry_id=entry.id)
        overseer = Overseer()
        log = overseer.get(overseer.inquire())
        of_kela = re.search(rf'href="(\S+/{entry.id}/[^"]*)"', log)
        assert of_kela
        for page in (supervisor.get(address(entry)), overseer.get(of_kela[1])):
            assert "Rows shown" in page
            assert bytes(shown.digest).hex() in page

    @pytest.mark.parametrize(
        ("name", "value", "words"),
        [
            ("municipality", "837", ("Municipality", "Tampere (837)")),
            ("municipality", "000", ("Municipality", "000")),
            ("listing", "front_veterans", ("List", "Recipients of front-veteran's supplement")),
            ("change", "handled", ("What was done", "marked as handled")),
            ("outcome", "needs_met", ("Outcome", "handled, the needs are met")),
            ("conclusion", "mistake", ("Finding", "A mistake: the user was instructed")),
            ("receivers", ["municipality"], ("Receivers", "municipality")),
            (
                "filters",
                {"benefit": "national_pension"},
                ("Narrowed to", "Benefit: National pension"),
            ),
            (
                "filters",
                {"act": "open", "outcome": "refused"},
                ("Narrowed to", "Act: Opened a customer, Outcome: refused"),
            ),
            ("is_on", True, ("Switched on", "yes")),
            ("dance", None, ("dance", "–")),
        ],
    )
    def test_what_it_tells_beside_is_in_words(
        self, name: str, value: object, words: tuple[str, str]
    ) -> None:
        with translation.override("en"):
            assert list(details.told({name: value, "reason": "told apart"})) == [words]

    def test_the_look_is_a_row_with_the_customer_behind_it(self, supervisor: Supervisor) -> None:
        subject = customer()
        opened()
        supervisor.get(address(latest(ActKind.OPEN)))
        look = latest(ActKind.VIEW_LOG_ENTRY)
        assert look.actor == subject_of(SUPERVISOR)
        assert look.office == "supervisor"
        assert EntryPerson.objects.get(entry_id=look.id).subject == subject

    def test_a_row_that_there_is_not_is_not_found(self, supervisor: Supervisor) -> None:
        supervisor.get(f"/oversight/log/1/{uuid4()}/", 404)
        supervisor.get(f"/oversight/log/{10**30}/{uuid4()}/", 404)


def test_each_reading_is_one_row_of_the_log(supervisor: Supervisor) -> None:
    supervisor.get("/oversight/log/?act=open")
    supervisor.get("/oversight/log.csv?act=open")
    viewing, download = entries()
    assert (viewing.act, download.act) == (ActKind.SEARCH_LOG, ActKind.DOWNLOAD_LOG)
    assert viewing.details == {"filters": {"act": "open"}}
    assert download.details == {"filters": {"act": "open"}, "format": "csv"}


def test_the_rows_can_be_taken_along(supervisor: Supervisor) -> None:
    in_october(2, case_reference="=1+1")
    asked = "act=view&lang=en"
    file = supervisor.client.get(f"/oversight/log.csv?{asked}").content.decode()
    assert file.startswith("\ufeffMoment;Person;Organisation;Act;")
    assert file.count(";'=1+1") == 2
    book = supervisor.client.get(f"/oversight/log.xlsx?{asked}").content
    sheet = ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 3
    assert "<f>" not in sheet
    supervisor.get("/oversight/log.pdf", 404)


def test_every_act_has_words() -> None:
    assert set(ACTS) == set(ActKind)


def test_who_has_no_such_office_reads_nothing() -> None:
    authorizer = official(subject=subject_of("170868-9664"), by_role=True)
    for session in [official(), authorizer]:
        assert client_of(session).get("/oversight/log/").status_code == 403


def test_a_supervisor_sees_no_benefits_by_it(supervisor: Supervisor) -> None:
    customer()
    assert supervisor.client.post("/start/", {"hetu": CUSTOMER}).status_code == 403
