"""A table as pages show it."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from kelmu.tables import Column, Table

COLUMNS = [Column("Benefit"), Column("Amount", numeric=True)]


def table(*rows: tuple[str, ...]) -> Table:
    return Table("Decisions in force", COLUMNS, rows, empty="No decisions.")


def shown(table: Table) -> str:
    return " ".join(render_to_string("kelmu/_table.html", {"table": table}).split())


def test_each_cell_stands_with_its_column() -> None:
    [(mark, line)] = table(("National pension", "784,52 €")).lines()
    assert mark == ""
    assert line == [(COLUMNS[0], "National pension"), (COLUMNS[1], "784,52 €")]


def test_a_row_of_another_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        list(table(("National pension",)).lines())


def test_the_caption_says_how_many_rows_there_are() -> None:
    page = shown(table(("National pension", "784,52 €"), ("Child benefit", "100,00 €")))
    caption = page[page.index("<caption>") : page.index("</caption>")]
    assert "Decisions in force" in caption
    assert '<span class="count">2 ' in caption


def test_a_cell_carries_its_heading_for_the_narrow_screen() -> None:
    page = shown(table(("National pension", "784,52 €")))
    assert 'data-label="Amount" class="numeric">784,52 €</td>' in page


def test_the_first_cell_names_the_row() -> None:
    page = shown(table(("National pension", "784,52 €")))
    assert '<th scope="row" role="rowheader"> National pension </th>' in page


def test_a_column_of_a_withheld_field_is_not_there() -> None:
    whole = Table(
        caption="Pensions",
        columns=[Column("Kind"), Column("Payer", field="payer"), Column("Gross", numeric=True)],
        rows=[("Old age", "Havu", "52,40 €")],
        empty="None.",
    )
    page = shown(whole.without({"payer"}))
    assert "Payer" not in page
    assert "Havu" not in page
    assert 'data-label="Gross" class="numeric">52,40 €</td>' in page


def test_no_rows_is_said_in_words() -> None:
    assert shown(table()) == '<p class="empty">No decisions.</p>'


def test_what_was_fed_cannot_write_markup() -> None:
    assert "<script>" not in shown(table(("<script>", "784,52 €")))


def test_a_page_of_a_longer_table_says_which_rows_it_shows() -> None:
    page = replace(table(("a", "1"), ("b", "2")), start=26, of=48)
    assert '<span class="count">26–27 / 48</span>' in shown(page)


def test_a_row_is_marked_in_words() -> None:
    page = shown(replace(table(("a", "1"), ("b", "2")), marks=["", "changed"]))
    assert '<th scope="row" role="rowheader"> a </th>' in page
    assert '<th scope="row" role="rowheader"> b <span class="mark">changed</span> </th>' in page


def test_marks_are_as_many_as_rows() -> None:
    with pytest.raises(ValueError, match="zip"):
        list(replace(table(("a", "1"), ("b", "2")), marks=["changed"]).lines())


def test_a_column_leads_to_its_order_and_says_it() -> None:
    column = replace(COLUMNS[0], url="?sort=benefit", order="descending")
    page = shown(replace(table(("a", "1")), columns=[column, COLUMNS[1]]))
    assert 'aria-sort="descending"' in page
    assert '<a class="sort" href="?sort=benefit">Benefit</a>' in page


def test_the_rows_of_a_long_table_are_written_shortly_and_none_is_left_out() -> None:
    long = table(*(("National pension & more", f"{number},00 €") for number in range(1000)))
    page = shown(replace(long, marks=["changed", *[""] * 999]))
    assert page.count("<tr>") == 1000
    assert 'data-numeric="2"' in page
    assert 'tabindex="0" role="group" aria-label="Decisions in force"' in page
    first = '<th scope="row">National pension &amp; more <span class="mark">changed</span></th>'
    assert f"<tr>{first}<td>0,00 €</td></tr>" in page
    assert len(page) < 100 * 1000
