"""No row, no data: the log comes first, in the transaction that reads, and in few round trips."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.pq import Trace

from demo.environment import Urls
from tests.acting import client_of, customer, entries, official
from tests.audit.log import partition
from tests.customers.searching import look_up, search
from tests.harness import Ground, as_owner

MOST_ROUND_TRIPS = 8  # BEGIN and COMMIT among them
CUSTOMER_S_OWN = b"Esimerkki"


@pytest.fixture
def client(db: None) -> Client:
    customer()
    return client_of(official())


@contextmanager
def no_function() -> Iterator[None]:
    """Take from the application what writes the log."""
    run_as_owner("REVOKE EXECUTE ON FUNCTION audit_write FROM kelmu_app")
    yield


@contextmanager
def no_partition() -> Iterator[None]:
    """Take from the log the place for this month's rows."""
    run_as_owner(f"ALTER TABLE audit_entry DETACH PARTITION {partition()}")
    yield


type Broken = Callable[[], AbstractContextManager[None]]
BROKEN: dict[str, Broken] = {"function": no_function, "partition": no_partition}


def run_as_owner(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
class TestWithoutALog:
    def test_a_search_finds_nobody(self, client: Client, broken: Broken) -> None:
        with broken():
            answer = search(client)
        assert answer.status_code == 503
        assert answer["Retry-After"]
        assert CUSTOMER_S_OWN not in answer.content

    def test_a_page_shows_nothing(self, client: Client, broken: Broken) -> None:
        address = look_up(client)
        client.get(address)
        with broken():
            answer = client.get(address)
        assert answer.status_code == 503
        assert CUSTOMER_S_OWN not in answer.content

    def test_nobody_is_even_refused(self, client: Client, broken: Broken) -> None:
        with broken():
            answer = client.get("/kela/")
        assert answer.status_code == 503
        assert "X-Request-Id" in answer

    def test_nobody_logs_out_unnoticed(self, client: Client, broken: Broken) -> None:
        with broken():
            answer = client.post("/logout/")
        assert answer.status_code == 503


def test_what_could_not_be_written_is_told_in_the_log_lines(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with no_function():
        search(client)
    assert "NotWritten" in caplog.text
    assert "131052" not in caplog.text


def test_a_miss_that_cannot_be_written_is_not_told(client: Client) -> None:
    with no_function():
        answer = search(client, "010190-902S")
    assert answer.status_code == 503


def test_the_row_stands_before_anything_of_the_customer_is_read(client: Client) -> None:
    address = look_up(client)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    statements = [query["sql"] for query in captured]
    written = next(n for n, sql in enumerate(statements) if "audit_write" in sql)
    told = [n for n, sql in enumerate(statements) if mentions_a_customer_s_data(sql)]
    assert told
    assert min(told) > written


def mentions_a_customer_s_data(statement: str) -> bool:
    return 'FROM "customers_identitycode"' in statement or 'FROM "benefits_' in statement


@pytest.mark.parametrize("earlier_pages", [0, 1], ids=["the first page", "a later page"])
def test_row_and_data_are_one_transaction_of_few_round_trips(
    fresh_db: Urls, tmp_path: Path, earlier_pages: int
) -> None:
    customer()
    client = client_of(official())
    address = look_up(client)
    for _ in range(earlier_pages):
        client.get(address)
    with traced(tmp_path / "trace") as messages:
        assert CUSTOMER_S_OWN in client.get(address).content
    sent = [line for line in messages.read_text().splitlines() if line.startswith("F")]
    assert "BEGIN" in sent[0]
    assert "COMMIT" in sent[-1]
    assert sum("audit_write" in line for line in sent) == earlier_pages
    assert len(sent) <= MOST_ROUND_TRIPS, sent


@contextmanager
def traced(path: Path) -> Iterator[Path]:
    """Let PostgreSQL's own client library write down each message to the server and from it."""
    connection.ensure_connection()
    with path.open("w") as file:
        link = connection.connection.pgconn
        link.trace(file.fileno())
        link.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        yield path
        link.untrace()


def test_a_read_that_fails_takes_the_row_back_with_it(fresh_db: Urls) -> None:
    customer()
    client = client_of(official())
    address = look_up(client)
    client.get(address)
    with psycopg.connect(fresh_db.owner, autocommit=True) as owner:
        owner.execute("ALTER TABLE benefits_payment RENAME TO elsewhere")
    answer = client.get(address)
    assert answer.status_code == 500
    assert CUSTOMER_S_OWN not in answer.content
    with transaction.atomic():
        assert [entry.act for entry in entries()] == ["open"]


def test_without_a_database_nothing_is_shown(fresh_db: Urls, ground: Ground) -> None:
    customer()
    client = client_of(official())
    address = look_up(client)
    connection.close()
    ground.cluster.drop(str(connection.settings_dict["NAME"]))
    answer = client.get(address)
    assert answer.status_code == 503
    assert CUSTOMER_S_OWN not in answer.content
