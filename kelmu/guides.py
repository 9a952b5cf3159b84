"""The user guide and what is new: Markdown files of the project, made into pages here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.conf import settings
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kelmu.languages import page_language

FOLDER = settings.BASE_DIR / "kelmu" / "guide"
CHANGES = settings.BASE_DIR / "kelmu" / "changes"

_CASEWORK = (
    *("searching", "benefits", "social-assistance", "payment-demands", "notifications"),
    *("documents", "lists", "finishing", "trouble"),
)
_BENEFITS = ("searching", "benefits", "finishing", "trouble")
GUIDES = {  # the chapters of each guide
    "wellbeing_county": ("logging-in", "county", *_CASEWORK),
    "municipality": (
        *("logging-in", "municipality", "notifications", "lists", "searching", "benefits"),
        *("documents", "finishing", "trouble"),
    ),
    "helsinki": ("logging-in", "helsinki", *_CASEWORK),
    "other_authority": ("logging-in", "other-authority", "payment-demands", *_BENEFITS),
    "authorizer": ("by-role", "authorizer", "trouble"),
    "supervisor": ("by-role", "supervisor", "trouble"),
    "technical": ("by-role", "technical"),
}
TITLES: dict[str, Promise] = {
    "wellbeing_county": _("Wellbeing services counties"),
    "municipality": _("Municipalities"),
    "helsinki": _("City of Helsinki"),
    "other_authority": _("Joint and other authorities"),
    "authorizer": _("Authorizers"),
    "supervisor": _("Supervisors of use"),
    "technical": _("Technical contacts"),
}
# How the design system dresses what Markdown knows.
DRESS: dict[str, dict[str, str]] = {
    "heading_open": {"class": "ds-heading", "data-size": "sm"},
    "bullet_list_open": {"class": "ds-list"},
    "ordered_list_open": {"class": "ds-list"},
    "link_open": {"class": "ds-link"},
    "table_open": {"class": "ds-table", "role": "table"},
    "thead_open": {"role": "rowgroup"},
    "tbody_open": {"role": "rowgroup"},
    "tr_open": {"role": "row"},
    "th_open": {"role": "columnheader", "scope": "col"},
    "td_open": {"role": "cell"},
}


@dataclass(frozen=True)
class Text:
    """A page of Markdown as HTML, and its headings with their anchors."""

    html: SafeString
    headings: tuple[tuple[str, str], ...]


def guide(slug: str) -> Text:
    """A guide in the language of the page. KeyError for one that there is not."""
    return _guide(slug, page_language())


def changes() -> Text:
    """What is new, in the language of the page; the English one is CHANGELOG.md."""
    return _changes(page_language())


@cache
def _guide(slug: str, language: str) -> Text:
    folder = FOLDER / language
    return _rendered("\n\n".join((folder / f"{one}.md").read_text() for one in GUIDES[slug]))


@cache
def _changes(language: str) -> Text:
    path = settings.BASE_DIR / "CHANGELOG.md" if language == "en" else CHANGES / f"{language}.md"
    _title, _line, text = path.read_text().partition("\n")
    return _rendered(text)


def _rendered(markdown: str) -> Text:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(markdown)
    headings = tuple(_anchored(tokens))
    for token in _all(tokens):
        token.attrs |= DRESS.get(token.type, {})
    _label(tokens)
    return Text(mark_safe(reader.renderer.render(tokens, reader.options, {})), headings)  # noqa: S308 - our own files


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _anchored(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Gives each heading its anchor."""
    openings = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    for number, place in enumerate(openings, start=1):
        anchor = f"part-{number}"
        tokens[place].attrs["id"] = anchor
        yield anchor, tokens[place + 1].content


def _label(tokens: Sequence[Token]) -> None:
    """Gives each cell of a table the heading of its column: a narrow screen shows cards."""
    headings: list[str] = []
    column = 0
    for token, after in pairwise(tokens):
        match token.type:
            case "thead_open":
                headings = []
            case "th_open":
                headings.append(after.content)
            case "tr_open":
                column = 0
            case "td_open":
                token.attrs["data-label"] = headings[column]
                column += 1
