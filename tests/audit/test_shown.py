"""What an act has shown: how many rows, and a digest that proves it to whoever has its key."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from psycopg.errors import CheckViolation

from audit import services, shown
from audit.models import ActKind, Shown
from tests.acting import organisation
from tests.audit.log import act_for
from tests.harness import as_owner


def test_the_digest_in_a_statement_is_that_of_python(app: psycopg.Connection) -> None:
    act_for(app, 1)
    entry, text = uuid4(), "Työttömyysetuus 724,12 €"
    note = shown.NOTE.format(number="3", content="%(text)s")
    app.execute(f"SELECT {note}".encode(), shown.parameters(entry) | {"text": text})
    found = app.execute("SELECT organisation_id, number, digest FROM audit_shown").fetchone()
    assert found == (1, 3, shown.digest(entry, text.encode()))


def test_what_comes_in_pieces_has_the_digest_of_the_whole() -> None:
    entry = uuid4()
    pieces = shown.digesting(entry)
    for piece in (b"one row\n", b"another\n"):
        pieces.update(piece)
    assert pieces.digest() == shown.digest(entry, b"one row\nanother\n")


def test_the_same_shown_twice_has_two_digests() -> None:
    assert shown.digest(uuid4(), b"nothing") != shown.digest(uuid4(), b"nothing")


def test_the_canonical_form_is_one_whatever_the_order() -> None:
    one = {"sum": Decimal("1.50"), "on": date(2026, 11, 20), "name": "Åkerö"}
    other = dict(reversed(one.items()))
    text = '{"name":"Åkerö","on":"2026-11-20","sum":"1.50"}'
    assert shown.canonical(one) == shown.canonical(other) == text.encode()


def test_bytes_of_the_database_have_one_form_too() -> None:
    assert shown.canonical([memoryview(b"ab"), b"ab"]) == b'["6162","6162"]'


@pytest.mark.django_db
def test_an_act_is_noted_with_what_it_has_shown() -> None:
    acting = organisation().pk
    services.act_for(acting)
    entry = services.write(services.Row(act=ActKind.VIEW, organisation_id=acting))
    shown.note(entry, 2, ["one", "two"])
    found = Shown.objects.get(entry_id=entry)
    assert (found.organisation_id, found.number) == (acting, 2)
    assert bytes(found.digest) == shown.digest(entry, b'["one","two"]')


@pytest.mark.parametrize(("number", "digest"), [(-1, b"x" * 32), (1, b"x" * 31)])
def test_what_cannot_be_is_refused(app: psycopg.Connection, number: int, digest: bytes) -> None:
    with pytest.raises(CheckViolation):
        app.execute("SELECT audit_show(%s, %s, %s)", [uuid4(), number, digest])


@pytest.mark.django_db
def test_every_row_says_by_which_transaction_it_was_written() -> None:
    entry = services.write(services.Row(act=ActKind.LOGIN), [uuid4()])
    shown.note(entry, 0, [])
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.transaction = pg_current_xact_id()::text::bigint"
            " AND e.transaction = p.transaction AND e.transaction = s.transaction"
            " FROM audit_entry AS e JOIN audit_entry_person AS p ON p.entry_id = e.id"
            " JOIN audit_shown AS s ON s.entry_id = e.id WHERE e.id = %s",
            [entry],
        )
        assert cursor.fetchone() == (True,)
