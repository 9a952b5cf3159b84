"""A browser without scripts: keeps cookies, follows redirects and fills in forms."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import Cookie
from typing import Any
from urllib.parse import urljoin

import requests
from requests.cookies import RequestsCookieJar


@dataclass
class Form:
    """A form of a page: where it goes, and the values it was served with."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class FormReader(HTMLParser):
    """Finds the forms of a page; of radio buttons and boxes only what is checked."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif tag == "input" and "name" in given and self.forms and is_sent(given):
            self.forms[-1].fields[given["name"]] = given.get("value", "")


def is_sent(given: dict[str, str]) -> bool:
    """Whether an untouched input is part of a submission."""
    return given.get("type") not in {"radio", "checkbox"} or "checked" in given


def forms_of(page: requests.Response) -> list[Form]:
    """The forms of a page, in its order."""
    reader = FormReader()
    reader.feed(page.text)
    return reader.forms


class LoopbackCookies(RequestsCookieJar):
    """Takes plain http on loopback for secure, as browsers do."""

    def set_cookie(self, cookie: Cookie, *arguments: Any, **options: Any) -> None:
        cookie.secure = False
        super().set_cookie(cookie, *arguments, **options)


class Visitor(requests.Session):
    """Somebody at `address`; paths are relative to it."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.cookies = LoopbackCookies()

    def open(self, path: str) -> requests.Response:
        """GET a page of the application."""
        return self.get(urljoin(self.address, path))

    def submit(self, page: requests.Response, action: str = "", **values: str) -> requests.Response:
        """Submit the first form whose action matches the expression, with these values changed."""
        form = next(form for form in forms_of(page) if re.search(action, form.action))
        address, fields = urljoin(page.url, form.action), form.fields | values
        if form.method == "post":
            return self.post(address, data=fields)
        return self.get(address, params=fields)
