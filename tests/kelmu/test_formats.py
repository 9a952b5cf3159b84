"""Amounts, days, periods and moments as people read them in three languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from kelmu import formats

THREE = ["fi", "sv", "en"]


@pytest.mark.parametrize(
    ("value", "finnish", "english"),
    [
        ("0", "0,00 €", "€0.00"),
        ("0.5", "0,50 €", "€0.50"),
        ("1234.56", "1 234,56 €", "€1,234.56"),
        ("-1234.5", "−1 234,50 €", "-€1,234.50"),
        ("999.99", "999,99 €", "€999.99"),
        ("9999999999.99", "9 999 999 999,99 €", "€9,999,999,999.99"),
    ],
)
def test_an_amount(value: str, finnish: str, english: str) -> None:
    unbroken = finnish.replace(" ", "\N{NO-BREAK SPACE}")
    for language in ("fi", "sv"):
        with translation.override(language):
            assert formats.amount(Decimal(value)) == unbroken
    with translation.override("en"):
        assert formats.amount(Decimal(value)) == english


@pytest.mark.parametrize(("language", "text"), [("fi", "25,5"), ("sv", "25,5"), ("en", "25.5")])
def test_a_figure_has_the_decimals_that_it_needs(language: str, text: str) -> None:
    with translation.override(language):
        assert formats.decimal(Decimal("25.50")) == text
        assert formats.decimal(Decimal("40.00")) == "40"


@pytest.mark.parametrize("language", THREE)
def test_a_day_is_written_as_finns_write_it(language: str) -> None:
    with translation.override(language):
        assert formats.day(date(2023, 1, 1)) == "1.1.2023"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2023, 1, 1), date(2023, 3, 31), "1.1.–31.3.2023"),
        (date(2022, 12, 15), date(2023, 3, 31), "15.12.2022–31.3.2023"),
        (date(2023, 1, 1), date(2023, 1, 1), "1.1.2023"),
        (date(2023, 1, 1), None, "1.1.2023–"),
        (None, date(2023, 3, 31), "–31.3.2023"),
        (None, None, "–"),
    ],
)
def test_a_period_includes_both_ends(first: date | None, last: date | None, text: str) -> None:
    assert formats.period(first, last) == text


@pytest.mark.parametrize(
    ("last", "text"),
    [
        (datetime(2026, 12, 8, 20, tzinfo=UTC), "8.12.2026 klo 18.00–22.00"),
        (datetime(2026, 12, 8, 23, tzinfo=UTC), "8.12.2026 klo 18.00 – 9.12.2026 klo 1.00"),
    ],
)
def test_a_time_of_one_day_names_the_day_once(last: datetime, text: str) -> None:
    assert formats.moments(datetime(2026, 12, 8, 16, tzinfo=UTC), last) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [("fi", "22.11.2026 klo 0.05"), ("sv", "22.11.2026 kl. 0.05"), ("en", "22.11.2026 at 0:05")],
)
def test_a_moment_is_told_in_finnish_time(language: str, text: str) -> None:
    with translation.override(language):
        assert formats.moment(datetime(2026, 11, 21, 22, 5, tzinfo=UTC)) == text


@pytest.mark.parametrize(
    ("citation", "unbroken"),
    [("laki 812/2000 20 §", "laki 812/2000 20\xa0§"), ("14 a § i lag", "14\xa0a\xa0§ i lag")],
)
def test_a_section_stays_with_its_number(citation: str, unbroken: str) -> None:
    assert formats.law(citation) == unbroken
