"""Usage figures: counted from the log, each row once, and nobody's name is in them."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from audit.services import count_usage
from demo.environment import Urls
from tests.audit.log import ENTRY, act_for, write


def figures(
    connection: psycopg.Connection, organisation: int | None = None
) -> list[tuple[object, ...]]:
    """Organisation, purpose, act and number of the year 2026."""
    return connection.execute(
        "SELECT organisation_id, purpose, act, number"
        " FROM audit_usage_between('2026-01-01', '2026-12-01', %s)",
        [organisation],
    ).fetchall()


def written(owner: psycopg.Connection, ago: timedelta, **columns: object) -> None:
    """A row of the log as it stands some time later."""
    moment = {"id": str(uuid4()), "at": str(datetime.now(UTC) - ago), "transaction": 0}
    row = ENTRY | moment | columns
    owner.execute(
        "INSERT INTO audit_entry SELECT (jsonb_populate_record(NULL::audit_entry, %s::jsonb)).*",
        [json.dumps(row)],
    )


@pytest.fixture
def before(owner: psycopg.Connection) -> psycopg.Connection:
    """The owner, as if nothing had been counted for three days."""
    owner.execute("UPDATE audit_usage_counted SET until = now() - interval '3 days'")
    return owner


def count_all(connection: psycopg.Connection) -> int:
    """Count as the worker does, and answer in how many steps."""
    steps = 1
    while connection.execute("SELECT audit_count_usage()").fetchone() == (True,):
        steps += 1
    return steps


def test_acts_are_counted_by_organisation_purpose_and_act(app: psycopg.Connection) -> None:
    for organisation in (1, 2):
        act_for(app, organisation)
        write(app, organisation_id=organisation, customer=uuid4())
        write(app, organisation_id=organisation, customer=uuid4())
        write(app, organisation_id=organisation, act="search", outcome="not_found")
    act_for(app, "")
    assert figures(app) == [
        (1, "other_benefits", "open", 2),
        (1, "other_benefits", "search", 1),
        (2, "other_benefits", "open", 2),
        (2, "other_benefits", "search", 1),
    ]
    assert figures(app, 2) == figures(app)[2:]


def test_whoever_acts_for_an_organisation_gets_its_own_figures(app: psycopg.Connection) -> None:
    for organisation in (1, 2):
        act_for(app, organisation)
        write(app, organisation_id=organisation)
    assert figures(app) == [(2, "other_benefits", "open", 1)]
    assert figures(app, 1) == []


def test_refusals_failures_and_logins_are_no_use(app: psycopg.Connection) -> None:
    act_for(app, 1)
    write(app, organisation_id=1, outcome="refused")
    write(app, organisation_id=1, outcome="failed")
    write(app, organisation_id=1, act="login", purpose="")
    assert figures(app) == []


def test_an_act_on_a_customer_without_a_purpose_is_counted(app: psycopg.Connection) -> None:
    act_for(app, 1)
    write(app, organisation_id=1, act="end_demand", purpose="", customer=uuid4())
    assert figures(app) == [(1, "", "end_demand", 1)]


def test_the_month_is_that_of_the_day_that_rules_used(app: psycopg.Connection) -> None:
    act_for(app, 1)
    write(app, organisation_id=1, rule_date="2022-12-15")
    found = app.execute("SELECT month FROM audit_usage_between('2022-12-01', '2022-12-01')")
    assert found.fetchall() == [(date(2022, 12, 1),)]


def test_what_the_worker_has_counted_stays_the_same(before: psycopg.Connection) -> None:
    for hours in (1, 30, 50):
        written(before, timedelta(hours=hours), organisation_id=1)
    written(before, timedelta(minutes=5), organisation_id=1)
    shown = figures(before)
    assert shown == [(1, "other_benefits", "open", 4)]
    assert count_all(before) >= 3  # a day at a time
    assert figures(before) == shown
    assert count_all(before) == 1
    assert figures(before) == shown


def test_what_is_younger_than_ten_minutes_waits_for_the_next_time(
    before: psycopg.Connection,
) -> None:
    written(before, timedelta(minutes=5), organisation_id=1)
    written(before, timedelta(minutes=15), organisation_id=1)
    count_all(before)
    assert before.execute("SELECT number FROM audit_usage").fetchall() == [(1,)]


def test_the_application_reads_the_figures_by_the_function_alone(app: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("SELECT FROM audit_usage")


def test_the_worker_s_own_role_may_count(app: psycopg.Connection) -> None:
    assert app.execute("SELECT audit_count_usage()").fetchone() == (False,)


def test_the_worker_counts_until_nothing_is_left(fresh_db: Urls) -> None:
    with psycopg.connect(fresh_db.owner) as owner:
        owner.execute("UPDATE audit_usage_counted SET until = now() - interval '3 days'")
        for days in (1, 2):
            written(owner, timedelta(days=days), organisation_id=1)
        owner.commit()
        count_usage()
        assert sum(int(str(row[-1])) for row in figures(owner)) == 2
        assert count_all(owner) == 1
