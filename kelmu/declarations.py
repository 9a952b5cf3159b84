"""Every view declares what it needs; what declares nothing is refused (design.md section 2)."""

from collections.abc import Callable, Iterator
from typing import Concatenate

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def declare[**P](view: View[P], declaration: object) -> View[P]:
    """Writes on a view what it needs."""
    view.declaration = declaration  # type: ignore[attr-defined]  # a function carries it
    return view


def is_declared(view: object) -> bool:
    return hasattr(view, "declaration")


def public[**P](view: View[P]) -> View[P]:
    """Declares a view that anybody may open. It shows nobody's data and opens no transaction."""
    return declare(transaction.non_atomic_requests(view), "public")


def open_in_breaks[**P](view: View[P]) -> View[P]:
    """Marks a view that answers during a service break too; everything else is closed."""
    view.is_open_in_breaks = True  # type: ignore[attr-defined]  # a function carries it
    return view


def is_open_in_breaks(view: object) -> bool:
    return hasattr(view, "is_open_in_breaks")


def undeclared_addresses() -> list[str]:
    """Every address whose view says nothing, for the start-up check."""
    return sorted(
        route for route, view in _views(get_resolver().url_patterns) if not is_declared(view)
    )


def _views(
    patterns: list[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, route)
        else:
            yield route, pattern.callback
