"""Reads the bodies of calls: JSON in UTF-8, not too deep, with one meaning."""

import json
from collections.abc import Iterable
from typing import Any, NoReturn, override

from django.http import HttpRequest
from ninja.parser import Parser

from technical_interface.problems import Kind, Problem

DEEPEST = 8


class StrictParser(Parser):
    """Raises Problem for whatever is no such JSON."""

    @override
    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise Problem(Kind.MEDIA_TYPE)
        try:
            content = json.loads(
                request.body.decode(), parse_constant=_no_number, object_pairs_hook=_once
            )
        except (ValueError, RecursionError):
            raise Problem(Kind.MALFORMED) from None
        if _is_deep(content):
            raise Problem(Kind.MALFORMED)
        return content


def _no_number(_word: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice")
    return told


def _is_deep(content: Any, left: int = DEEPEST) -> bool:
    inner: Iterable[Any] = ()
    if isinstance(content, dict):
        inner = content.values()
    elif isinstance(content, list):
        inner = content
    return left == 0 or any(_is_deep(one, left - 1) for one in inner)
