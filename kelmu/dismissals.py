"""What a reader has dismissed from the top of the pages, until the browser is closed."""

import re

from django.http import HttpRequest, HttpResponseBase

COOKIE = "kelmu-dismissed"
KEY = re.compile(r"[a-z0-9-]{1,24}")
MOST = 20


def dismissed(request: HttpRequest) -> list[str]:
    """The keys of what the reader has dismissed."""
    return KEY.findall(request.COOKIES.get(COOKIE, ""))[-MOST:]


def dismiss(request: HttpRequest, response: HttpResponseBase, key: str) -> None:
    """Keeps the key in a cookie of the browser's session; one of another form is passed over."""
    if KEY.fullmatch(key):
        keys = [*dismissed(request), key][-MOST:]
        response.set_cookie(COOKIE, ".".join(keys), secure=True, httponly=True, samesite="Lax")
