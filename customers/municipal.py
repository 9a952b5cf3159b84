"""Purposes that show no single customer but what concerns a municipality, and where they go on.

The start view offers them beside its own; the application that has their pages registers itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from authorizations.rights import Right
from authorizations.rulebook import OpenedPurpose
from customers import tabs


@dataclass(frozen=True, slots=True)
class Municipal:
    """`url_name` of the page where a municipality is chosen, the purposes that it shows, and a word
    on each of them, such as how much is new."""

    url_name: str
    purposes: Callable[[Right], tuple[OpenedPurpose, ...]]
    note: Callable[[Right, OpenedPurpose], str]


_pages: list[Municipal] = []


def register(page: Municipal) -> None:
    _pages.append(page)


def purposes(right: Right) -> tuple[OpenedPurpose, ...]:
    """Those that are open and show no single customer."""
    found = (opened for page in _pages for opened in page.purposes(right))
    return tuple(opened for opened in found if not tabs.of(opened))


def note(right: Right, opened: OpenedPurpose) -> str:
    return next(page.note(right, opened) for page in _pages if opened in page.purposes(right))


def address(**query: str) -> str:
    """Of the page where a municipality is chosen."""
    return reverse(_pages[0].url_name, query=query)
