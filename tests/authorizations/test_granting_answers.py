"""What changes between two days, which mandate opens a thing, and what rests on which law."""

from datetime import date
from itertools import product

import pytest
from pytest_django import Settings

from authorizations.explaining.speech import said
from authorizations.rulebook import Mandate, OrganisationType
from tests.authorizations.asking import DAYS, M1, ask, look, rows_expected

pytestmark = pytest.mark.django_db


class TestCompared:
    def test_the_turn_of_the_year_in_a_municipality(self) -> None:
        rows = ask("/compared", "before=2022-12-31&after=2023-01-01")["rows"]
        changes = [
            (row["kind"], row["what"])
            for row in rows
            if row["organisation_type"] == "municipality" and row["mandate"] == M1
        ]
        assert changes == [
            ("removed", "other_benefits"),
            ("removed", "social_assistance"),
            ("added", "integration_benefits"),
            ("removed", "payment_demands"),
        ]

    def test_a_part_that_changes_is_told_before_and_after(self) -> None:
        rows = ask("/compared", "before=2022-12-31&after=2023-01-01")["rows"]
        (tabs,) = [
            row for row in rows if (row["organisation_type"], row["part"]) == ("helsinki", "tabs")
        ]
        assert tabs["kind"] == "changed"
        assert tabs["before"] == ["social_assistance", "forwarded_notifications"]
        assert tabs["after"] == ["social_assistance"]

    def test_a_change_of_law_is_a_change(self) -> None:
        rows = ask("/compared", "before=2024-12-31&after=2025-01-01")["rows"]
        assert {row["part"] for row in rows} == {"law"}
        assert ["laki kotoutumisen edistämisestä 681/2023"] in [row["after"] for row in rows]

    @pytest.mark.parametrize("on", DAYS, ids=str)
    def test_a_day_beside_itself_differs_in_nothing(self, on: date) -> None:
        assert ask("/compared", f"before={on}&after={on}")["rows"] == []

    def test_backwards_what_was_added_is_removed(self) -> None:
        forth = ask("/compared", "before=2022-12-31&after=2023-01-01")["rows"]
        back = ask("/compared", "before=2023-01-01&after=2022-12-31")["rows"]
        turned = {"added": "removed", "removed": "added", "changed": "changed"}
        told = [(turned[row["kind"]], row["before"], row["after"]) for row in back]
        assert told == [(row["kind"], row["after"], row["before"]) for row in forth]

    def test_the_page_stands_side_by_side_and_leads_to_the_days_of_change(self) -> None:
        page = look("compared/", "before=2022-12-31&after=2023-01-01&lang=en")
        assert "31.12.2022 and 1.1.2023 side by side" in page
        assert "Social assistance: Tabs" in page
        assert 'href="/rights/compared/?before=2022-12-31&amp;after=2023-01-01">1.1.2023' in page

    def test_a_look_back_would_be_said_in_months(self) -> None:
        assert [said(36), said(None)] == ["36", "–"]

    def test_unless_told_the_last_change_is_shown(self) -> None:
        told = ask("/compared")
        assert (told["before"], told["after"]) == ("2024-12-31", "2026-11-20")

    def test_before_the_first_change_there_is_nothing(self, settings: Settings) -> None:
        settings.KELMU_TODAY = date(2021, 1, 15)
        assert ask("/compared")["before"] == "2021-01-14"
        assert "Nothing changes between these days." in look("compared/", "lang=en")


class TestNeeded:
    @pytest.mark.parametrize("on", DAYS, ids=str)
    def test_the_ways_to_a_thing_are_the_mandates_that_open_it(self, on: date) -> None:
        for kind, words in ask("", f"on={on}")["names"].items():
            if kind not in {"organisation_types", "mandates", "fields"}:
                for word in words:
                    ways = ask("/needed", f"see={kind}:{word}&on={on}")["ways"]
                    told = {(way["organisation_type"], way["mandate"]) for way in ways}
                    assert told == openers(kind, word, on), (kind, word)

    def test_a_tab_and_a_purpose_of_one_name_are_two_things(self) -> None:
        day = "on=2023-01-02"
        purpose = ask("/needed", f"see=purposes:social_assistance&{day}")
        tab = ask("/needed", f"see=tabs:social_assistance&{day}")
        assert purpose["see"] == {"kind": "purposes", "word": "social_assistance"}
        assert tab["see"] == {"kind": "tabs", "word": "social_assistance"}

    def test_where_no_mandate_opens_it_the_day_is_told(self) -> None:
        page = look("needed/", "see=purposes:social_assistance&on=2022-12-15&lang=en")
        assert "Wellbeing services county: not yet: opens on 1.1.2023" in page
        page = look("needed/", "see=actions:payment_demands&on=2023-01-02&lang=en")
        assert "Municipality: no longer: closed on 1.1.2023" in page
        assert "Joint municipal authority: no longer" in page

    def test_what_nobody_opens_yet_says_so(self) -> None:
        page = look("needed/", "see=listings:front_veterans&on=2021-03-01&lang=en")
        assert "No mandate opens this on this day." in page
        assert "Municipality: no mandate opens it" in page

    def test_an_action_of_its_own_needs_no_purpose(self) -> None:
        (way, *_) = ask("/needed", "see=actions:payment_demands&on=2023-01-02")["ways"]
        assert way == {"organisation_type": "wellbeing_county", "mandate": M1, "purposes": []}


def openers(kind: str, word: str, on: date) -> set[tuple[str, str]]:
    """By the oracle: organisation type and mandate where the thing is open."""
    column = {"purposes": 0, "tabs": 1, "notification_types": 2, "listings": 3, "data_groups": 5}
    found = set()
    for organisation_type, mandate in product(OrganisationType, Mandate):
        *rows, actions = rows_expected(organisation_type, {mandate.value}, on)
        cells = actions if kind == "actions" else [row[column[kind]] for row in rows]
        words = [one for cell in cells for one in ([cell] if isinstance(cell, str) else cell)]
        if word in words:
            found.add((organisation_type.value, mandate.value))
    return found


class TestGrounds:
    @pytest.mark.parametrize("on", DAYS, ids=str)
    @pytest.mark.parametrize("organisation_type", OrganisationType)
    def test_each_purpose_stands_under_each_of_its_laws(
        self, organisation_type: OrganisationType, on: date
    ) -> None:
        query = f"organisation_type={organisation_type}&on={on}"
        told = {
            (row["law"], purpose)
            for row in ask("/grounds", query)["laws"]
            for purpose in row["purposes"]
        }
        everything = "".join(f"&mandate={mandate}" for mandate in Mandate)
        purposes = ask("/opened", query + everything)["purposes"]
        assert told == {(law, row["slug"]) for row in purposes for law in row["law"]}

    def test_payment_demands_rest_on_two_sections(self) -> None:
        laws = ask("/grounds", "organisation_type=wellbeing_county")["laws"]
        sections = [row["law"] for row in laws if row["actions"] == ["payment_demands"]]
        assert sections == [
            "laki toimeentulotuesta 1412/1997 23 §",
            "laki sosiaali- ja terveydenhuollon asiakasmaksuista 734/1992 14 §",
        ]

    def test_a_joint_authority_has_no_ground_after_2022(self) -> None:
        page = look("grounds/", "organisation_type=joint_authority&lang=en")
        assert "No law opens Kelmu to this type of organisation on this day." in page
