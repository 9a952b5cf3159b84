"""The access log is written once. Nobody changes what stands there, not even by mistake."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests.audit.log import act_for, partition, write

TABLES = ["audit_entry", "audit_entry_person", "audit_shown"]
PARTITIONS = [partition(table=table) for table in TABLES]
CHANGES = {
    "update": "UPDATE {} SET at = now()",
    "delete": "DELETE FROM {}",
    "truncate": "TRUNCATE {}",
}
BY_HAND = {
    "insert": "INSERT INTO {0} SELECT * FROM {0}",
    "drop": "DROP TABLE {}",
    "switch off its triggers": "ALTER TABLE {} DISABLE TRIGGER ALL",
    "switch off its row-level security": "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    "lock": "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
}


@pytest.mark.parametrize("table", TABLES + PARTITIONS)
@pytest.mark.parametrize("statement", (CHANGES | BY_HAND).values(), ids=CHANGES | BY_HAND)
def test_the_application_cannot(app: psycopg.Connection, statement: str, table: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        app.execute(statement.format(table).encode())


@pytest.mark.parametrize("table", PARTITIONS)
def test_the_application_cannot_read_a_partition_past_the_row_level_security(
    app: psycopg.Connection, table: str
) -> None:
    with pytest.raises(InsufficientPrivilege):
        app.execute(f"SELECT FROM {table}".encode())


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE kelmu_owner",
        "SET session_replication_role = replica",
        "CREATE TABLE audit_entry_2099_01 ()",
        "DROP FUNCTION audit_write",
        "ALTER FUNCTION audit_refuse_change RENAME TO refuse_nothing",
        "SELECT audit_protect('audit_entry')",
        "DROP TRIGGER append_only ON audit_entry",
        "DROP POLICY own_organisation ON audit_entry",
    ],
)
def test_the_application_cannot_get_round_it_by(app: psycopg.Connection, statement: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        app.execute(statement.encode())


@pytest.mark.parametrize("table", TABLES + PARTITIONS)
@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("role", ["owner", "superuser"])
def test_a_trigger_stops_those_whom_no_privilege_stops(
    request: pytest.FixtureRequest, role: str, statement: str, table: str
) -> None:
    connection: psycopg.Connection = request.getfixturevalue(role)
    with pytest.raises(InsufficientPrivilege, match="append-only"):
        connection.execute(statement.format(table).encode())


CHANGED = {
    "audit_seal": "SET content = ''",
    "audit_verification": "SET rows = 0",
    "audit_acknowledgement": "SET findings = '[1]'",
    "audit_sealing": "SET sealed_until = now()",
}


@pytest.mark.parametrize("table", CHANGED)
@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_the_application_changes_nothing_about_seals(
    app: psycopg.Connection, statement: str, table: str
) -> None:
    with pytest.raises(InsufficientPrivilege):
        app.execute(statement.replace("SET at = now()", CHANGED[table]).format(table).encode())


@pytest.mark.parametrize("table", CHANGED)
def test_the_application_adds_no_seal(app: psycopg.Connection, table: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        app.execute(f"INSERT INTO {table} DEFAULT VALUES".encode())


def test_the_application_reads_no_seal(app: psycopg.Connection) -> None:
    with pytest.raises(InsufficientPrivilege):
        app.execute("SELECT FROM audit_seal")


def test_a_temporary_table_of_the_same_name_catches_no_row(app: psycopg.Connection) -> None:
    act_for(app, 1)
    app.execute("CREATE TEMPORARY TABLE audit_entry AS SELECT * FROM audit_entry")
    written = write(app, organisation_id=1)
    caught = app.execute("SELECT FROM pg_temp.audit_entry").rowcount
    kept = app.execute("SELECT FROM public.audit_entry WHERE id = %s", [written]).rowcount
    assert (caught, kept) == (0, 1)
