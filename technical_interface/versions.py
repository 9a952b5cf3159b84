"""Versions of what several people change: told by ETag, named by If-Match."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from technical_interface.problems import Kind, Problem

HEADER = "If-Match"
# Weak where the answer was compressed: the caller sends back what it was told.
ETAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')
# What answers a change beside the problems of every operation: text.py reads it.
OF_CHANGES: dict[str, Any] = {"x-problems": ["409", "412", "428"], "x-if-match": True}


def version_read(request: HttpRequest) -> int:
    """The version that the caller has read. Raises Problem if the call names none."""
    named = ETAG.fullmatch(request.headers.get(HEADER, ""))
    if named is None:
        raise Problem(Kind.VERSION_NOT_TOLD)
    return int(named[1])


def tagged(content: dict[str, Any], version: int, status: int = 200) -> HttpResponse:
    """An answer that tells which version it is of."""
    return JsonResponse(content, status=status, headers={"ETag": f'"{version}"'})
