"""The text of the interface (OpenAPI 3.1): what the operations say of themselves, and what is the
same of all of them: how a call says for whom it is, and what it answers when it answers no."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, override

from ninja.openapi.schema import OpenAPISchema

from technical_interface import calls, idempotency, versions
from technical_interface.api import api
from technical_interface.getting_in.views import ASSERTION_TYPE
from technical_interface.problems import MEDIA_TYPE, TITLES, Kind

type Part = dict[str, Any]

DESCRIPTION = """\
The technical interface of this Kelmu, for systems of organisations that have an agreement with
Kela. Kela’s own interface is not public; this one does not copy it.

No Suomi.fi mandates are needed here: the agreement is. Every call is made for somebody in the
organisation and leaves the same row in the access log as a person’s look would. A personal identity
code stands in the body of a request and nowhere else.

Calls that come too fast are answered 429 with Retry-After, 503 has it too; `GET /api/v1/rights`
tells the limits.
"""
PROBLEMS = {  # what any operation may answer, beside its own
    *(Kind.MALFORMED, Kind.INVALID_TOKEN, Kind.PURPOSE_NOT_OPEN, Kind.NOT_FOUND),
    *(Kind.TOO_LARGE, Kind.MEDIA_TYPE, Kind.INVALID, Kind.TOO_MANY_CALLS, Kind.UNAVAILABLE),
}
OF_SOME: Mapping[str, Part] = {  # by what an operation says of itself
    "x-if-match": {
        "name": versions.HEADER,
        "in": "header",
        "required": True,
        "schema": {"type": "string", "pattern": f"^{versions.ETAG.pattern}$"},
        "example": '"1"',
        "description": "The version that was read, as ETag told it.",
    },
    "x-idempotent": {
        "name": idempotency.HEADER,
        "in": "header",
        "required": True,
        "schema": {"type": "string", "pattern": f"^{idempotency.KEY_FORM.pattern}$"},
        "example": '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
        "description": "A key of the caller’s own, new for each thing that is made. The same"
        " request by the same key makes nothing more and is answered as the first one was; another"
        " one by the same key is refused. It holds in the organisation, for the operation, as long"
        " as what it has made is kept.",
    },
}
HEADERS: dict[str, Part] = {
    calls.END_USER: {
        "required": True,
        "schema": {"type": "string", "pattern": f"^{calls.END_USER_FORM.pattern}$"},
        "example": "u-4711",
        "description": "For whom in the organisation the call is made: a pseudonym that its own"
        " system gives and can lead back. Never an identity code.",
    },
    calls.PURPOSE: {  # of those operations alone that say so by x-purpose
        "required": True,
        "schema": {"type": "string", "pattern": f"^{calls.PURPOSE_FORM.pattern}$"},
        "example": "other_benefits",
        "description": "For which purpose of use; of operations whose path does not say it.",
    },
    calls.CASE_REFERENCE: {
        "required": False,
        "schema": {"type": "string", "pattern": f"^{calls.CASE_REFERENCE_FORM.pattern}$"},
        "example": "2026-118",
        "description": "The case in the organisation’s own system; required if the agreement asks"
        " for it.",
    },
}
RETRY_AFTER: Part = {
    "headers": {
        "Retry-After": {
            "required": True,
            "schema": {"type": "integer", "minimum": 1},
            "description": "After how many seconds to go on.",
        }
    }
}
PROBLEM: Part = {
    "type": "object",
    "description": "RFC 9457. `type` does not change; `title` is in the caller’s language.",
    "required": ["type", "title", "status", "instance"],
    "properties": {
        "type": {"type": "string", "enum": [f"urn:kelmu:problem:{kind}" for kind in Kind]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "instance": {
            "type": "string",
            "description": "The request, as logs know it.",
        },
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "type", "message"],
                "properties": {
                    "pointer": {"type": "string"},
                    "type": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
TOKEN: Part = {
    "operationId": "token",
    "tags": ["Getting in"],
    "summary": "An access token",
    "description": "OAuth 2.0 client credentials with private_key_jwt (RFC 6749 4.4, RFC 7523)."
    " The scope names purposes and actions, blanks between them; without it, all that is agreed.",
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["grant_type", "client_assertion_type", "client_assertion"],
                    "properties": {
                        "grant_type": {"const": "client_credentials"},
                        "client_assertion_type": {"const": ASSERTION_TYPE},
                        "client_assertion": {"type": "string", "maxLength": 8192},
                        "scope": {"type": "string", "maxLength": 1000},
                    },
                }
            }
        },
    },
    "responses": {
        "200": {
            "description": "The token, good for ten minutes.",
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["access_token", "token_type", "expires_in", "scope"],
                        "properties": {
                            "access_token": {"type": "string"},
                            "token_type": {"const": "Bearer"},
                            "expires_in": {"type": "integer"},
                            "scope": {"type": "string"},
                        },
                    }
                }
            },
        },
        **{
            status: {
                "description": f"`error` is {codes}.",
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "required": ["error"],
                            "properties": {"error": {"type": "string"}},
                        }
                    }
                },
            }
            for status, codes in (
                ("400", "unsupported_grant_type, invalid_scope or unauthorized_client"),
                ("401", "invalid_client, whatever is wrong with the assertion"),
                ("429", "slow_down"),
            )
        },
    },
}


class Text(OpenAPISchema):
    """Each part of the text has a name of its own: django-ninja would let the last one win."""

    @override
    def add_schema_definitions(self, definitions: Part) -> None:
        for name, part in definitions.items():
            if self.schemas.setdefault(name, part) != part:
                raise ValueError(f"{name} stands for two things")


@cache
def text() -> Part:
    """The whole text, for whoever reads it by a program or on the page."""
    made: Part = dict(Text(api, "api/v1/"))
    made["info"]["description"] = DESCRIPTION
    for _path, _method, operation in operations(made):
        left_out = () if operation.pop("x-purpose", False) else (calls.PURPOSE,)
        operation.setdefault("parameters", []).extend(
            {"$ref": f"#/components/parameters/{name}"} for name in HEADERS if name not in left_out
        )
        for said in sorted(OF_SOME.keys() & operation.keys()):
            reference = f"#/components/parameters/{OF_SOME[said]['name']}"
            operation["parameters"].append({"$ref": reference})
            del operation[said]
        if media_type := operation.pop("x-media-type", ""):
            content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
            operation["responses"] = {"200": {"description": "OK", "content": content}}
        operation["responses"] |= _problems(operation)
        operation.pop("x-problems", None)
    made["paths"] = {"/api/v1/token": {"post": TOKEN}} | made["paths"]
    components = made["components"]
    components["schemas"]["Problem"] = PROBLEM
    components["parameters"] = {
        name: {"name": name, "in": "header"} | told for name, told in HEADERS.items()
    } | {told["name"]: told for told in OF_SOME.values()}
    return made


def operations(of: Part) -> Iterator[tuple[str, str, Part]]:
    """Each operation with its path and method."""
    for path, methods in of["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _problems(operation: Part) -> Part:
    """What an operation answers when it answers no, by status."""
    by_status: dict[str, list[str]] = {}
    for kind, (status, _title) in TITLES.items():
        if kind in PROBLEMS or str(status.value) in operation.get("x-problems", ()):
            by_status.setdefault(str(status.value), []).append(kind)
    return {
        status: {
            "description": ", ".join(f"`{kind}`" for kind in sorted(kinds)),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        | (RETRY_AFTER if status in {"429", "503"} else {})
        for status, kinds in by_status.items()
    }
