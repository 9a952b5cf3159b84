"""The tab Etuudet as it answers: what it is narrowed to stands in its address and in the log."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from authorizations.rulebook import DataGroup
from tests import told
from tests.acting import HELSINKI, POHJANMAA, client_of, customer, official
from tests.customers.searching import acts, last_entry, look_up
from tests.harness import TODAY

pytestmark = pytest.mark.django_db

VIEWED = ("view", "permitted")


@pytest.fixture
def client(db: None) -> Client:
    return client_of(official())


@pytest.fixture
def eino(db: None) -> UUID:
    return customer()


@pytest.fixture
def address(client: Client, eino: UUID) -> str:
    """A customer with 60 payments, one a day, who was just opened."""
    told.payments(eino, [TODAY - timedelta(days=day) for day in range(60)])
    return look_up(client)


def page(client: Client, address: str, query: str = "", *, status: int = 200) -> str:
    answer = client.get(f"{address}?lang=en&{query}")
    assert answer.status_code == status
    return unescape(answer.content.decode())


def section(page: str, group: DataGroup) -> str:
    return page[page.index(f'id="{group}"') :].split("</section>")[0]


def rows(page: str, group: DataGroup = DataGroup.PAYMENTS) -> list[str]:
    """The names of the rows of a group's table."""
    table = section(page, group).split("<details")[0]
    return [name.strip() for name in re.findall(r'role="rowheader">([^<]*)', table)]


def links(page: str, label: str) -> list[str]:
    return re.findall(rf'href="([^"]*)"[^>]*>(?:<span[^>]*>[^<]*</span>)?\s*{label}</a>', page)


# --- addresses ----------------------------------------------------------------------------------


def test_a_page_is_told_in_the_address_and_the_filter_stays(client: Client, address: str) -> None:
    first = page(client, address, "benefit=national_pension&payments_sort=gross")
    assert "1–25 / 60" in first
    [second] = links(section(first, DataGroup.PAYMENTS), "2")
    assert second == (
        "?lang=en&benefit=national_pension&payments_sort=gross&payments_page=2#payments"
    )
    assert "26–50 / 60" in page(client, address, second.strip("?").removesuffix("#payments"))


def test_sorting_keeps_the_filter_and_begins_at_the_first_page(
    client: Client, address: str
) -> None:
    shown = page(client, address, "since=2026-10-01&payments_page=2")
    assert links(section(shown, DataGroup.PAYMENTS), "Gross") == [
        "?lang=en&since=2026-10-01&payments_sort=gross#payments"
    ]


def test_sorting_again_turns_the_order_and_says_so(client: Client, address: str) -> None:
    up = section(page(client, address, "payments_sort=gross"), DataGroup.PAYMENTS)
    assert links(up, "Gross") == ["?lang=en&payments_sort=-gross#payments"]
    assert 'aria-sort="ascending"' in up
    down = section(page(client, address, "payments_sort=-gross"), DataGroup.PAYMENTS)
    assert links(down, "Gross") == ["?lang=en&payments_sort=gross#payments"]
    assert 'aria-sort="descending"' in down


def test_narrowing_again_keeps_the_order(client: Client, address: str) -> None:
    shown = page(client, address, "payments_sort=gross")
    assert '<input type="hidden" name="payments_sort" value="gross">' in shown


def test_every_sort_that_a_table_offers_works(client: Client, eino: UUID) -> None:
    tell_of_every_group(eino)
    address = look_up(client)
    offered = re.findall(r"\?lang=en&(\w+_sort=\w+)", page(client, address))
    assert len(offered) == 23
    for sort in offered:
        group = sort.split("_sort")[0]
        assert 'aria-sort="ascending"' in section(page(client, address, sort), DataGroup(group))


def tell_of_every_group(eino: UUID) -> None:
    told.matter(eino)
    told.decision(eino)
    told.payment(eino)
    told.insurance(eino)
    told.recovery(eino)
    told.medicine_cap(eino)
    told.data_from_others(eino)


def test_a_table_that_the_filter_does_not_concern_says_so(client: Client, eino: UUID) -> None:
    tell_of_every_group(eino)
    shown = page(client, look_up(client), "benefit=national_pension")
    whole = "What you chose does not concern this table"
    concerned = {group for group in DataGroup if whole not in section(shown, group)}
    assert concerned == {"pendency", "decisions", "payments", "recovery"}


def test_no_row_among_those_chosen_is_not_said_as_no_row_at_all(
    client: Client, address: str
) -> None:
    shown = page(client, address, "since=2030-01-01")
    assert "No rows among those chosen." in section(shown, DataGroup.PAYMENTS)
    assert "No decisions." in section(shown, DataGroup.DECISIONS)


