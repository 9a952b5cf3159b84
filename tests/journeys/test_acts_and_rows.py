"""One act of a person is one row of the log: what technology does beside it leaves none."""

import pytest
from playwright.sync_api import expect

from tests.desk import EINO, JONNA, NOBODY, Desk
from tests.personas import ENTITLED

pytestmark = pytest.mark.browser


def test_a_working_day_has_as_many_rows_as_acts(desk: Desk) -> None:
    done = ["login", "select_organisation"]
    desk.log_in(ENTITLED)
    desk.search(NOBODY, "Other benefits")
    missed = desk.page.get_by_role("alert").filter(has_text="No customer with this identity code")
    expect(missed).to_be_focused()
    done.append("search")
    desk.look_up(EINO, "Other benefits")
    done.append("open")
    address = desk.page.url.removeprefix(desk.kelmu.address)
    for filters in ("?since=1.1.2026", "?until=31.12.2026"):
        desk.open(address + filters)
        done.append("view")
    desk.open(f"{address}?print=1")
    done.append("print")
    desk.open(address)
    done.append("view")
    desk.open("/start/")
    desk.look_up(JONNA, "Social assistance")
    done.append("open")
    desk.page.request.get("/customers/00000000-0000-4000-8000-000000000000/benefits/")
    done.append("refusal")
    desk.open("/start/")
    desk.press("Log out")
    expect(desk.heading).to_have_text("Do you want to log out?")  # of Suomi.fi too
    done.append("logout")
    rows = rows_of(desk)
    assert [act for act, _shown in rows] == done
    assert len(rows) / len(done) < 1.05
    # What shows a customer's data says how much, each time; the first page belongs to its search.
    shown = [act for act, number in rows if number]
    assert shown == ["open", "view", "view", "print", "view", "open"]
    assert all(number in {0, 1} for _act, number in rows)


def rows_of(desk: Desk) -> list[tuple[str, int]]:
    """The acts of the log in order, and how often each has noted what it has shown."""
    with desk.kelmu.owner() as owner:
        return owner.execute(
            "SELECT act, (SELECT count(*) FROM audit_shown WHERE entry_id = id)"
            " FROM audit_entry ORDER BY at"
        ).fetchall()
