"""The forms of columns, judged in SQL, against what Python says of the same texts."""

import re
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from psycopg.sql import SQL

from intake import feeds
from intake.feeds import Column

pytestmark = pytest.mark.django_db

any_text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)
nearly_digits = st.text("0123456789.-:T +e\u0661", min_size=1, max_size=20)
in_one_transaction = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def taken(column: Column, texts: list[str]) -> list[bool]:
    """Whether each text is in the form of the column, and can indeed be read as its type."""
    judge = SQL("SELECT {name}, NOT ({bad}) FROM unnest(%(texts)s::text[]) raw({name})").format(
        name=SQL("field"), bad=column.bad
    )
    with connection.cursor() as cursor:
        cursor.execute(judge, {"texts": texts})
        verdicts = cursor.fetchall()
        good = [text for text, verdict in verdicts if verdict]
        typed = SQL("SELECT {} FROM unnest(%(texts)s::text[]) raw(field)").format(column.typed)
        cursor.execute(typed, {"texts": good})
    return [verdict for _, verdict in verdicts]


def is_day(text: str) -> bool:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@in_one_transaction
@given(st.lists(any_text | nearly_digits | st.dates().map(str), max_size=10))
@example(["2026-02-29", "2024-02-29", "0000-01-01", "infinity", "2026-1-1", "20261-1-1"])
def test_a_day_is_iso_8601(texts: list[str]) -> None:
    assert taken(feeds.day("field"), texts) == [is_day(text) for text in texts]


@in_one_transaction
@given(st.lists(any_text | nearly_digits | st.decimals(0, 10**10, places=2).map(str)))
@example(
    [
        "0.00",
        "9999999999.99",
        "10000000000.00",
        "1.0",
        ".00",
        "00.00",
        "-0.00",
        "1e2",
        "NaN",
        "1.005",
    ]
)
def test_euros_have_two_decimals_and_no_sign(texts: list[str]) -> None:
    good = re.compile(r"(0|[1-9][0-9]{0,9})\.[0-9]{2}")
    assert taken(feeds.euros("field"), texts) == [bool(good.fullmatch(text)) for text in texts]


@in_one_transaction
@given(st.lists(any_text | nearly_digits | st.integers(-5, 10**20).map(str)))
@example(["0", "01", "1", "9" * 18, "9" * 19, "+1", " 1"])
def test_a_number_counts_from_one(texts: list[str]) -> None:
    good = re.compile("[1-9][0-9]{0,17}")
    assert taken(feeds.number("field"), texts) == [bool(good.fullmatch(text)) for text in texts]


@in_one_transaction
@given(st.lists(any_text | nearly_digits | st.integers(-5, 120).map(str)))
@example(["0", "1", "01", "99", "100", "+1"])
def test_a_small_number_has_two_digits_at_most(texts: list[str]) -> None:
    good = re.compile("[1-9][0-9]?")
    assert taken(feeds.small_number("field"), texts) == [bool(good.fullmatch(t)) for t in texts]


@in_one_transaction
@given(st.lists(any_text | nearly_digits | st.integers(0, 99999).map(str)))
def test_a_year_has_four_digits(texts: list[str]) -> None:
    good = re.compile("[0-9]{4}")
    assert taken(feeds.year("field"), texts) == [bool(good.fullmatch(text)) for text in texts]


@in_one_transaction
@given(st.lists(any_text | nearly_digits | st.integers(0, 99999).map(str)))
def test_digits_are_so_many(texts: list[str]) -> None:
    good = re.compile("[0-9]{4}")
    assert taken(feeds.digits("field", 4), texts) == [bool(good.fullmatch(text)) for text in texts]


@in_one_transaction
@given(st.lists(any_text))
@example(["x" * 10, "x" * 11, "åäöÅÄÖšž", "\u010d\u0111\u014b\u0167\u017e", "a\tb", "a\nb"])
def test_a_text_is_one_line_of_so_many_characters(texts: list[str]) -> None:
    verdicts = taken(feeds.text("field", 10), texts)
    for text, verdict in zip(texts, verdicts, strict=True):
        if len(text) > 10 or any(ord(character) < 32 for character in text):
            assert not verdict
        elif text.isprintable():
            assert verdict
