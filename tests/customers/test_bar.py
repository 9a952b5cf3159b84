"""What the bar over a customer's pages says of the person."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from tests.acting import customer
from tests.customers.searching import look_up

pytestmark = pytest.mark.django_db

LETTERS = "Áđŋŧčŋšž Õâǧǥǩʒǯ-Åäö"


def bar(client: Client, language: str = "en") -> str:
    """The bar of the customer's page, its blanks made single."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(look_up(client)).content.decode()
    return " ".join(page[page.index('class="bar"') : page.index("bar__why")].split())


def test_a_customer_is_shown_by_name_code_age_and_home(client: Client) -> None:
    customer()
    told = bar(client)
    for fact in ("Esimerkki, Eino Olavi", "131052-9085", "74 years", "Home municipality Tampere"):
        assert fact in told
    assert "Died" not in told
    assert "Abroad" not in told


def test_of_the_dead_the_day_and_the_age_on_it_are_told(client: Client) -> None:
    customer(died_on=date(2026, 10, 12))
    told = bar(client)
    assert "Died on 12.10.2026" in told
    assert "73 years" in told


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Ulkomailla 1.5.2025 alkaen: Espanja"),
        ("sv", "Utomlands sedan 1.5.2025: Spanien"),
        ("en", "Abroad since 1.5.2025: Spain"),
    ],
)
def test_of_somebody_abroad_the_country_and_since_when(
    client: Client, language: str, said: str
) -> None:
    customer(country="ES", abroad_since=date(2025, 5, 1))
    assert said in bar(client, language)


def test_under_non_disclosure_neither_home_nor_country_is_shown(client: Client) -> None:
    customer(country="ES", abroad_since=date(2025, 5, 1), protected=True)
    told = bar(client)
    assert "Non-disclosure for personal safety" in told
    for secret in ("Tampere", "Spain", "2025"):
        assert secret not in told


def test_every_letter_of_a_name_is_kept(client: Client) -> None:
    customer(family_name=LETTERS, given_names=LETTERS.upper())
    assert f"{LETTERS}, {LETTERS.upper()}" in bar(client)
