"""A list is taken in whole, or it is not there at all; what was published does not change."""

from pathlib import Path

import pytest

from intake.models import Delivery
from notifications.models import CareRow, InvoiceRow, Publication
from tests.acting import owning
from tests.delivering import EINO, HANNA
from tests.notifications.listings.publishing import (
    CORRECTED,
    EVERY_LIST,
    GENERAL,
    INVOICE,
    INVOICE_ROWS,
    OCTOBER,
    TAMPERE,
    publish,
)

pytestmark = pytest.mark.django_db
ROWS = "list_invoice_rows.csv"
SECOND_DAY, THIRD_DAY = "2026-11-21T06:00:00+02:00", "2026-11-22T06:00:00+02:00"


def everything() -> list[Publication]:
    with owning():
        return list(Publication.objects.using("owner").order_by("id"))


def test_every_list_is_taken_in(tmp_path: Path) -> None:
    assert publish(tmp_path, EVERY_LIST) == []
    assert [one.is_complete for one in everything()] == [True] * 12


def test_a_list_has_its_rows_and_their_sum(tmp_path: Path) -> None:
    publish(tmp_path, INVOICE)
    [invoice] = everything()
    assert (invoice.rows, str(invoice.total), invoice.version) == (4, "545.59", 1)
    with owning():
        rows = InvoiceRow.objects.using("owner").filter(publication=invoice)
        assert sum(row.amount for row in rows) == invoice.total


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (f"1,4,{HANNA},lottery,payment,2026-10-15,{OCTOBER},22,120,600.00,10,60.00", "benefit",
         "unknown_word"),
        (f"1,4,010190-902S,{GENERAL},payment,2026-10-15,{OCTOBER},22,120,600.00,10,60.00", "hetu",
         "unknown_customer"),
        (f"1,4,{HANNA},{GENERAL},payment,2026-11-15,{OCTOBER},22,120,600.00,10,60.00", "paid_on",
         "period"),
        (f"1,4,{HANNA},{GENERAL},payment,2026-10-15,{OCTOBER},22,120,600.00,50,300.01", "amount",
         "sum"),
        (f"1,4,{HANNA},{GENERAL},payment,2026-10-15,{OCTOBER},22,120,600.00,70,420.00", "share",
         "state"),
        (f"1,4,{HANNA},{GENERAL},payment,2026-10-15,2024-10-01,2024-10-31,22,320,600.00,50,300.00",
         "share", "state"),
        (f"1,4,{HANNA},{GENERAL},payment,2026-10-15,{OCTOBER},22,21,600.00,10,60.00",
         "counted_days", "state"),
        (f"1,4,{HANNA},{GENERAL},return,2026-10-15,{OCTOBER},22,120,600.00,10,60.00", "kind",
         "state"),
        (f"1,4,{HANNA},{GENERAL},payment,2026-10-15,2026-10-31,2026-10-01,22,120,600.00,10,60.00",
         "last_day", "period"),
        (f"1,3,{HANNA},{GENERAL},payment,2026-10-15,{OCTOBER},22,120,600.00,10,60.00", "number",
         "duplicate"),
        (f"7,1,{HANNA},{GENERAL},payment,2026-10-15,{OCTOBER},22,120,600.00,10,60.00",
         "publication", "unknown_row"),
        (f"1,99999999999,{HANNA},{GENERAL},payment,2026-10-15,{OCTOBER},22,120,600.00,10,60.00",
         "number", "form"),
    ],
)  # fmt: skip
def test_one_wrong_row_keeps_the_whole_list_out(
    tmp_path: Path, row: str, field: str, reason: str
) -> None:
    left_out = publish(tmp_path, INVOICE | {ROWS: [*INVOICE_ROWS[:3], row]})
    assert left_out[-1] == (ROWS, 5, field, reason)
    assert left_out[:-1] == [(ROWS, line, "publication", "sum") for line in (2, 3, 4)]
    assert [one.is_complete for one in everything()] == [False]
    assert not InvoiceRow.objects.exists()


def test_a_list_whose_sum_is_another_is_not_there(tmp_path: Path) -> None:
    told = f"1,labour_market_subsidy_invoice,{TAMPERE},{OCTOBER},1,2026-11-16,4,545.58,"
    left_out = publish(tmp_path, INVOICE | {"list_publications.csv": [told]})
    assert {reason for _file, _line, _field, reason in left_out} == {"sum"}
    assert not any(one.is_complete for one in everything())


def test_a_list_that_was_not_whole_is_there_when_it_comes_whole(tmp_path: Path) -> None:
    publish(tmp_path / "1", INVOICE | {ROWS: INVOICE_ROWS[:2]})
    publish(tmp_path / "2", INVOICE, SECOND_DAY)
    assert [one.is_complete for one in everything()] == [True]


def test_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    publish(tmp_path / "1", INVOICE)
    before = everything()
    publish(tmp_path / "2", INVOICE, SECOND_DAY)
    assert [one.batch_id for one in everything()] == [one.batch_id for one in before]
    again = Delivery.objects.filter(file__startswith="list_").order_by("-batch_id")[:2]
    assert [(one.merged, one.unchanged, one.rejected) for one in again] in (
        [(0, 1, 0), (0, 4, 0)],
        [(0, 4, 0), (0, 1, 0)],
    )


