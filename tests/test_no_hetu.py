"""No personal identity code stands where it must not: the main journey, and all that it left.

The codes are those of everybody whom the database or the cast knows, and one whom nobody knows.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from urllib.parse import quote

import psycopg
import pytest
import requests
from psycopg import sql

from demo.environment import CAST
from tests.personas import (
    AUTHORIZER,
    ENTITLED,
    KELA_ADMIN,
    OTHER_ORGANISATION,
    WITHOUT_MANDATE,
    log_in,
)
from tests.running import Kelmu
from tests.visitor import Visitor

HIT, MISS, OWN, WRONG = "131052-9085", "010190-902S", "140285-911Y", "131052-9086"
LIKE_ONE = re.compile(
    r"(?<![0-9A-Za-z])\d{6}([-+A-FU-Y]|%2B)\d{3}[0-9A-Y](?![0-9A-Za-z-])", re.IGNORECASE
)


@pytest.fixture
def statements(kelmu: Kelmu) -> Iterator[Callable[[], str]]:
    """What PostgreSQL writes into its own log from here on, with every statement."""
    file = kelmu.ground.cluster.folder / "postgres.log"
    began = file.stat().st_size  # the tests before have written there too
    with superuser(kelmu) as connection:
        connection.autocommit = True
        connection.execute("ALTER SYSTEM SET log_min_duration_statement = 0")
        connection.execute("SELECT pg_reload_conf()")
        yield lambda: file.read_bytes()[began:].decode()
        connection.execute("ALTER SYSTEM RESET log_min_duration_statement")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture
def answers(kelmu: Kelmu, statements: Callable[[], str]) -> list[requests.Response]:
    """Every answer that the main journey met, of the application and of Suomi.fi alike."""
    met: list[requests.Response] = []

    def watched() -> Visitor:
        visitor = kelmu.visitor()
        visitor.hooks["response"].append(lambda answer, **_: met.append(answer))
        return visitor

    caseworker = watched()
    log_in(caseworker, ENTITLED)
    customer = search(caseworker, HIT)
    assert customer.status_code == 200
    assert HIT in customer.text
    assert [search(caseworker, hetu).status_code for hetu in (MISS, OWN, WRONG)] == [200, 403, 422]
    caseworker.get(customer.url)
    for persona in (OTHER_ORGANISATION, AUTHORIZER, KELA_ADMIN, WITHOUT_MANDATE):
        stranger = watched()
        log_in(stranger, persona)
        assert stranger.get(customer.url).status_code in {200, 403, 404}
    caseworker.submit(customer, "/close/")
    with kelmu.owner() as owner:
        owner.execute("UPDATE authorizations_session SET mandates_read_at = '2026-01-01'")
    search(caseworker, HIT)  # kept while Suomi.fi is asked again
    caseworker.submit(caseworker.open("/start/"), "/logout/")
    return met


def search(visitor: Visitor, hetu: str) -> requests.Response:
    return visitor.submit(visitor.open("/start/"), "/start/", purpose="other_benefits", hetu=hetu)


def test_no_identity_code_is_left_anywhere(
    kelmu: Kelmu, answers: list[requests.Response], statements: Callable[[], str]
) -> None:
    assert len(answers) > 40
    assert [text for answer in answers for text in told(answer) if LIKE_ONE.search(text)] == []
    codes = known_codes(kelmu)
    assert "FROM customers_identitycode" in statements()
    logs = [kelmu.log(process).read_text() for process in ("application", "simulator")]
    for log in (*logs, statements()):
        assert not codes.search(log)
        assert not LIKE_ONE.search(log)
    with superuser(kelmu) as connection:
        assert [
            table for table, row in rows_outside_customers(connection) if codes.search(row)
        ] == []


def told(answer: requests.Response) -> Iterator[str]:
    """What an answer tells to others than its reader: addresses, headers, cookies, the title."""
    yield from (answer.url, str(answer.request.url))
    yield from map(str, answer.headers.items())
    yield from map(str, answer.request.headers.items())
    yield from re.findall(r"<title>(.*?)</title>", answer.text, re.DOTALL)
    yield from re.findall(r'(?:href|action|src|hx-\w+)="(.*?)"', answer.text)


def known_codes(kelmu: Kelmu) -> re.Pattern[str]:
    """The codes of everybody, also as an address would carry them."""
    cast = tomllib.loads(CAST.read_text())
    codes = {person["hetu"] for person in cast["people"]} | {HIT, MISS, OWN, WRONG}
    with superuser(kelmu) as connection:
        codes |= {row[0] for row in connection.execute("SELECT code FROM customers_identitycode")}
    assert len(codes) > len(cast["people"]) + len(cast["customers"])
    spellings = {spelling for code in codes for spelling in (code, quote(code))}
    return re.compile("|".join(map(re.escape, sorted(spellings))), re.IGNORECASE)


def superuser(kelmu: Kelmu) -> psycopg.Connection:
    """Somebody who reads past the row-level security."""
    return psycopg.connect(kelmu.ground.cluster.url(kelmu.name, "postgres"))


def rows_outside_customers(connection: psycopg.Connection) -> Iterator[tuple[str, str]]:
    """Every row of every table but those of customers, as text."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables"
        " WHERE schemaname = 'public' AND NOT starts_with(tablename, 'customers_')"
    ).fetchall()
    assert len(tables) > 30
    for (table,) in tables:
        rows = connection.execute(
            sql.SQL("SELECT row_::text FROM {} AS row_").format(sql.Identifier(table))
        )
        yield from ((table, row) for (row,) in rows)
