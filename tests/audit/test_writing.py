"""audit_write() is the one way in: it gives id and time, and takes only what a row may say."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege, NotNullViolation

from audit import services
from audit.models import ActKind, Entry, EntryPerson
from kelmu import clock, request_id
from tests.acting import organisation
from tests.audit.log import act_for, count, write


def test_id_and_time_are_the_database_s_own(app: psycopg.Connection) -> None:
    act_for(app, 1)
    own_id = uuid4()
    written = write(app, id=own_id, at="2021-02-01T00:00:00Z", organisation_id=1)
    row = app.execute("SELECT at FROM audit_entry WHERE id = %s", [written]).fetchone()
    assert written != own_id
    assert row
    assert datetime.now(UTC) - row[0] < timedelta(minutes=1)


def test_rows_stand_in_the_order_in_which_they_were_written(app: psycopg.Connection) -> None:
    act_for(app, 1)
    written = [write(app, organisation_id=1) for _ in range(20)]
    found = app.execute("SELECT id FROM audit_entry WHERE id = ANY(%s) ORDER BY at", [written])
    assert [row[0] for row in found] == written == sorted(written)


@pytest.mark.parametrize(
    "columns",
    [
        {"outcome": "maybe"},
        {"channel": "letter"},
        {"act": ""},
        {"case_reference": "x" * 61},
    ],
)
def test_a_word_that_the_log_does_not_know_is_refused(
    app: psycopg.Connection, columns: dict[str, str]
) -> None:
    with pytest.raises(CheckViolation):
        write(app, **columns)


@pytest.mark.parametrize("column", ["act", "rule_date", "mandates", "laws", "details"])
def test_a_row_without_what_explains_it_is_refused(app: psycopg.Connection, column: str) -> None:
    with pytest.raises(NotNullViolation):
        write(app, **{column: None})


def test_each_person_behind_an_act_on_many_has_one_row(app: psycopg.Connection) -> None:
    act_for(app, 1)
    first, second = uuid4(), uuid4()
    written = write(app, first, second, first, organisation_id=1)
    found = app.execute(
        "SELECT subject, organisation_id FROM audit_entry_person WHERE entry_id = %s", [written]
    )
    assert sorted(found) == sorted([(first, 1), (second, 1)])


def test_a_row_of_another_organisation_is_refused(app: psycopg.Connection) -> None:
    act_for(app, 1)
    with pytest.raises(InsufficientPrivilege, match="the organisation that the request acts for"):
        write(app, organisation_id=2)


def test_a_row_of_an_organisation_is_refused_where_nobody_acts_for_one(
    app: psycopg.Connection,
) -> None:
    with pytest.raises(InsufficientPrivilege, match="the organisation that the request acts for"):
        write(app, organisation_id=1)


def test_what_was_written_in_a_transaction_that_fails_was_not_written(
    app: psycopg.Connection,
) -> None:
    act_for(app, 1)
    before = count(app)
    with pytest.raises(CheckViolation), app.transaction():
        write(app, organisation_id=1)
        write(app, organisation_id=1, outcome="maybe")
    assert count(app) == before


@pytest.mark.django_db
def test_a_row_says_day_and_request_without_being_told() -> None:
    current = uuid4()
    token = request_id.current.set(current)
    acting = organisation().pk
    services.act_for(acting)
    person = uuid4()
    written = services.write(
        services.Row(act=ActKind.OPEN, organisation_id=acting, look_back_from=clock.today()),
        [person],
    )
    request_id.current.reset(token)
    entry = Entry.objects.get(id=written)
    assert (entry.rule_date, entry.request_id) == (clock.today(), current)
    assert (entry.outcome, entry.channel) == ("permitted", "browser")
    assert EntryPerson.objects.get(entry_id=written).subject == person
