"""Gathering the texts to translate."""

from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from kelmu.management.commands.makemessages import (
    LANGUAGES,
    catalogue_path,
    extracted,
    found_in,
    template_as_python,
)

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def catalogue(tmp_path: Path, settings: Settings) -> Path:
    """An own Finnish catalogue: one known text, one that nobody says any more."""
    settings.LOCALE_PATHS = [tmp_path]
    for language in LANGUAGES:
        path = catalogue_path(language)
        path.parent.mkdir(parents=True)
        path.write_text(HEADER)
    path = catalogue_path("fi")
    known = 'msgid "Log out"\nmsgstr "Ulos"\n\nmsgid "Good bye"\nmsgstr "Näkemiin"\n'
    path.write_text(HEADER + known)
    return path


def messages(template: str, tmp_path: Path) -> list[tuple[object, list[str], str | None]]:
    path = tmp_path / "page.html"
    path.write_text(template)
    return list(found_in([template_as_python(path)]))


def test_known_translations_stay_and_old_ones_go(catalogue: Path) -> None:
    call_command("makemessages")
    texts = {entry.msgid: entry.msgstr for entry in polib.pofile(str(catalogue))}
    assert texts["Log out"] == "Ulos"
    assert texts["Search for a customer"] == ""
    assert "Good bye" not in texts


def test_gathering_again_changes_nothing(catalogue: Path) -> None:
    call_command("makemessages")
    first = catalogue.read_text()
    call_command("makemessages")
    assert catalogue.read_text() == first


def test_the_texts_are_in_order(catalogue: Path) -> None:
    call_command("makemessages")
    texts = [entry.msgid for entry in polib.pofile(str(catalogue))]
    assert texts == sorted(texts)


def test_a_check_changes_nothing_and_fails(catalogue: Path) -> None:
    before = catalogue.read_text()
    with pytest.raises(CommandError, match="fi are not up to date"):
        call_command("makemessages", check=True)
    assert catalogue.read_text() == before


def test_texts_of_code_and_of_templates_are_gathered() -> None:
    texts = {entry.msgid for entry in extracted()}
    assert {"Personal identity code", "Search for a customer"} <= texts


def test_a_block_is_gathered_trimmed_with_its_plural(tmp_path: Path) -> None:
    template = """
      <p>
          {% blocktranslate trimmed count rows=table.rows %}
            {{ rows }} row
          {% plural %}
            {{ rows }} rows
          {% endblocktranslate %}
      </p>"""
    assert messages(template, tmp_path) == [(("%(rows)s row", "%(rows)s rows"), [], None)]


def test_a_context_and_a_note_for_translators_are_gathered(tmp_path: Path) -> None:
    template = '{# Translators: a month #}\n{% translate "May" context "calendar" %}'
    assert messages(template, tmp_path) == [("May", ["Translators: a month"], "calendar")]


def test_what_a_template_hands_on_is_gathered(tmp_path: Path) -> None:
    template = '{% include "a.html" with label=_("Tabs") %}{{ value|default:_("none") }}'
    assert [text for text, _, _ in messages(template, tmp_path)] == ["Tabs", "none"]
