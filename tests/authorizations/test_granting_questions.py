"""How the public pages on mandates are asked: wrong words, languages, addresses."""

import html
import re

import pytest
from django.test import Client

from tests.authorizations.asking import M1, ask, look

pytestmark = pytest.mark.django_db

PAGES = ["", "opened/", "needed/", "compared/", "grounds/"]
BAD = [
    ("", "on=yesterday", "on"),
    ("", "on=2020-12-31", "on"),
    ("/opened", "organisation_type=kingdom", "organisation_type"),
    ("/opened", "organisation_type=helsinki&mandate=everything", "mandate"),
    ("/opened", f"mandate={M1}", "organisation_type"),
    ("/opened", "organisation_type=helsinki&on=2023-02-29", "on"),
    ("/compared", "before=x", "before"),
    ("/compared", "after=2020-01-01", "after"),
    ("/needed", "see=tabs:nothing", "see"),
    ("/needed", "see=mandates:treatment_abroad", "see"),
    ("/needed", "see=nonsense", "see"),
    ("/grounds", "organisation_type=", "organisation_type"),
]


@pytest.mark.parametrize(("page", "query", "field"), BAD)
def test_bad_input_is_told_as_a_page_and_as_json(page: str, query: str, field: str) -> None:
    errors = ask(page, query, 400)["errors"]
    assert list(errors) == [field]
    shown = look(f"{page.removeprefix('/')}/".removeprefix("/"), f"{query}&lang=en", 400)
    assert "Correct this before going on" in shown
    assert f'href="#id_{field}"' in shown


def test_bad_input_is_not_repeated() -> None:
    for page in ("/opened", "/grounds"):
        answer = Client().get(f"/rights{page}.json?organisation_type=131052-9085")
        assert "131052" not in answer.content.decode()
    assert "131052" not in look("opened/", "organisation_type=131052-9085", 400).split("<main")[1]


@pytest.mark.parametrize("page", ["opened/", "needed/", "grounds/"])
def test_a_page_that_needs_a_choice_asks_first(page: str) -> None:
    shown = look(page, "lang=en")
    assert "Correct this" not in shown
    assert "The same as JSON" not in shown
    assert ask(f"/{page.removesuffix('/')}", "", 400)["errors"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("language", "word"), [("fi", "Kunta"), ("sv", "Kommun"), ("en", "Municipality")]
)
def test_every_page_speaks_three_languages(page: str, language: str, word: str) -> None:
    query = "organisation_type=municipality&see=tabs:benefits&before=2022-12-31&after=2023-01-01"
    shown = look(page, f"{query}&lang={language}")
    assert f'<html lang="{language}"' in shown
    assert word in shown


def test_a_change_of_language_keeps_the_question() -> None:
    page = look("needed/", "see=tabs:benefits&on=2023-01-02&lang=sv")
    assert 'name="next" value="/rights/needed/?see=tabs%3Abenefits&amp;on=2023-01-02"' in page


@pytest.mark.parametrize("page", PAGES)
def test_the_json_is_linked_with_the_same_question(page: str) -> None:
    query = "organisation_type=helsinki&see=tabs:benefits"
    shown = look(page, query)
    found = re.search(r'<link rel="alternate"\s+type="application/json"\s+href="([^"]+)"', shown)
    assert found
    assert Client().get(html.unescape(found[1])).status_code == 200


@pytest.mark.parametrize("page", ["/", "/support/"])
def test_the_pages_are_reached_from_everywhere(page: str) -> None:
    assert 'href="/rights/"' in Client().get(page).content.decode()
