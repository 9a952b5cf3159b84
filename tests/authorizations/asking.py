"""Asks the public pages on mandates, and tells what the oracle of the rulebook expects of them."""

from datetime import date
from typing import Any

from django.test import Client

from tests.authorizations.test_rulebook_oracle import GROUPS, MONTHS, PURPOSES, expected

TODAY = date(2026, 11, 21)
DAYS = [
    date(2021, 9, 30),
    date(2021, 10, 1),
    date(2022, 9, 30),
    date(2022, 10, 1),
    date(2022, 12, 28),
    date(2023, 1, 1),
    date(2024, 4, 30),
    date(2024, 5, 1),
    TODAY,
]
M1 = "benefits_and_payment_demands"


def ask(page: str, query: str = "", status: int = 200) -> Any:
    answer = Client().get(f"/rights{page}.json?{query}")
    assert answer.status_code == status
    return answer.json()


def look(page: str, query: str = "", status: int = 200) -> str:
    answer = Client().get(f"/rights/{page}?{query}")
    assert answer.status_code == status
    return answer.content.decode()


def rows_expected(organisation_type: str, mandates: set[str], on: date) -> list[Any]:
    answer = expected(organisation_type, mandates, on)
    seen = [(slug, answer.purposes[slug]) for slug in PURPOSES if slug in answer.purposes]
    sending = any("send_document" in one.actions for _, one in seen)
    rows = [
        [slug, one.tabs, one.types, one.lists, one.actions, GROUPS.get(slug, []), MONTHS.get(slug)]
        for slug, one in seen
    ]
    return [*rows, ["payment_demands"] * answer.demands + ["send_document"] * sending]