# --- what makes no sense ------------------------------------------------------------------------


def test_what_makes_no_sense_is_told_beside_what_does(client: Client, address: str) -> None:
    query = f"since=sometime&until={TODAY - timedelta(days=50)}&payments_page=x"
    shown = page(client, address, query, status=422)
    assert "This is not a day. Write it as 15.12.2022." in shown
    assert "There is no such page. The first one is shown." in shown
    assert len(rows(shown)) == 10
    assert 'value="sometime"' in shown
    kept = {"until": f"{TODAY - timedelta(days=50)}"}
    assert last_entry().details == {"tab": "benefits", "filters": kept}


def test_what_was_typed_is_never_markup(client: Client, address: str) -> None:
    answer = client.get(f"{address}?since=%22%3E%3Cscript%3E&payments_page=%3Cscript%3E")
    assert b"<script>" not in answer.content


# --- the log ------------------------------------------------------------------------------------


def test_each_narrowed_page_is_an_act_whose_row_keeps_the_filter(
    client: Client, address: str
) -> None:
    page(client, address, "benefit=national_pension&state=payments.paid&payments_page=2")
    page(client, address)
    assert acts() == [("open", "permitted"), VIEWED]
    assert last_entry().details == {
        "tab": "benefits",
        "filters": {
            "benefit": "national_pension",
            "state": "payments.paid",
            "payments_page": 2,
        },
    }


# --- print --------------------------------------------------------------------------------------


def test_print_shows_all_rows_of_the_filter_and_says_what_it_is(
    client: Client, address: str
) -> None:
    since = TODAY - timedelta(days=39)
    printed = page(client, address, f"print=1&since={since}&state=payments.paid&payments_page=2")
    assert len(rows(printed)) == 40
    assert "<dt>From</dt> <dd> 12.10.2026 </dd>" in " ".join(printed.split())
    assert '<form class="filter"' not in printed
    assert 'class="sort"' not in printed
    assert '<details class="totals" open>' in printed
    assert last_entry().act == "print"
    assert last_entry().details["filters"] == {
        "since": since.isoformat(),
        "state": "payments.paid",
    }


# --- what has changed ---------------------------------------------------------------------------


def changes(page: str) -> str:
    told: Any = re.search(r'<p class="changes">(.*?)</p>', page, re.DOTALL)
    return " ".join(re.sub("<[^>]*>", "", told[1]).split())


def test_the_first_opening_is_said_to_be_the_first(client: Client, address: str) -> None:
    shown = page(client, address)
    assert changes(shown) == "Your organisation opens this customer here for the first time."
    assert 'class="mark"' not in shown


def test_what_came_between_two_openings_is_counted_and_marked(client: Client, eino: UUID) -> None:
    told.payment(eino)
    told.decision(eino)
    look_up(client)
    told.matter(eino)
    told.payments(eino, [date(2026, 10, 7), date(2026, 9, 7)])
    address = look_up(client)
    shown = page(client, address)
    assert re.fullmatch(
        r"New or changed since \d+\.\d+\.20\d\d at \d+:\d\d: 1 pending matter, 2 payments",
        changes(shown),
    )
    groups = (DataGroup.PENDENCY, DataGroup.DECISIONS, DataGroup.PAYMENTS)
    assert [section(shown, group).count('class="mark"') for group in groups] == [1, 0, 2]
    assert links(shown, "2 payments") == ["?changed=on#payments"]
    assert rows(page(client, address, "changed=on")) == ["7.10.2026", "7.9.2026"]


def test_a_colleagues_opening_counts(client: Client, eino: UUID) -> None:
    look_up(client_of(official(subject=uuid4())))
    told.payment(eino)
    assert "1 payment" in changes(page(client, look_up(client)))


def test_another_organisations_opening_does_not_count(client: Client, eino: UUID) -> None:
    look_up(client_of(official(POHJANMAA)))
    assert "for the first time" in changes(page(client, look_up(client)))


def test_an_opening_under_another_purpose_does_not_count(eino: UUID) -> None:
    client = client_of(official(HELSINKI))
    look_up(client, purpose="integration_benefits")
    assert "for the first time" in changes(page(client, look_up(client)))


def test_an_opening_with_nothing_new_since_says_so(client: Client, eino: UUID) -> None:
    told.payment(eino)
    look_up(client)
    assert changes(page(client, look_up(client))).startswith("No changes since ")


# --- its price ----------------------------------------------------------------------------------


def test_a_page_asks_the_database_four_times(client: Client, address: str) -> None:
    """The right, the opening, the row of the log, the customer; benchmarks count BEGIN too."""
    page(client, address)
    with CaptureQueriesContext(connection) as queries:
        page(client, address)
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == 4, asked
