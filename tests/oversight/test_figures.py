"""The figures that a supervisor sees: by month, purpose and person, drawn and as tables."""

from datetime import UTC, datetime

import pytest

from audit.models import ActKind
from tests.acting import POHJANMAA, client_of, customer, entries, official
from tests.oversight.watching import Supervisor, cells, known, opened, written

pytestmark = pytest.mark.django_db
NOBODY = "010190-902S"


@pytest.fixture
def supervisor() -> Supervisor:
    return Supervisor()


def test_each_person_is_counted_by_what_they_did(supervisor: Supervisor) -> None:
    customer()
    opened()
    opened(NOBODY)
    client_of(official()).get("/agreement/")
    page = supervisor.get("/oversight/")
    people = page[page.index('id="by-person"') :]
    assert "Aino Virkailija · 2" in people
    assert [cells(people, name)[0] for name in ("Customers opened", "Refusals")] == ["1", "1"]
    assert cells(people, "Searches that found nobody")[0] == "1"


def test_a_drawing_has_a_column_for_each_month_and_a_lane_for_each_purpose(
    supervisor: Supervisor,
) -> None:
    customer()
    opened()
    page = supervisor.get("/oversight/?year=2026&month=")
    assert page.count('class="trend__bar"') == 12 + 1 + 1
    assert "November 2026: 1" in page
    assert "Other benefits · 1" in page


def test_only_the_chosen_month_is_counted(supervisor: Supervisor) -> None:
    written(datetime(2026, 10, 5, tzinfo=UTC))
    assert "Aino Virkailija · 1" in supervisor.get("/oversight/?year=2026&month=10")
    assert "Aino Virkailija ·" not in supervisor.get("/oversight/?year=2026&month=9")


def test_nothing_of_another_organisation_is_counted(supervisor: Supervisor) -> None:
    customer()
    known(at=POHJANMAA)
    opened(at=POHJANMAA)
    assert "Kelmu was not used in this time." in supervisor.get("/oversight/")


@pytest.mark.parametrize("asked", ["year=1999&month=", "year=2026&month=13", "year="])
def test_a_time_that_there_is_not_is_told(supervisor: Supervisor, asked: str) -> None:
    assert "Correct this before going on" in supervisor.get(f"/oversight/?{asked}", 422)


def test_looking_at_the_figures_is_a_row_of_the_log(supervisor: Supervisor) -> None:
    supervisor.get("/oversight/?year=2026&month=10")
    [row] = entries()
    assert row.act == ActKind.VIEW_USE
    assert row.details == {"year": "2026", "month": "10"}


def test_the_page_stands_in_the_header_of_supervisors_alone(supervisor: Supervisor) -> None:
    assert 'href="/oversight/"' in supervisor.get("/agreement/")
    assert 'href="/oversight/"' not in client_of(official()).get("/rights/mine/").content.decode()
