"""What a mandate shows: the matrix and chosen mandates, against the oracle of the rulebook."""

import io
import json
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from authorizations.explaining import views
from authorizations.rulebook import Mandate, OrganisationType
from tests.authorizations.asking import DAYS, M1, ask, look, rows_expected
from tests.authorizations.test_rulebook_oracle import SUBSETS

pytestmark = pytest.mark.django_db


def rows_of(answer: Any) -> list[object]:
    """What the oracle speaks of: each purpose with what it holds, and all actions."""
    keys = ["slug", "tabs", "notification_types", "listings", "actions", "data_groups"]
    rows = [[row[key] for key in [*keys, "look_back_months"]] for row in answer["purposes"]]
    return [*rows, answer["actions"]]


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("organisation_type", OrganisationType)
def test_the_json_of_few_mandates_and_of_all_is_what_the_sources_say(
    organisation_type: OrganisationType, on: date
) -> None:
    few_or_all = [one for one in SUBSETS if len(one) <= 2 or len(one) == len(Mandate)]
    assert_json_is_what_the_sources_say(organisation_type, on, few_or_all)


@pytest.mark.long
@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("organisation_type", OrganisationType)
def test_the_json_of_every_set_of_mandates_is_what_the_sources_say(
    organisation_type: OrganisationType, on: date
) -> None:
    assert_json_is_what_the_sources_say(organisation_type, on, SUBSETS)


def assert_json_is_what_the_sources_say(
    organisation_type: OrganisationType, on: date, sets: list[tuple[Mandate, ...]]
) -> None:
    requests = RequestFactory()
    for mandates in sets:
        asked = {"organisation_type": organisation_type, "mandate": mandates, "on": str(on)}
        response = views.opened(requests.get("/", asked), as_json=True)
        assert isinstance(response, HttpResponse)
        answer = json.loads(response.content)
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


def test_each_cell_of_the_matrix_links_to_what_it_opens() -> None:
    page = look("", "on=2023-01-01&lang=fi")
    cell = (
        "/rights/opened/?organisation_type=wellbeing_county"
        "&amp;mandate=social_assistance_customers&amp;on=2023-01-01"
    )
    assert f'href="{cell}">Toimeentulotuen ilmoitukset</a>' in page
    assert "organisation_type=municipality&amp;mandate=front_veterans_supplement" not in page
    assert "organisation_type=joint_authority" not in page


def test_what_needs_an_agreement_is_marked_in_the_matrix() -> None:
    assert "only if the agreement names it" in look("", "on=2026-11-21&lang=en")
    assert "only if the agreement names it" not in look("", "on=2022-12-15&lang=en")


class TestOpened:
    def test_the_page_tells_law_sources_and_assumptions(self) -> None:
        page = look("opened/", f"organisation_type=wellbeing_county&mandate={M1}&lang=en")
        assert "Act on Social Assistance 1412/1997" in page
        assert "Kelan webinaari 29.9.2022" in page
        assert "is not public. They are this project&#x27;s assumption" in page
        assert "what is in force, and 36 months" in page

    def test_what_a_purpose_withholds_is_told(self) -> None:
        query = f"organisation_type=municipality&mandate={M1}&on=2026-11-21"
        page = look("opened/", query + "&lang=en")
        assert "Not shown" in page
        assert "Reason of a deduction, Payee’s name, Last digits of the account" in page
        assert "Which data integration work does not need is not public." in page
        [purpose] = ask("/opened", query)["purposes"]
        assert purpose["withheld_fields"] == [
            "payments.deduction_reason",
            "payments.payee_name",
            "payments.account_last4",
        ]
        county = f"organisation_type=wellbeing_county&mandate={M1}&lang=en"
        assert "Not shown" not in look("opened/", county)

    def test_what_needs_an_agreement_says_so(self) -> None:
        needs = "Only if the agreement of the organisation names it."
        asked = f"mandate={M1}&lang=en&organisation_type="
        assert needs in look("opened/", asked + "other_authority")
        assert needs not in look("opened/", asked + "wellbeing_county")

    def test_payment_demands_stand_beside_the_purposes_with_their_sections(self) -> None:
        page = look("opened/", f"organisation_type=helsinki&mandate={M1}&lang=fi")
        assert "laki toimeentulotuesta 1412/1997 23\N{NO-BREAK SPACE}§" in page

    def test_mandates_together_open_the_union(self) -> None:
        query = f"organisation_type=wellbeing_county&mandate={M1}&on=2023-01-02"
        alone, both = (
            ask("/opened", query + more) for more in ("", "&mandate=social_assistance_customers")
        )
        slugs = [row["slug"] for row in both["purposes"]]
        assert slugs == [
            *(row["slug"] for row in alone["purposes"]),
            "social_assistance_notifications",
        ]

    def test_what_is_not_open_is_told_with_the_day(self) -> None:
        query = f"organisation_type=municipality&mandate={M1}&lang=en"
        assert "Integration service/Benefits: not yet: opens on 1.1.2023" in look(
            "opened/", f"{query}&on=2022-12-15"
        )
        assert "Payment demands: no longer: closed on 1.1.2023" in look(
            "opened/", f"{query}&on=2023-01-02"
        )

    def test_without_a_mandate_nothing_is_open(self) -> None:
        answer = ask("/opened", "organisation_type=helsinki")
        assert (answer["purposes"], answer["actions"], answer["closed"]) == ([], [], [])
        assert "none chosen" in look("opened/", "organisation_type=helsinki&lang=en")

    def test_the_rows_are_those_of_the_command_line_with_names(self) -> None:
        query = f"organisation_type=municipality&mandate={M1}&on=2022-12-15"
        out = io.StringIO()
        call_command(
            "rights",
            "--json",
            "--organisation-type=municipality",
            f"--mandate={M1}",
            "--on=2022-12-15",
            stdout=out,
        )
        printed = json.loads(out.getvalue())
        told = ask("/opened", query)
        assert told["actions"] == printed["actions"]
        for row, line in zip(told["purposes"], printed["purposes"], strict=True):
            assert row.items() >= line.items()
            assert row["name"] == told["names"]["purposes"][row["slug"]]
        assert told["names"]["tabs"]["benefits"]["sv"] == "Förmåner"

    def test_today_is_the_day_unless_told(self, settings: Settings) -> None:
        settings.KELMU_TODAY = date(2022, 12, 15)
        assert ask("/opened", "organisation_type=helsinki")["on"] == "2022-12-15"

    def test_a_day_may_be_written_as_finns_write_it(self) -> None:
        told = ask("/opened", "organisation_type=helsinki&on=15.12.2022")
        assert told["on"] == "2022-12-15"