def test_what_was_published_is_not_told_otherwise(tmp_path: Path) -> None:
    publish(tmp_path / "1", INVOICE)
    other = INVOICE_ROWS[1].replace("600.00,10,60.00", "700.00,10,70.00")
    told = INVOICE["list_publications.csv"][0].replace("545.59", "555.59")
    changed = {
        "customers.csv": INVOICE["customers.csv"],
        "list_publications.csv": [told],
        ROWS: [INVOICE_ROWS[0], other, *INVOICE_ROWS[2:]],
    }
    left_out = publish(tmp_path / "2", changed, SECOND_DAY)
    assert left_out[0] == (ROWS, 2, "publication", "sum")
    assert ("list_publications.csv", 2, "id", "state") in left_out
    assert (ROWS, 3, "publication", "state") in left_out
    assert [str(one.total) for one in everything()] == ["545.59"]


def test_a_correction_says_what_it_changed(tmp_path: Path) -> None:
    publish(tmp_path / "1", INVOICE)
    assert publish(tmp_path / "2", CORRECTED, SECOND_DAY) == []
    first, second = everything()
    assert (first.added, first.left_out, first.changed) == (None, None, None)
    assert (second.added, second.left_out, second.changed) == (1, 1, 1)
    assert second.reason == "Virhe korjattu."


def test_a_version_comes_once(tmp_path: Path) -> None:
    publish(tmp_path / "1", INVOICE)
    twin = INVOICE["list_publications.csv"][0].replace("1,", "9,", 1)
    left_out = publish(tmp_path / "2", {"list_publications.csv": [twin]}, SECOND_DAY)
    assert left_out == [("list_publications.csv", 2, "version", "duplicate")]


@pytest.mark.parametrize(
    ("told", "field", "reason"),
    [
        (f"9,integration_customers,{TAMPERE},{OCTOBER},1,2026-11-16,1,,", "listing",
         "unknown_word"),
        (f"9,lottery,{TAMPERE},{OCTOBER},1,2026-11-16,1,1.00,", "listing", "unknown_word"),
        (f"9,front_veterans,999,{OCTOBER},1,2026-11-16,1,1.00,", "municipality",
         "unknown_municipality"),
        (f"9,front_veterans,{TAMPERE},{OCTOBER},1,2026-11-16,1,,", "total", "state"),
        (f"9,prolonged_unemployment_risk,{TAMPERE},{OCTOBER},1,2026-11-16,1,1.00,", "total",
         "state"),
        (f"9,front_veterans,{TAMPERE},{OCTOBER},2,2026-11-16,1,1.00,", "reason", "state"),
        (f"9,front_veterans,{TAMPERE},{OCTOBER},1,2026-11-16,1,1.00,Why?", "reason", "state"),
        (f"9,front_veterans,{TAMPERE},{OCTOBER},1,2026-11-21,1,1.00,", "published_on", "future"),
        (f"9,front_veterans,{TAMPERE},{OCTOBER},1,2026-09-30,1,1.00,", "published_on", "period"),
        (f"9,front_veterans,{TAMPERE},{OCTOBER},1,2026-11-16,0,1.00,", "rows", "form"),
    ],
)  # fmt: skip
def test_a_publication_that_is_not_as_it_should_be(
    tmp_path: Path, told: str, field: str, reason: str
) -> None:
    assert publish(tmp_path, {"list_publications.csv": [told]}) == [
        ("list_publications.csv", 2, field, reason)
    ]


def test_rows_of_another_list_are_not_taken(tmp_path: Path) -> None:
    veteran = f"1,1,{EINO},1991-04-01,148.30,69.24,217.54"
    left_out = publish(tmp_path, INVOICE | {"list_veteran_rows.csv": [veteran]})
    assert left_out == [("list_veteran_rows.csv", 2, "publication", "other_file")]


def test_who_is_on_the_list_of_300_days_is_invoiced_so(tmp_path: Path) -> None:
    otherwise = EVERY_LIST["list_long_unemployed_rows.csv"][0].replace(
        "818.62,30,245.59", "800.00,30,240.00"
    )
    told = f"11,labour_market_subsidy_300_days,{TAMPERE},{OCTOBER},1,2026-11-16,1,240.00,"
    left_out = publish(
        tmp_path,
        INVOICE
        | {
            "list_publications.csv": [*INVOICE["list_publications.csv"], told],
            "list_long_unemployed_rows.csv": [otherwise],
        },
    )
    assert left_out == [("list_long_unemployed_rows.csv", 2, "amount", "unknown_row")]


def test_nobody_below_300_days_is_on_that_list(tmp_path: Path) -> None:
    short = INVOICE_ROWS[1].replace("1,2,", "11,1,", 1)
    told = f"11,labour_market_subsidy_300_days,{TAMPERE},{OCTOBER},1,2026-11-16,1,60.00,"
    left_out = publish(
        tmp_path,
        INVOICE
        | {
            "list_publications.csv": [*INVOICE["list_publications.csv"], told],
            "list_long_unemployed_rows.csv": [short],
        },
    )
    assert left_out == [("list_long_unemployed_rows.csv", 2, "amount", "unknown_row")]


def test_the_items_of_child_care_add_up(tmp_path: Path) -> None:
    row = EVERY_LIST["list_child_care_rows.csv"][0].replace("113.30,0.00", "113.30,1.00")
    left_out = publish(tmp_path, EVERY_LIST | {"list_child_care_rows.csv": [row]})
    assert ("list_child_care_rows.csv", 2, "amount", "sum") in left_out
    assert not CareRow.objects.exists()
