"""A mistake in the rulebook's file is told at once, with its place; nothing is guessed."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest

from authorizations.rulebook import FILE, RulebookError, load, parse
from authorizations.rulebook.reading import build

type Book = dict[str, Any]
type Slip = Callable[[Book], object]


@pytest.fixture
def book() -> Book:
    return deepcopy(tomllib.loads(FILE.read_text(encoding="utf-8")))


def row(book: Book, kind: str, **wanted: object) -> dict[str, Any]:
    """The first row that has these fields."""
    return next(r for r in book[kind] if wanted.items() <= r.items())


def refusal(book: Book) -> str:
    with pytest.raises(RulebookError) as caught:
        build(book)
    return str(caught.value)


UNKNOWN_WORDS: list[tuple[str, str, object, str]] = [
    ("openings", "organisation_types", ["kingdom"], "unknown organisation_types 'kingdom'"),
    ("openings", "mandate", "everything", "unknown mandate 'everything'"),
    ("openings", "purpose", "curiosity", "unknown purpose 'curiosity'"),
    ("openings", "tabs", ["kitchen"], "unknown tabs 'kitchen'"),
    ("openings", "notification_types", ["rumour"], "unknown notification_types 'rumour'"),
    ("openings", "listings", ["everyone"], "unknown listings 'everyone'"),
    ("openings", "actions", ["destroy"], "unknown actions 'destroy'"),
    ("openings", "assumes", ["luck"], "unknown assumes 'luck'"),
    ("grants", "action", "destroy", "unknown action 'destroy'"),
    ("grants", "law", ["gravity"], "unknown law 'gravity'"),
    ("contents", "purpose", "curiosity", "unknown purpose 'curiosity'"),
    ("contents", "data_groups", ["diaries"], "unknown data_groups 'diaries'"),
    ("contents", "withheld_fields", ["payments.taste"], "unknown withheld_fields 'payments.taste'"),
    ("contents", "law", ["gravity"], "unknown law 'gravity'"),
]


@pytest.mark.parametrize(("kind", "key", "value", "message"), UNKNOWN_WORDS)
def test_an_unknown_word_is_refused_with_its_row(
    book: Book, kind: str, key: str, value: object, message: str
) -> None:
    book[kind][1][key] = value
    assert refusal(book) == f"{kind} 2: {message}"


WRONG_FIELDS: list[tuple[str, object, str]] = [
    ("valid_untill", date(2023, 1, 1), "unknown key 'valid_untill'"),
    ("valid_from", "2021-02-01", "valid_from must be of type date"),
    ("valid_from", datetime(2021, 2, 1), "valid_from must be of type date"),  # noqa: DTZ001 - as TOML has it
    ("valid_to", 2023, "valid_to must be of type date"),
    ("by_agreement_only", "no", "by_agreement_only must be of type bool"),
    ("tabs", "benefits", "tabs must be of type list"),
    ("tabs", [["benefits"]], "unknown tabs ['benefits']"),
    ("mandate", 1, "mandate must be of type str"),
]


@pytest.mark.parametrize(("key", "value", "message"), WRONG_FIELDS)
def test_a_field_that_is_not_as_it_must_be_is_refused(
    book: Book, key: str, value: object, message: str
) -> None:
    book["openings"][0][key] = value
    assert refusal(book) == f"openings 1: {message}"


@pytest.mark.parametrize("key", ["mandate", "purpose", "valid_from", "source"])
def test_an_opening_without_a_necessary_field_is_refused(book: Book, key: str) -> None:
    del book["openings"][0][key]
    assert refusal(book) == f"openings 1: {key} is missing"


def without_organisation_types(book: Book) -> None:
    del book["openings"][0]["organisation_types"]


def without_source(book: Book) -> None:
    book["openings"][0]["source"] = {}


def without_tabs(book: Book) -> None:
    book["openings"][0]["tabs"] = []


def empty_validity(book: Book) -> None:
    book["openings"][0]["valid_to"] = book["openings"][0]["valid_from"]


def backward_validity(book: Book) -> None:
    book["openings"][0]["valid_to"] = date(2020, 1, 1)


ROW_SLIPS: list[tuple[Slip, str]] = [
    (without_organisation_types, "it is for no organisation type"),
    (without_source, "it names no source"),
    (without_tabs, "it opens no tab"),
    (empty_validity, "its validity is empty"),
    (backward_validity, "its validity is empty"),
]


@pytest.mark.parametrize(("slip", "message"), ROW_SLIPS)
def test_a_row_that_says_too_little_is_refused(book: Book, slip: Slip, message: str) -> None:
    slip(book)
    where = "Opening of other_benefits by benefits_and_payment_demands from 2021-02-01"
    assert refusal(book) == f"{where}: {message}"


@pytest.mark.parametrize("kind", ["grants", "contents"])
def test_a_row_without_a_law_is_refused(book: Book, kind: str) -> None:
    del book[kind][0]["law"]
    assert refusal(book).endswith("from 2021-02-01: it rests on no law")


def test_an_unknown_source_is_refused(book: Book) -> None:
    book["openings"][0]["source"] = {"hearsay": "in the corridor"}
    assert refusal(book) == "openings 1 source: unknown source 'hearsay'"


def test_a_source_must_say_where_in_it(book: Book) -> None:
    book["openings"][0]["source"] = {"deck": ""}
    assert refusal(book) == "openings 1 source: deck is empty"


@pytest.mark.parametrize("kind", ["openings", "grants", "contents"])
def test_two_rows_for_the_same_day_are_refused(book: Book, kind: str) -> None:
    book[kind].append(book[kind][0] | {"valid_from": date(2022, 12, 31)})
    assert refusal(book).endswith("from 2022-12-31: overlaps the row from 2021-02-01")


def test_rows_overlap_when_one_organisation_type_is_in_both(book: Book) -> None:
    again = {"organisation_types": ["wellbeing_county", "helsinki"]}
    book["openings"].append(book["openings"][0] | again)
    assert "overlaps the row" in refusal(book)


def test_a_row_may_begin_on_the_day_on_which_another_ends(book: Book) -> None:
    first = book["grants"][0]
    book["grants"].append(first | {"valid_from": first["valid_to"], "valid_to": date(2023, 1, 2)})
    del book["grants"][1:3]
    build(book)


@pytest.mark.parametrize("purpose", ["social_assistance_notifications", "typ_service"])
def test_notifications_and_listings_need_their_tab(book: Book, purpose: str) -> None:
    row(book, "openings", purpose=purpose)["tabs"] = ["benefits"]
    assert refusal(book).endswith("it does not open the tab forwarded_notifications")


def test_a_list_shows_no_data_groups_of_a_customer(book: Book) -> None:
    row(book, "contents", purpose="typ_service")["data_groups"] = ["payments"]
    message = "Content of typ_service from 2023-01-01: data groups belong to a customer's tab"
    assert refusal(book).startswith(message)


def test_a_customers_tab_must_show_some_data_group(book: Book) -> None:
    del row(book, "contents", purpose="integration_benefits")["data_groups"]
    assert "data groups belong to a customer's tab" in refusal(book)


def test_a_gap_between_contents_is_refused(book: Book) -> None:
    row(book, "contents", purpose="typ_service")["valid_to"] = date(2024, 12, 31)
    assert refusal(book).endswith("no content says what it shows on 2024-12-31")


def test_a_content_that_begins_too_late_is_refused(book: Book) -> None:
    row(book, "contents", purpose="typ_service")["valid_from"] = date(2023, 1, 2)
    assert refusal(book).endswith("no content says what it shows on 2023-01-01")


BENEFITS: list[tuple[dict[str, object], str]] = [
    ({"only": ["gold"]}, "unknown only 'gold'"),
    ({"all_except": ["gold"]}, "unknown all_except 'gold'"),
    ({"only": [], "all_except": []}, "unknown key 'all_except'"),
    ({"some": []}, "neither only nor all_except"),
]


@pytest.mark.parametrize(("benefits", "message"), BENEFITS)
def test_a_filter_of_benefits_says_only_or_all_except(
    book: Book, benefits: dict[str, object], message: str
) -> None:
    book["contents"][0]["benefits"] = benefits
    assert refusal(book) == f"contents 1 benefits: {message}"


def test_a_look_back_of_no_months_is_refused(book: Book) -> None:
    book["contents"][0]["look_back_months"] = 0
    assert refusal(book) == "contents 1: look_back_months must be positive"


def test_a_row_that_is_no_table_is_refused(book: Book) -> None:
    book["openings"][0] = "municipalities see everything"
    assert refusal(book) == "openings 1: must be a table"


def test_a_word_without_a_name_is_refused(book: Book) -> None:
    del book["names"]["tabs"]["benefits"]
    assert refusal(book) == "names tabs: benefits is missing"


def test_a_name_for_an_unknown_word_is_refused(book: Book) -> None:
    book["names"]["tabs"]["kitchen"] = {"fi": "keittiö", "sv": "kök", "en": "kitchen"}
    assert refusal(book) == "names tabs: unknown key 'kitchen'"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_name_is_needed_in_every_language(book: Book, language: str) -> None:
    book["names"]["tabs"]["benefits"][language] = ""
    assert refusal(book) == f"names tabs benefits: {language} is empty"


def test_every_purpose_is_described(book: Book) -> None:
    del book["descriptions"]["typ_service"]
    assert refusal(book) == "descriptions: typ_service is missing"


def test_a_table_that_the_rulebook_does_not_have_is_refused(book: Book) -> None:
    book["exceptions"] = []
    assert refusal(book) == "unknown key 'exceptions'"


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(RulebookError, match="not TOML"):
        parse("[[openings]")


def test_the_digest_is_of_what_the_file_says_not_of_its_layout(book: Book) -> None:
    file = FILE.read_text(encoding="utf-8")
    assert parse(f"# A remark.\n\n{file}").digest == load().digest
    book["openings"][0]["valid_to"] = date(2022, 12, 31)
    assert build(book).digest != load().digest


def test_the_rulebook_is_read_once() -> None:
    assert load() is load()
