"""What the database itself keeps of lists, whoever writes or reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from audit.services import act_for
from notifications.models import InvoiceRow, Publication
from tests.acting import HELSINKI, PIRKANMAA, POHJANMAA, TAMPERE, organisation, owning
from tests.notifications.listings.publishing import INVOICE, publish

pytestmark = pytest.mark.django_db


COLUMNS = """
    customer_id, paid_on, days, counted_days, share, benefit, kind, period, gross, amount
"""
ONE_MORE = f"""
    INSERT INTO notifications_invoicerow (batch_id, publication_id, number, {COLUMNS})
    SELECT batch_id, publication_id, 9, {COLUMNS} FROM notifications_invoicerow WHERE number = 1
"""  # noqa: S608 - nobody's input
ANOTHER_SUM = """
    INSERT INTO notifications_publication (batch_id, id, listing, municipality_id, period, version,
        published_on, rows, total, reason, is_complete, checksum)
    SELECT batch_id, 9, listing, municipality_id, period, 2, published_on, 1, 1, 'x', true, checksum
    FROM notifications_publication
"""


@pytest.fixture(autouse=True)
def _published(tmp_path: Path) -> Iterator[None]:
    publish(tmp_path, INVOICE)
    yield


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notifications_publication SET total = total + 1",
        "UPDATE notifications_publication SET is_complete = false, checksum = ''",
        "UPDATE notifications_invoicerow SET gross = 900, amount = 270 WHERE number = 1",
        "DELETE FROM notifications_invoicerow WHERE number = 1",
        ONE_MORE,
    ],
)
def test_not_even_the_owner_changes_a_published_list(statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"(does|do) not change"), owning():
        connection.cursor().execute(statement)


def test_a_list_that_does_not_add_up_is_never_complete() -> None:
    with pytest.raises(DatabaseError, match="not what it says"), owning():
        connection.cursor().execute(ANOTHER_SUM)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM notifications_invoicerow",
        "UPDATE notifications_publication SET is_complete = false",
        "UPDATE notifications_download SET user_name = 'x'",
        "DELETE FROM notifications_download",
    ],
)
def test_the_application_changes_nothing_of_lists_and_receipts(statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    ("business_id", "sees"),
    [(TAMPERE, True), (PIRKANMAA, True), (HELSINKI, False), (POHJANMAA, False)],
)
def test_no_organisation_reads_a_list_of_a_municipality_that_it_could_never_see(
    business_id: str, *, sees: bool
) -> None:
    act_for(organisation(business_id).pk)
    assert Publication.objects.exists() is sees
    assert InvoiceRow.objects.exists() is sees
