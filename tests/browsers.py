"""A real browser: Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import connections
from playwright._impl._api_structures import SetCookieParam  # it has no public name
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from kelmu.log_lines import HETU
from tests.personas import Persona
from tests.running import Kelmu
from tests.visitor import Visitor

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# No name look-ups or calls home of the browser's own.
QUIET = [
    *["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    *["--disable-quic", "--no-first-run"],
]


def program() -> str:
    """The browser of this machine; a missing one is a failure, never a skip."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        raise FileNotFoundError("There is no Chromium here. Run `make browser`.")
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser, for as long as it is needed."""
    # Playwright keeps an event loop in this thread. Django would refuse its database there, and
    # keeps other connections than before.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    connections.close_all()
    sandbox = [] if os.geteuid() else ["--no-sandbox"]  # as root there is none
    with sync_playwright() as playwright:
        options = [*QUIET, *sandbox]
        browser = playwright.chromium.launch(executable_path=program(), args=options)
        yield browser
        browser.close()
        connections.close_all()


@contextmanager
def watched_page(
    browser: Browser, address: str, *, locale: str = "fi-FI", scripts: bool = True
) -> Iterator[Page]:
    """A page of a new visitor.

    It fails if the page's scripts or its policy complained, if anything was asked of a third
    party, or if an identity code stood in an address.
    """
    complaints: list[str] = []
    context = browser.new_context(base_url=address, locale=locale, java_script_enabled=scripts)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.extend(complaint(message, page)))
    page.on("request", lambda request: complaints.extend(leak(request)))
    yield page
    context.close()
    assert complaints == []


def complaint(message: ConsoleMessage, page: Page) -> list[str]:
    """What is wrong, if the message says so. The status of a refusal or of a fault is not: the
    browser tells it of the page itself, htmx of what it was to swap in."""
    address, _, _ = page.url.partition("#")  # it may have moved on within the page
    of_page = message.location["url"] == address and "the server responded" in message.text
    is_status = of_page or message.text.startswith("Response Status Error Code")
    return [message.text] if message.type == "error" and not is_status else []


def leak(request: Request) -> list[str]:
    """What is wrong with a request: it leaves this machine, or its address names a person."""
    is_here = urlsplit(request.url).hostname in {"127.0.0.1", "localhost"}
    return [] if is_here and not HETU.search(request.url) else [HETU.sub("HETU", request.url)]


def cookies_of(visitor: Visitor) -> list[SetCookieParam]:
    """The cookies of somebody who came without a browser, for one.

    Python's own jar writes the host `localhost` as localhost.local.
    """
    return [
        SetCookieParam(
            name=cookie.name,
            value=cookie.value or "",
            domain=cookie.domain.removesuffix(".local"),
            path="/",
            httpOnly=True,
            secure=True,
            sameSite="Lax",
        )
        for cookie in visitor.cookies
    ]


def log_in(page: Page, kelmu: Kelmu, persona: Persona) -> None:
    """Log in by the pages of Suomi.fi, as a person does."""
    page.goto(kelmu.address)
    if persona.at_kela:
        page.locator("form[action='/kela/login/'] button").click()
        page.locator(f"input[value='{persona.person}']").check()
        page.locator("main form button").click()
        return
    page.locator("form[action='/login/'] button").click()
    page.locator("a.button").click()
    page.locator(f"input[value='{persona.person}']").check()
    page.locator("main form button").click()
    page.locator("main form button").click()
    if persona.has_office:
        page.locator("form[action='/login/role/office/'] button").first.click()
    elif persona.business_id:
        page.locator(f"input[value='{persona.business_id}']").check()
        page.locator("main form button").click()
