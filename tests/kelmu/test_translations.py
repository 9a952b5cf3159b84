"""Kelmu speaks Finnish, Swedish and English."""

import re
from collections import Counter

import polib
import pytest
from django.core.management import call_command
from django.utils import translation

from kelmu.management.commands.makemessages import LANGUAGES, catalogue_path

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
TAG = re.compile(r"</?\w+[^>]*>")

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(catalogue_path(language)))


def pairs(language: str) -> list[tuple[str, str]]:
    """Each message with its translation, each form of a plural for itself."""
    singular = [(entry.msgid, entry.msgstr) for entry in catalogue(language)]
    plurals = [
        pair
        for entry in catalogue(language)
        if entry.msgid_plural
        for pair in zip((entry.msgid, entry.msgid_plural), forms(entry), strict=True)
    ]
    return [pair for pair in singular if pair[1]] + plurals


def forms(entry: polib.POEntry) -> list[str]:
    """The translations of a message: one, or the singular and the plural."""
    plural = [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)]
    return plural or [entry.msgstr]


def used(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(pattern.findall(text))


def test_the_service_is_translated_into_finnish_and_swedish() -> None:
    assert LANGUAGES == ["fi", "sv"]


def test_the_texts_to_translate_are_those_of_the_code_and_the_templates() -> None:
    call_command("makemessages", check=True)


@in_each_language
def test_every_text_is_translated(language: str) -> None:
    missing = [entry.msgid for entry in catalogue(language) if not all(forms(entry))]
    assert missing == []


@in_each_language
def test_every_plural_has_two_forms(language: str) -> None:
    counts = {len(forms(entry)) for entry in catalogue(language) if entry.msgid_plural}
    assert counts == {2}


@in_each_language
def test_no_translation_is_doubtful_or_left_over(language: str) -> None:
    assert catalogue(language).fuzzy_entries() == []
    assert catalogue(language).obsolete_entries() == []


@in_each_language
@pytest.mark.parametrize("pattern", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_a_translation_fills_in_what_the_text_does(language: str, pattern: re.Pattern[str]) -> None:
    unlike = [pair for pair in pairs(language) if used(pattern, pair[0]) != used(pattern, pair[1])]
    assert unlike == []


@in_each_language
def test_a_translation_ends_as_the_text_does(language: str) -> None:
    unlike = [pair for pair in pairs(language) if ending(pair[0]) != ending(pair[1])]
    assert unlike == []


def ending(text: str) -> str:
    """The mark at the end: a sentence stays a sentence and a label a label."""
    return text[-1] if text[-1] in ".:?" else ""


@pytest.mark.parametrize(("language", "word"), [("fi", "Kirjaudu ulos"), ("sv", "Logga ut")])
def test_a_page_speaks_the_chosen_language(language: str, word: str) -> None:
    with translation.override(language):
        assert translation.gettext("Log out") == word


def test_english_does_not_fall_back_to_finnish() -> None:
    """English has no file of its own, and the language of the settings is Finnish."""
    with translation.override("en"):
        spoken = {entry.msgid: translation.gettext(entry.msgid) for entry in catalogue("fi")}
        rows = translation.ngettext("%(rows)s row", "%(rows)s rows", 2)
    assert [text for text in spoken if spoken[text] != text] == []
    assert rows == "%(rows)s rows"
