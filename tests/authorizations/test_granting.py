"""What a mandate shows: the public pages and their JSON, against the oracle of the rulebook."""

import json
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from authorizations.explaining import views
from authorizations.rulebook import Mandate, OrganisationType
from tests.authorizations.test_rulebook_oracle import (
    GROUPS,
    MONTHS,
    PURPOSES,
    SUBSETS,
    expected,
)

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
PAGES = ["", "opened/", "needed/", "compared/", "grounds/"]


def ask(page: str, query: str = "", status: int = 200) -> Any:
    answer = Client().get(f"/rights{page}.json?{query}")
    assert answer.status_code == status
    return answer.json()


def look(page: str, query: str = "", status: int = 200) -> str:
    answer = Client().get(f"/rights/{page}?{query}")
    assert answer.status_code == status
    return answer.content.decode()


def rows_of(answer: Any) -> list[object]:
    """What the oracle speaks of: each purpose with what it holds, and all actions."""
    keys = ["slug", "tabs", "notification_types", "listings", "actions", "data_groups"]
    rows = [[row[key] for key in [*keys, "look_back_months"]] for row in answer["purposes"]]
    return [*rows, answer["actions"]]


def rows_expected(organisation_type: str, mandates: set[str], on: date) -> list[object]:
    answer = expected(organisation_type, mandates, on)
    seen = [(slug, answer.purposes[slug]) for slug in PURPOSES if slug in answer.purposes]
    sending = any("send_document" in one.actions for _, one in seen)
    rows = [
        [slug, one.tabs, one.types, one.lists, one.actions, GROUPS.get(slug, []), MONTHS.get(slug)]
        for slug, one in seen
    ]
    return [*rows, ["payment_demands"] * answer.demands + ["send_document"] * sending]


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("organisation_type", OrganisationType)
def test_the_json_of_every_set_of_mandates_is_what_the_sources_say(
    organisation_type: OrganisationType, on: date
) -> None:
    requests = RequestFactory()
    for mandates in SUBSETS:
        asked = {"organisation_type": organisation_type, "mandate": mandates, "on": str(on)}
        answer = json.loads(views.opened(requests.get("/", asked), as_json=True).content)
        told = rows_expected(organisation_type, {one.value for one in mandates}, on)
        assert rows_of(answer) == told, mandates


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_the_matrix_says_of_each_mandate_what_the_sources_say(on: date) -> None:
    answer = ask("", f"on={on}")
    cells = [(row["mandate"], cell) for row in answer["rows"] for cell in row["cells"]]
    pairs = [(mandate, cell["organisation_type"]) for mandate, cell in cells]
    assert pairs == [*product(Mandate, OrganisationType)]
    for mandate, cell in cells:
        told = rows_expected(cell["organisation_type"], {mandate}, on)
        assert cell["actions"] == told.pop()
        assert cell["purposes"] == [row[0] for row in told if isinstance(row, list)]


def test_the_matrix_of_the_source_table_links_each_cell_to_what_it_opens() -> None:
    page = look("", "on=2023-01-01&lang=fi")
    assert "Mitä valtuudella näkee" in page or "What a mandate shows" in page
    cell = (
        "/rights/opened/?organisation_type=wellbeing_county"
        "&amp;mandate=social_assistance_customers&amp;on=2023-01-01"
    )
    assert f'href="{cell}">Toimeentulotuen ilmoitukset</a>' in page
    assert "mandate=front_veterans_supplement" in page
    assert "organisation_type=municipality&amp;mandate=front_veterans_supplement" not in page
    assert "organisation_type=joint_authority" not in page
