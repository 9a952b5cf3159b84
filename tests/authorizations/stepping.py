"""Logging in step by step, as far as it gets, and what must not be told on the way."""

import re
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qs, urljoin, urlsplit

import requests

from tests.running import Kelmu
from tests.visitor import Visitor

AINO = "aino"
HETU = "140285-911Y"  # Aino's
PIRKANMAA = "9900100-2"
TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]*\.")  # signed or encrypted: a header in JSON, a dot, the rest
SECRETS = {"code", "state", "nonce", "user", "code_challenge"}


@dataclass
class Person:
    """Somebody of the cast in front of a browser that remembers every address."""

    kelmu: Kelmu
    visitor: Visitor
    slug: str = AINO
    addresses: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, kelmu: Kelmu, slug: str = AINO, language: str = "en") -> Self:
        """A new browser, in a language."""
        person = cls(kelmu, kelmu.visitor(), slug)
        person.visitor.cookies.set("kelmu-language", language, domain="127.0.0.1", path="/")
        person.visitor.hooks["response"].append(person._remember)
        return person

    def _remember(self, answer: requests.Response, **_: Any) -> None:
        self.addresses += [answer.url, answer.headers.get("Location", "")]
        if answer.url.startswith(self.kelmu.address):
            self.texts.append(answer.text)

    def identify(self) -> requests.Response:
        """From the front page through the identification; the page that comes after it."""
        return self.prove(self.visitor.submit(self.visitor.open("/"), "/login/$"))

    def prove(self, means: requests.Response) -> requests.Response:
        """From Suomi.fi's list of means; the same page if it is another one."""
        if "/idp/login/" not in means.url:
            return means
        person = self.visitor.get(urljoin(means.url, f"{means.url}/person"))
        confirmation = self.visitor.submit(person, person=self.slug)
        return self.visitor.submit(confirmation)

    def choose(self, page: requests.Response, business_id: str = PIRKANMAA) -> requests.Response:
        """An organisation on Suomi.fi's page; the same page if it is another one."""
        if "/oauth/select/" not in page.url:
            return page
        return self.visitor.submit(page, organisation=business_id)

    def log_in(self, business_id: str = PIRKANMAA) -> requests.Response:
        """All the way, or to where it ends."""
        return self.choose(self.identify(), business_id)

    def go_on(self, page: requests.Response) -> requests.Response:
        """By the button of a page that says that the login failed, all the way."""
        step = self.visitor.submit(page, r"/login/(role/mandate/)?$")
        return self.choose(self.prove(step))

    def steps_of(self, page: requests.Response) -> str:
        """The addresses on the way by the button of a page that says that the login failed."""
        before = len(self.addresses)
        self.go_on(page)
        return " ".join(self.addresses[before:])

    def is_logged_in(self) -> bool:
        return not self.visitor.open("/start/").url.endswith("?ended")

    def secrets(self) -> set[str]:
        """Everything that only Kelmu, Suomi.fi and this browser may know."""
        cookies = [cookie for cookie in self.visitor.cookies if cookie.name != "kelmu-language"]
        found = {HETU, *(cookie.value or HETU for cookie in cookies)}
        for address in self.addresses:
            query = parse_qs(urlsplit(address).query)
            found |= {value for name in SECRETS for value in query.get(name, [])}
        return found


@dataclass
class Watch:
    """What an application has said and written since the watch began."""

    kelmu: Kelmu
    lines: int = 0
    rows: int = 0

    @classmethod
    def over(cls, kelmu: Kelmu) -> Self:
        return cls(kelmu, len(log_of(kelmu)), len(rows_of(kelmu)))

    @property
    def written(self) -> list[dict[str, Any]]:
        """The new rows of the access log."""
        return rows_of(self.kelmu)[self.rows :]

    def acts(self) -> list[str]:
        return [row["act"] for row in self.written]

    def reasons(self) -> list[str]:
        """Why logins failed."""
        return [row["details"]["reason"] for row in self.written if row["act"] == "login_failed"]

    def tells_nothing_of(self, person: Person) -> None:
        """Fails if a secret is in the log lines, in the access log or on a page."""
        log = log_of(self.kelmu)[self.lines :]
        told = "\n".join([log, str(self.written)])
        pages = "\n".join(person.texts)
        for secret in person.secrets():
            assert secret not in told
            assert secret not in pages
        assert not TOKEN.search(told + pages)
        assert "Traceback" not in log


def log_of(kelmu: Kelmu) -> str:
    return kelmu.log("application").read_text()


def rows_of(kelmu: Kelmu) -> list[dict[str, Any]]:
    with kelmu.owner() as owner:
        found = owner.execute("SELECT to_jsonb(audit_entry) FROM audit_entry ORDER BY at, id")
        return [row for (row,) in found.fetchall()]
