"""The user guide: one for each type of organisation and role, the same in three languages."""

import re
import tomllib
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve
from markdown_it import MarkdownIt

from authorizations.rulebook import OrganisationType
from kelmu.guides import FOLDER, GUIDES, TITLES
from kelmu.log_lines import HETU
from organisations.models import Contact
from tests.acting import HELSINKI, PIRKANMAA, TAMPERE, client_of, kela_admin, official

LANGUAGES = ["fi", "sv", "en"]
CHAPTERS = sorted({chapter for chapters in GUIDES.values() for chapter in chapters})
NAMES = tomllib.loads((settings.BASE_DIR / "authorizations/rulebook.toml").read_text())["names"]


def written(language: str, chapter: str) -> str:
    return (FOLDER / language / f"{chapter}.md").read_text()


def shape(markdown: str) -> list[str]:
    """What a text is made of, whatever it says."""
    reader = MarkdownIt("commonmark").enable("table")
    return [
        f"{token.type} {child.type if child.type == 'link_open' else ''}"
        for token in reader.parse(markdown)
        for child in (token.children or [token])
        if child.type == "link_open" or token.type != "inline"
    ]


def test_every_type_of_organisation_and_office_with_pages_has_a_guide() -> None:
    assert GUIDES.keys() == TITLES.keys()
    types = set(OrganisationType) - {OrganisationType.JOINT_AUTHORITY}  # as another authority
    roles = {Contact.Role.AUTHORIZER, Contact.Role.SUPERVISOR, Contact.Role.TECHNICAL}
    assert GUIDES.keys() == types | roles


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_is_written_and_used(language: str) -> None:
    assert sorted(path.stem for path in (FOLDER / language).iterdir()) == CHAPTERS


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_is_made_alike_in_each_language(chapter: str) -> None:
    finnish, swedish, english = (shape(written(language, chapter)) for language in LANGUAGES)
    assert finnish == swedish == english


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_mandates_and_purposes_are_called_what_the_rulebook_calls_them(
    language: str, chapter: str
) -> None:
    mandates, purposes = (
        {name[language] for name in NAMES[one].values()} for one in ("mandates", "purposes")
    )
    for row in re.findall(r"^\|(.*)\|$", written(language, chapter), re.MULTILINE)[2:]:
        _work, mandate, purpose = (cell.strip() for cell in row.split("|"))
        assert mandate in mandates
        assert purpose in purposes


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_pages_of_the_service(language: str) -> None:
    for chapter in CHAPTERS:
        for address in re.findall(r"\]\(([^)]*)\)", written(language, chapter)):
            assert resolve(urlsplit(address).path).url_name


def test_no_identity_code_stands_in_a_guide() -> None:
    assert not any(HETU.search(path.read_text()) for path in FOLDER.rglob("*.md"))


@pytest.mark.django_db
@pytest.mark.parametrize("slug", GUIDES)
def test_a_guide_is_a_page_with_its_headings_on_top(slug: str) -> None:
    page = Client().get(f"/guide/{slug}/?lang=en").content.decode()
    assert '<a class="ds-link" href="#part-1">Log in' in page
    assert 'id="part-1"' in page


@pytest.mark.django_db
def test_there_is_no_guide_of_another_name() -> None:
    assert Client().get("/guide/joint_authority/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("business_id", "slug"),
    [(PIRKANMAA, "wellbeing_county"), (TAMPERE, "municipality"), (HELSINKI, "helsinki")],
)
def test_a_caseworker_gets_the_guide_of_their_organisation(business_id: str, slug: str) -> None:
    page = client_of(official(business_id)).get("/start/").content.decode()
    assert f'href="/guide/{slug}/"' in page


@pytest.mark.django_db
def test_kela_s_people_choose_a_guide() -> None:
    assert 'href="/guide/"' in client_of(kela_admin("preparing")).get("/kela/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "word"), [("fi", "Kirjaudu"), ("sv", "Logga in"), ("en", "Log in")]
)
def test_what_is_new_is_told_in_the_language_of_the_page(language: str, word: str) -> None:
    page = Client().get(f"/changes/?lang={language}").content.decode()
    assert word in page
    assert "*" not in re.sub(r"<[^>]*>", "", page.split("<main", 1)[1].split("</main>")[0])
