"""The text of the interface as the page for people shows it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kelmu.formats import number
from kelmu.tables import Column, Table
from technical_interface import fields
from technical_interface.about import limits
from technical_interface.getting_in.views import audience
from technical_interface.problems import TITLES
from technical_interface.text import HEADERS, OF_SOME, operations, text

CLIENT = Path(__file__).parents[1] / "docs" / "interface_client.py"
KEY_COMMANDS = """\
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.pem
openssl pkey -in private.pem -pubout -out public.pem"""
CLIENT_COMMANDS = """\
pip install requests "python-jose[cryptography]"
python interface_client.py {} 9900100-2 KID private.pem 131052-9085"""
EXAMPLES = Path(__file__).with_name("examples.json")


def page(request: HttpRequest) -> dict[str, Any]:
    """How one gets in, the operations with an example of each, the problems."""
    return {
        "token_address": audience(request),
        "key_commands": KEY_COMMANDS,
        "client_commands": CLIENT_COMMANDS.format(request.build_absolute_uri("/").rstrip("/")),
        "client": CLIENT.read_text(encoding="utf-8"),
        "limits": _limits(),
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
    schemas = text()["components"]["schemas"]
    return [
        {
            "name": f"{method.upper()} {path}",
            "anchor": operation["operationId"],
            "summary": operation["summary"],
            "description": _with_code(operation["description"]),
            "headers": _headers_of(operation),
            "asked": [
                ("Query", _told(fields.query(operation, schemas))),
                ("Body", _told(fields.body(operation, schemas))),
            ],
            "examples": _examples_of(f"{method} {path}"),
        }
        for path, method, operation in operations(text())
    ]


def _headers_of(operation: Mapping[str, Any]) -> str:
    """Those that it asks for, in English as the text."""
    references = [one["$ref"] for one in operation.get("parameters", ()) if "$ref" in one]
    names = ", ".join(one.rpartition("/")[2] for one in references)
    return f"Headers: {names}." if names else ""


def _told(asked: Iterable[fields.Asked]) -> list[fields.Asked]:
    return [replace(one, meaning=_with_code(one.meaning)) for one in asked]


def _with_code(text: str) -> SafeString:
    """What stands between backticks in the text, as code."""
    parts = enumerate(text.split("`"))
    return format_html_join("", "{}", ((_code(one) if place % 2 else one,) for place, one in parts))


def _code(text: str) -> SafeString:
    return format_html("<code>{}</code>", text)


def _examples_of(operation: str) -> list[tuple[str, str]]:
    return [(title, _shown(told)) for title, told in examples().get(operation, {}).items()]


def _shown(told: Any) -> str:
    return told if isinstance(told, str) else json.dumps(told, indent=2, ensure_ascii=False)


def _limits() -> Table:
    of = limits()
    rows = [
        (_("calls of all systems of an organisation"), of["calls"]),
        (_("calls of one end user on customers"), of["searches"]),
    ]
    return Table(
        caption=_("How fast calls may come"),
        columns=[
            Column(_("What")),
            Column(_("At most"), numeric=True),
            Column(_("In minutes"), numeric=True),
        ],
        rows=[
            [what, number(one["at_most"]), number(one["in_seconds"] // 60)]
            for what, paces in rows
            for one in paces
        ],
        empty="",
    )


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
