"""The text of the interface as the page for people shows it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kelmu.tables import Column, Table
from technical_interface.getting_in.views import audience
from technical_interface.problems import TITLES
from technical_interface.text import HEADERS, OF_SOME, operations, text

EXAMPLES = Path(__file__).with_name("examples.json")


def page(request: HttpRequest) -> dict[str, Any]:
    """How one gets in, the operations with an example of each, the problems."""
    return {
        "token_address": audience(request),
        "operations": _operations(),
        "headers": _headers(),
        "problems": _problems(),
    }


@cache
def examples() -> Mapping[str, Any]:
    """A request and an answer of each operation, by its path; of synthetic customers."""
    told: Mapping[str, Any] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return told


@cache
def _operations() -> list[dict[str, Any]]:
    return [
        {
            "name": f"{method.upper()} {path}",
            "anchor": operation["operationId"],
            "summary": operation["summary"],
            "description": operation["description"],
            "examples": _examples_of(f"{method} {path}"),
        }
        for path, method, operation in operations(text())
    ]


def _examples_of(operation: str) -> list[tuple[str, str]]:
    return [(title, _shown(told)) for title, told in examples().get(operation, {}).items()]


def _shown(told: Any) -> str:
    return told if isinstance(told, str) else json.dumps(told, indent=2, ensure_ascii=False)


def _headers() -> Table:
    return Table(
        caption=_("What a call says of itself"),
        columns=[Column(_("Header")), Column(_("Example")), Column(_("What it says"))],
        rows=[
            [name, told["example"], _in_english(told["description"])]
            for name, told in (HEADERS | {one["name"]: one for one in OF_SOME.values()}).items()
        ],
        empty="",
    )


def _in_english(text: str) -> SafeString:
    """The text itself is in one language, whatever the page's is."""
    return format_html('<span lang="en">{}</span>', text)


def _problems() -> Table:
    return Table(
        caption=_("When the answer is no"),
        columns=[Column(_("Type")), Column(_("Status"), numeric=True), Column(_("Meaning"))],
        rows=[
            [f"urn:kelmu:problem:{kind}", str(status.value), title]
            for kind, (status, title) in TITLES.items()
        ],
        empty="",
    )
