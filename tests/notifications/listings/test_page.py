"""The publications of a list, and the rows of one: who is seen stands in the log first."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from audit.models import EntryPerson
from audit.pseudonyms import subject_of
from tests.acting import TAMPERE, entries, owning
from tests.delivering import EINO, HANNA, JONNA
from tests.notifications.listings.publishing import (
    CORRECTED,
    GENERAL,
    INVOICE,
    PROTECTED,
    publish,
)
from tests.notifications.listings.reading import FIRST, SECOND, SUBSIDY, reader
from tests.notifications.listings.reading import INVOICE as SHELF

pytestmark = pytest.mark.django_db
SECOND_DAY = "2026-11-20T07:00:00+02:00"


@pytest.fixture
def leena(tmp_path: Path) -> Client:
    publish(tmp_path / "1", INVOICE)
    return reader(TAMPERE, SUBSIDY)


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_publications_tell_period_day_rows_and_sum(leena: Client) -> None:
    page = text_of(leena, SHELF)
    for told in ("1.10.–31.10.2026", "16.11.2026", "545,59 €", ">4<", FIRST):
        assert told in page


def test_looking_at_publications_names_nobody_in_the_log(leena: Client) -> None:
    leena.get(SHELF)
    assert [entry.act for entry in entries(TAMPERE)] == []


def test_a_page_of_a_list_is_one_act_with_a_row_for_each_person(leena: Client) -> None:
    leena.get(FIRST)
    [entry] = entries(TAMPERE)
    assert (entry.act, entry.purpose) == ("view_list", "labour_market_subsidy_list")
    assert entry.details == {
        "municipality": "837",
        "listing": "labour_market_subsidy_invoice",
        "period": "2026-10-01/2026-10-31",
        "version": 1,
    }
    seen = set(EntryPerson.objects.filter(entry_id=entry.id).values_list("subject", flat=True))
    assert seen == {subject_of(code) for code in (JONNA, HANNA, PROTECTED)}


def test_a_narrowed_page_names_those_who_are_left(leena: Client) -> None:
    page = text_of(leena, f"{FIRST}?kind=return")
    assert "=Perheellinen" in page
    assert "Testaaja" not in page
    [entry] = entries(TAMPERE)
    assert entry.details["filters"] == {"kind": "return"}
    assert EntryPerson.objects.get().subject == subject_of(HANNA)


def test_rows_tell_what_the_municipality_pays(leena: Client) -> None:
    page = text_of(leena, FIRST)
    for told in (JONNA, "Testaaja, Jonna Maria", "818,62 €", "30 %", "245,59 €", "−60,00 €"):
        assert told in page
    assert "545,59 €" in page


def test_rows_are_sorted_by_any_column(leena: Client) -> None:
    page = text_of(leena, f"{FIRST}?sort=-amount")
    assert page.index("Suojattu") < page.index("Testaaja") < page.index("=Perheellinen")
    page = text_of(leena, f"{FIRST}?sort=name")
    assert page.index("=Perheellinen") < page.index("Suojattu") < page.index("Testaaja")


def test_who_is_under_protection_is_marked_and_has_no_address(leena: Client) -> None:
    page = text_of(leena, f"{FIRST}?benefit=earnings_related_allowance")
    assert "Turvakielto" in page
    assert "Testaaja" not in page


@pytest.mark.parametrize("query", ["sort=lottery", "page=x", "benefit=lottery", "share=7"])
def test_what_makes_no_sense_is_told_and_the_rest_is_shown(leena: Client, query: str) -> None:
    assert "Testaaja" in text_of(leena, f"{FIRST}?{query}", status=422)


def test_a_page_beyond_the_last_has_no_rows(leena: Client) -> None:
    assert "Testaaja" not in text_of(leena, f"{FIRST}?page=9")


def test_paper_has_all_rows_and_is_an_act_of_its_own(leena: Client) -> None:
    page = text_of(leena, f"{FIRST}?print=1")
    assert "Testaaja" in page
    assert "Aino Virkailija" in page
    assert [entry.act for entry in entries(TAMPERE)] == ["print_list"]


def test_a_correction_says_what_it_changed_and_the_old_one_warns(
    leena: Client, tmp_path: Path
) -> None:
    publish(tmp_path / "2", CORRECTED, SECOND_DAY)
    assert "Virhe korjattu." in text_of(leena, SECOND)
    old = text_of(leena, FIRST)
    assert "ds-alert" in old
    assert SECOND in old
    assert text_of(leena, SHELF).index(SECOND) < text_of(leena, SHELF).index(FIRST)


def test_a_list_that_names_its_reader_is_shown_whole_and_flagged(tmp_path: Path) -> None:
    publish(tmp_path / "1", INVOICE)
    jonna = reader(TAMPERE, SUBSIDY, subject=subject_of(JONNA))
    assert "Testaaja" in text_of(jonna, FIRST)
    [entry] = entries(TAMPERE)
    assert entry.details["names_oneself"] is True


def test_what_is_published_later_is_not_there_yet(leena: Client) -> None:
    with owning(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notifications_publication DISABLE TRIGGER change")
        cursor.execute("UPDATE notifications_publication SET published_on = '2026-11-21'")
        cursor.execute("ALTER TABLE notifications_publication ENABLE TRIGGER change")
    assert FIRST not in text_of(leena, SHELF)
    assert leena.get(FIRST).status_code == 404


@pytest.mark.parametrize("which", ["837/2026-09-01/1/", "837/x/1/", "091/2026-10-01/1/"])
def test_what_was_never_published_is_not_found(leena: Client, which: str) -> None:
    assert leena.get(f"{SHELF}{which}").status_code == 404
    assert entries(TAMPERE) == []


def test_two_periods_are_drawn(leena: Client, tmp_path: Path) -> None:
    assert "<svg" not in text_of(leena, SHELF).split("<main")[1]
    september = INVOICE["list_publications.csv"][0].replace("1,", "5,", 1)
    september = september.replace("2026-10-01,2026-10-31", "2026-09-01,2026-09-30")
    september = september.replace(",4,545.59,", ",1,60.00,")
    row = f"5,1,{HANNA},{GENERAL},payment,2026-09-15,2026-09-01,2026-09-30,22,120,600.00,10,60.00"
    files = {"list_publications.csv": [september], "list_invoice_rows.csv": [row]}
    assert publish(tmp_path / "2", files, SECOND_DAY) == []
    main = text_of(leena, SHELF).split("<main")[1]
    assert main.count('class="trend__bar"') == 2
    assert "1.9.–30.9.2026: 60,00 €" in main
    assert EINO not in main
