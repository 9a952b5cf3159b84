"""What a correction has superseded is kept for some time; the newest version stays."""

from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import override_settings

from audit.services import act_for
from kelmu.dates import months_before
from notifications.listings.keeping import remove_superseded
from notifications.models import Download, InvoiceRow, Publication
from tests.acting import TAMPERE, organisation, owning
from tests.notifications.listings.publishing import CORRECTED, CORRECTED_ROWS, INVOICE, publish
from tests.notifications.listings.reading import (
    FIRST,
    SECOND,
    SUBSIDY,
    bytes_of,
    fetched,
    reader,
)
from tests.notifications.listings.reading import (
    INVOICE as SHELF,
)

pytestmark = pytest.mark.django_db
CORRECTED_ON = date(2026, 11, 18)
TIME_IS_OVER = months_before(CORRECTED_ON, -24)


@pytest.fixture
def leena(tmp_path: Path) -> Client:
    """Somebody who has fetched the first version, which is superseded then."""
    publish(tmp_path / "1", INVOICE)
    leena = reader(TAMPERE, SUBSIDY)
    bytes_of(fetched(leena, FIRST))
    publish(tmp_path / "2", CORRECTED, "2026-11-20T07:00:00+02:00")
    return leena


def removed_by(day: date) -> None:
    with override_settings(KELMU_TODAY=day):
        remove_superseded()
    act_for(organisation(TAMPERE).pk)


def test_it_stays_until_its_time_is_over(leena: Client) -> None:
    removed_by(date(2028, 11, 17))
    assert InvoiceRow.objects.filter(publication=1).count() == 4
    assert leena.get(FIRST).status_code == 200


def test_then_its_rows_go_and_what_was_published_stays_known(leena: Client) -> None:
    removed_by(TIME_IS_OVER)
    assert not InvoiceRow.objects.filter(publication=1).exists()
    assert InvoiceRow.objects.filter(publication=2).count() == len(CORRECTED_ROWS)
    old, new = Publication.objects.order_by("version")
    assert (old.removed_on, old.rows, new.removed_on) == (TIME_IS_OVER, 4, None)


def test_the_shelf_says_so_and_leads_to_the_receipt_alone(leena: Client) -> None:
    removed_by(TIME_IS_OVER)
    told = leena.get(SHELF).content.decode()
    assert "korvattu, poistettu 18.11.2028" in told
    assert f'href="{FIRST}"' not in told
    assert f'href="{SECOND}"' in told
    assert leena.get(FIRST).status_code == 404
    assert leena.post(f"{FIRST}fetch/", {"format": "csv"}).status_code == 404
    page = leena.get(f"/lists/{Download.objects.get().pk}/").content.decode()
    assert "Itse luettelo on poistettu" in page
    assert "Lataa tiedosto uudelleen" not in page


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notifications_publication SET removed_on = '2026-11-20' WHERE id = 2",
        "UPDATE notifications_publication SET removed_on = '2026-11-20', rows = 1 WHERE id = 1",
    ],
)
def test_not_even_the_owner_removes_the_newest_or_changes_more(
    leena: Client, statement: str
) -> None:
    with pytest.raises(DatabaseError, match="Only a superseded list"), owning():
        connection.cursor().execute(statement)
