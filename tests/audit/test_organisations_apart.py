"""No organisation sees another's rows of the log, even if a query forgets to ask (row-level
security)."""

from uuid import uuid4

import psycopg
import pytest

from tests.audit.log import act_for, count, write

TABLES = ["audit_entry", "audit_entry_person", "audit_shown"]


@pytest.fixture
def two_rows(app: psycopg.Connection) -> psycopg.Connection:
    """A row of organisation 1 and one of organisation 2, each with a person."""
    for organisation in (1, 2):
        act_for(app, organisation)
        written = write(app, uuid4(), organisation_id=organisation)
        app.execute("SELECT audit_show(%s, 1, %s)", [written, bytes(32)])
    return app


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("organisation", [1, 2])
def test_a_query_that_forgets_sees_the_own_rows_alone(
    two_rows: psycopg.Connection, table: str, organisation: int
) -> None:
    act_for(two_rows, organisation)
    found = two_rows.execute(f"SELECT organisation_id FROM {table}".encode())  # noqa: S608 - names of ours
    assert [row[0] for row in found] == [organisation]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("acting", ["", "3"])
def test_whoever_acts_for_nobody_or_for_a_third_sees_nothing(
    two_rows: psycopg.Connection, table: str, acting: str
) -> None:
    act_for(two_rows, acting)
    assert count(two_rows, table) == 0


def test_asking_for_another_organisation_by_name_finds_nothing(
    two_rows: psycopg.Connection,
) -> None:
    act_for(two_rows, 1)
    assert two_rows.execute("SELECT FROM audit_entry WHERE organisation_id = 2").rowcount == 0


def test_rows_of_no_organisation_are_not_the_application_s_to_read(
    app: psycopg.Connection,
) -> None:
    act_for(app, "")
    write(app, act="refusal", outcome="refused")
    assert count(app) == 0


def test_the_setting_ends_with_the_transaction(app: psycopg.Connection) -> None:
    with app.transaction(force_rollback=True):
        act_for(app, 1)
        write(app, organisation_id=1)
        assert count(app) == 1
    app.rollback()
    row = app.execute("SELECT current_setting('kelmu.organisation', true)").fetchone()
    assert row in [("",), (None,)]
