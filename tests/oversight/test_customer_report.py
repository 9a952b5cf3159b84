"""The report for a customer of who has looked: row by row what the log has, and no employee."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection

from audit.models import ActKind, Entry
from authorizations import door
from authorizations.rulebook import Mandate
from tests.acting import (
    CUSTOMER,
    PIRKANMAA,
    POHJANMAA,
    client_of,
    customer,
    kela_admin,
    official,
    right_of,
)
from tests.oversight.watching import (
    REASON,
    Overseer,
    Supervisor,
    cells,
    latest,
    opened,
    written,
)

pytestmark = pytest.mark.django_db
ANOTHER = "081099-9436"


@pytest.fixture
def desk() -> Overseer:
    return Overseer("service_desk")


def asked(desk: Overseer, hetu: str = CUSTOMER) -> str:
    return desk.post("/kela/customer-report/", 302, reason=REASON, hetu=hetu)


def rows_about(subject: UUID) -> list[Entry]:
    """All rows of the log that concern somebody, as the owner sees them, newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE kelmu_owner")
        found = list(
            Entry.objects.raw(
                "SELECT e.* FROM audit_entry e WHERE customer = %s OR EXISTS ("
                "SELECT FROM audit_entry_person p WHERE p.entry_id = e.id AND p.subject = %s)"
                " ORDER BY at DESC",
                [subject, subject],
            )
        )
        cursor.execute("SET LOCAL ROLE kelmu_app")
    return found


def on_a_list(*subjects: UUID) -> None:
    """Somebody of Pirkanmaa looks at a list of these persons."""
    right = right_of(official(PIRKANMAA, Mandate.SOCIAL_ASSISTANCE_CUSTOMERS))
    purpose = right.purpose("social_assistance_notifications")
    door.write_list_act(ActKind.VIEW_QUEUE, right, purpose, subjects, municipality="837")


def test_it_agrees_with_the_log_row_by_row(desk: Overseer) -> None:
    subject, other = customer(), customer(ANOTHER)
    opened()
    opened(at=POHJANMAA)
    opened(ANOTHER)
    on_a_list(subject, other)
    on_a_list(other)
    client_of(official(subject=subject)).post(
        "/start/", {"purpose": "other_benefits", "hetu": CUSTOMER}
    )
    Supervisor().post("/oversight/customer/", hetu=CUSTOMER)
    written(datetime(2026, 10, 5, tzinfo=UTC), customer=str(subject), act="print")
    page = desk.get(asked(desk))
    rows = rows_about(subject)
    assert len(rows) == 6
    assert cells(page, "What was done") == [
        "Made a report for a customer of who has looked",
        "Was refused (in their own matter, refused: nothing was shown)",
        "Looked at a queue of notifications (you stood on a list)",
        "Opened a customer",
        "Opened a customer",
        "Printed a customer’s page",
    ]
    assert cells(page, "Organisation")[-2:] == [
        "Pirkanmaan hyvinvointialue",
        "Pirkanmaan hyvinvointialue",
    ]
    assert cells(page, "Purpose of use")[-6:] == [
        "–",
        "Other benefits",
        "Social assistance notifications",
        "Other benefits",
        "Other benefits",
        "Other benefits",
    ]


def test_it_tells_the_law_and_the_data_that_could_be_seen(desk: Overseer) -> None:
    customer()
    opened()
    page = desk.get(asked(desk)).replace("\xa0", " ")
    assert "703/2023" in cells(page, "Law")[1]
    assert cells(page, "Data that could be seen")[1].endswith(", since 20.11.2023")


def test_it_names_no_employee_and_no_clock_time(desk: Overseer) -> None:
    customer()
    opened()
    page = desk.get(asked(desk))
    main = page.split("<main")[1].split('class="printed"')[0]
    assert "Aino" not in main
    assert " at " not in main.split("<table")[2]


def test_whoever_of_kela_looked_is_kela(desk: Overseer) -> None:
    customer()
    leads_to = asked(desk)
    desk.get(leads_to)
    assert '<th scope="row" role="rowheader"> Kela </th>' in desk.get(leads_to)


@pytest.mark.parametrize(
    ("language", "told"),
    [("fi", "Avasi asiakkaan"), ("sv", "Öppnade en kund"), ("en", "Opened a customer")],
)
def test_it_speaks_the_customers_language(desk: Overseer, language: str, told: str) -> None:
    customer()
    opened()
    page = desk.get(f"{asked(desk)}?lang={language}")
    assert told in page
    assert f"?lang={language}&amp;print=1" in page


def test_asking_and_printing_are_rows_of_the_log_with_the_reason(desk: Overseer) -> None:
    subject = customer()
    leads_to = asked(desk)
    assert CUSTOMER not in leads_to
    desk.get(leads_to)
    assert "data-print" in desk.get(f"{leads_to}?print=1")
    printed, shown = rows_about(subject)
    assert shown.act == printed.act == ActKind.REPORT_TO_CUSTOMER
    assert shown.details == {"reason": REASON}
    assert printed.details == {"reason": REASON, "print": True}
    assert shown.customer is None  # it is no use of Kelmu on a customer


def test_without_that_row_the_database_tells_nothing(desk: Overseer) -> None:
    subject = customer()
    opened()
    theirs = latest(ActKind.OPEN).id
    right = right_of(kela_admin("oversight"))
    by_others = door.write_office_act(
        right, ActKind.REPORT_TO_CUSTOMER, None, [subject], reason=REASON
    )
    with connection.cursor() as cursor:
        for entry in (theirs, by_others):
            cursor.execute("SELECT * FROM oversight_of_customer(%s)", [entry])
            assert cursor.fetchall() == []


def test_what_is_missing_or_wrong_is_told(desk: Overseer) -> None:
    page = desk.post("/kela/customer-report/", 422, reason="", hetu="131052-9086")
    assert "Say why you look." in page
    assert "The last character does not match" in page
    assert "131052-9086" in page


def test_a_customer_of_whom_the_log_has_nothing_gets_that_answer(desk: Overseer) -> None:
    page = desk.get(asked(desk, ANOTHER))
    assert "Nobody whom Kela knows by the identity code" in page
    assert cells(page, "What was done") == ["Made a report for a customer of who has looked"]


def test_nobody_else_makes_it() -> None:
    for session in [kela_admin("oversight", "preparing"), official()]:
        assert client_of(session).get("/kela/customer-report/").status_code == 403
