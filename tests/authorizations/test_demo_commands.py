"""The commands that load the demo's people and tell who they are; production has neither."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from authorizations import campaign
from demo.environment import CAST
from organisations.models import Agreement
from tests.acting import owning


def told(command: str, *arguments: str) -> str:
    printed = StringIO()
    call_command(command, *arguments, stdout=printed)
    return printed.getvalue()


def people(*arguments: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(told("demo_guide", "--json", *arguments))["people"]
    return rows


def test_the_guide_tells_what_each_sees_today() -> None:
    oskar = [row for row in people() if row["name"] == "Oskar Österbotten"]
    shown = {row["organisation"]["business_id"]: row["shows"] for row in oskar}
    assert shown == {
        "9900101-0": ["Other benefits", "Social assistance", "Social assistance notifications"],
        "9900104-5": ["Integration service/Benefits"],
    }


def test_the_guide_tells_what_each_saw_on_another_day(settings: Settings) -> None:
    settings.KELMU_TODAY = date(2022, 12, 15)
    (yrjo,) = [row for row in people() if row["name"].startswith("Yrjö")]
    assert yrjo["organisation"]["name"] == "Nokian kaupunki"


@pytest.mark.parametrize(
    ("language", "says"), [("fi", "ei pääse sisään"), ("sv", "kommer inte in")]
)
def test_the_guide_says_in_three_languages_who_cannot_enter(language: str, says: str) -> None:
    (ville,) = [row for row in people("--language", language) if row["name"].startswith("Ville")]
    assert (ville["organisation"], ville["mandates"]) == (None, [])
    assert ville["shows"][0].startswith(says)


def test_the_table_has_a_row_for_each_person_and_customer() -> None:
    table = told("demo_guide").splitlines()
    assert "| Veikko Valtuuttaja | 170868-9664 | Pirkanmaan hyvinvointialue | authorizer |" in table
    assert "| Timo Tarkkailija | – | Kela | oversight |" in table
    assert any(line.startswith("| Tyhjä, Tuula Marjatta | 070355-912J |") for line in table)


@pytest.mark.django_db
def test_the_cast_is_loaded_once() -> None:
    before = Agreement.objects.count()
    with owning():
        printed = told("load_cast", str(CAST))
    assert printed.strip() == "0 agreements were loaded."
    assert Agreement.objects.count() == before


@pytest.mark.parametrize("command", [["demo_guide"], ["load_cast", str(CAST)]])
def test_production_has_no_invented_people(settings: Settings, command: list[str]) -> None:
    settings.IN_PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        told(*command)


def test_before_the_autumn_of_2022_the_demo_looks_ahead_as_if_all_had_been_signed() -> None:
    assert campaign.steps({}, date(2022, 9, 1)) == campaign.DAYS
    assert Agreement.Step.SIGNED_BY_KELA not in campaign.steps({}, date(2022, 11, 11))
