"""What a person reads is marked for translation, wherever it is written."""

import ast
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.base import Lexer, Token, TokenType

from kelmu.management.commands.makemessages import MARKS, python_files, template_files

SAID_IN_EVERY_LANGUAGE = {"Kelmu"}
ADDRESS = re.compile(r"[\w.]+@[\w.]+")
WORD = re.compile(r"[^\W\d_]+")
READ_ATTRIBUTES = {"alt", "aria-label", "aria-description", "data-label", "placeholder", "title"}
MARKED = re.compile(r"""_\((["']).*?\1\)""")
LITERAL = re.compile(r"""(["'])(.*?)\1""")
LANGUAGES = {"fi", "sv", "en"}


def named(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


each_template = pytest.mark.parametrize("path", template_files(), ids=named)
each_module = pytest.mark.parametrize("path", python_files(), ids=named)


# --- templates --------------------------------------------------------------------------------


class BareWords(HTMLParser):
    """Collects the words that a reader of HTML sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.on_key = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.on_key = tag == "kbd"
        for name, value in attrs:
            if name in READ_ATTRIBUTES:
                self.collect(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.on_key = False

    def handle_data(self, data: str) -> None:
        if not self.on_key:  # the letter on a key is the same in every language
            self.collect(data)

    def collect(self, text: str) -> None:
        words = WORD.findall(ADDRESS.sub("", text))
        self.words += [word for word in words if word not in SAID_IN_EVERY_LANGUAGE]


def bare_words(template: str) -> list[str]:
    """The words of a template that stand outside its tags and variables."""
    reader = BareWords()
    reader.feed("".join(token.contents for token in untranslated(template) if is_text(token)))
    reader.close()
    return reader.words


def bare_literals(template: str) -> list[str]:
    """The texts, not names, that a template hands on in its tags without _()."""
    literals = [
        literal
        for token in untranslated(template)
        if token.token_type in {TokenType.BLOCK, TokenType.VAR}
        for _quote, literal in LITERAL.findall(MARKED.sub("", token.contents))
    ]
    return [text for text in literals if text[:1].isupper() or " " in text.strip()]


def untranslated(template: str) -> Iterator[Token]:
    """The tokens of a template, without the tags of translation and what is inside them."""
    inside = False
    for token in Lexer(template).tokenize():
        tag = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        inside = inside or tag == "blocktranslate"
        if not inside and tag != "translate":
            yield token
        inside = inside and tag != "endblocktranslate"


def is_text(token: Token) -> bool:
    return token.token_type == TokenType.TEXT


@each_template
def test_a_template_says_nothing_outside_its_translate_tags(path: Path) -> None:
    assert bare_words(path.read_text()) == []


@each_template
def test_a_template_hands_on_no_text_untranslated(path: Path) -> None:
    assert bare_literals(path.read_text()) == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p class="note">{% translate "Hello" %}</p>', []),
        ("{% blocktranslate trimmed %}Hello {{ name }}{% endblocktranslate %} you", ["you"]),
        ('<a title="Close" href="/close/">{{ name }}</a>', ["Close"]),
        ('<p {% if late %}class="late"{% endif %}>{{ day }}</p>', []),
        ("<kbd>x</kbd> closes", ["closes"]),
        ("{# a note #}<strong>Kelmu</strong> support@example.fi", []),
    ],
)
def test_bare_words_are_found(template: str, words: list[str]) -> None:
    assert bare_words(template) == words


@pytest.mark.parametrize(
    ("template", "literals"),
    [
        ('{% include "a.html" with label="Tabs" slug="tabs" %}', ["Tabs"]),
        ('{% include "a.html" with label=_("Tabs") empty=_("No tabs.") %}', []),
        ('{{ values|join:", " }} {{ value|default:"not known" }}', ["not known"]),
    ],
)
def test_bare_literals_are_found(template: str, literals: list[str]) -> None:
    assert bare_literals(template) == literals


# --- code -------------------------------------------------------------------------------------


def translators(tree: ast.AST) -> dict[str, str]:
    """The names under which a module has imported functions of gettext, and whose they are."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {
        alias.asname or alias.name: alias.name
        for node in imports
        if node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name
    }


def called_at_import(node: ast.AST) -> Iterator[str]:
    """The names of the functions that a module calls outside functions of its own."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name):
            yield child.func.id
        yield from called_at_import(child)


@each_module
def test_a_module_translates_nothing_before_it_knows_the_language(path: Path) -> None:
    tree = ast.parse(path.read_text())
    imported = translators(tree)
    eager = {name for name, function in imported.items() if not function.endswith("_lazy")}
    assert eager.isdisjoint(called_at_import(tree))


@each_module
def test_a_module_marks_its_texts_by_names_that_are_gathered(path: Path) -> None:
    imported = translators(ast.parse(path.read_text()))
    assert imported.keys() <= MARKS.keys()
    assert imported.get("_", "gettext") in {"gettext", "gettext_lazy"}


# --- reference data ---------------------------------------------------------------------------


def spoken_tables(value: Any) -> Iterator[dict[str, Any]]:
    """The tables within TOML that give one text in several languages."""
    if isinstance(value, list):
        for item in value:
            yield from spoken_tables(item)
    if isinstance(value, dict):
        if LANGUAGES & value.keys():
            yield value
        for item in value.values():
            yield from spoken_tables(item)


@pytest.mark.parametrize("file", ["authorizations/rulebook.toml", "benefits/data/benefits.toml"])
def test_reference_data_speaks_three_languages(file: str) -> None:
    texts = list(spoken_tables(tomllib.loads((settings.BASE_DIR / file).read_text())))
    assert len(texts) > 30
    assert [
        text for text in texts if not all(text.get(code, "").strip() for code in LANGUAGES)
    ] == []
