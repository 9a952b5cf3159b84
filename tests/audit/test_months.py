"""The log is partitioned by month: there is always room for this month and the next."""

from datetime import UTC, date, datetime

import psycopg
import pytest
from django.db import connection
from psycopg.errors import CheckViolation, RaiseException

from audit.queries import log_is_ready
from kelmu import readiness
from kelmu.months import add_months
from tests.audit.log import next_month, partition, write
from tests.harness import as_owner


def exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        return bool(cursor.fetchone()[0])


def drop(name: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {name}")


def add_month(month: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_add_month(%s)", [month])
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_entry", "audit_entry_person", "audit_shown"])
def test_this_month_and_the_next_have_their_place(table: str) -> None:
    assert exists(partition(table=table))
    assert exists(partition(next_month(), table))
    assert log_is_ready()


@pytest.mark.django_db
def test_a_month_is_made_once() -> None:
    drop(partition(next_month()))
    drop(partition(next_month(), "audit_entry_person"))
    assert add_month(next_month())
    assert not add_month(next_month().replace(day=28))


@pytest.mark.django_db
def test_readiness_names_the_log_while_next_month_has_no_place() -> None:
    drop(partition(next_month()))
    drop(partition(next_month(), "audit_entry_person"))
    assert "access log" in readiness.faults()
    add_months("audit_add_month")
    assert "access log" not in readiness.faults()


@pytest.mark.django_db
def test_the_worker_s_job_makes_a_year_ahead() -> None:
    add_months("audit_add_month")
    today = datetime.now(UTC).date()
    assert exists(partition(today.replace(year=today.year + 1, day=1)))


@pytest.mark.django_db
def test_a_new_month_is_as_closed_as_the_others(superuser: psycopg.Connection) -> None:
    month = date(datetime.now(UTC).year + 2, 12, 1)
    superuser.execute("SELECT audit_add_month(%s)", [month])
    name = partition(month)
    rights = superuser.execute(
        "SELECT has_table_privilege('kelmu_app', %s, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')",
        [name],
    ).fetchone()
    triggers = superuser.execute(
        "SELECT FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'append_only'", [name]
    )
    assert (rights, triggers.rowcount) == ((False,), 1)


def test_nobody_fills_the_database_with_far_months(app: psycopg.Connection) -> None:
    with pytest.raises(RaiseException, match="three years ahead"):
        app.execute("SELECT audit_add_month('2099-01-01')")


def test_without_a_place_there_is_no_row(superuser: psycopg.Connection) -> None:
    superuser.execute(f"DROP TABLE {partition()}".encode())
    with pytest.raises(CheckViolation, match="no partition"):
        write(superuser)
