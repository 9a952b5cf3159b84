"""Somebody at a browser, and what they do in Kelmu, by the words of its English pages."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playwright._impl._api_structures import SetCookieParam  # it has no public name
from playwright.sync_api import Browser, Locator, Page, expect

from tests import browsers
from tests.browsers import watched_page
from tests.personas import Persona
from tests.running import Kelmu

EINO, JONNA, HANNA = "131052-9085", "081099-9436", "280292-9878"
TUULA, PEKKA = "070355-912J", "230989-923U"
PROTECTED, X_SEPARATOR, NOBODY = "040474-945C", "121287X901X", "010190-902S"
ABROAD = "090855-9171"
CUSTOMER_PAGE = re.compile(r"/customers/[0-9a-f-]{36}/(benefits|social-assistance)/$")


@dataclass(frozen=True)
class Desk:
    """A browser window in front of somebody."""

    page: Page
    kelmu: Kelmu

    def log_in(self, persona: Persona) -> None:
        """Come in by the pages of Suomi.fi, as far as this person gets."""
        browsers.log_in(self.page, self.kelmu, persona)

    def be(self, persona: Persona) -> None:
        """Stand where a login of this person ends, after one that needed no browser."""
        cookies = browsers.cookies_of(self.kelmu.client_for(persona))
        self.page.context.add_cookies(cookies)
        self.open("/")

    def open(self, path: str) -> None:
        self.page.goto(self.kelmu.address + path)

    def press(self, name: str) -> None:
        """Press the button with this name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow the link with this name."""
        self.page.get_by_role("link", name=name, exact=True).click()

    def search(self, hetu: str, purpose: str | None = None) -> None:
        """Type an identity code, choose a purpose if one is named, and fetch."""
        if purpose:
            self.page.get_by_role("radio", name=purpose, exact=True).check()
        self.search_field.fill(hetu)
        self.press("Fetch the data")

    def look_up(self, hetu: str, purpose: str | None = None) -> None:
        """Search for somebody who is found."""
        self.search(hetu, purpose)
        expect(self.page).to_have_url(CUSTOMER_PAGE)

    @property
    def search_field(self) -> Locator:
        return self.page.get_by_label("Personal identity code")

    @property
    def heading(self) -> Locator:
        """What the page is about."""
        return self.page.get_by_role("heading", level=1)

    @property
    def purposes(self) -> list[str]:
        """The purposes of use that can be chosen."""
        expect(self.page.locator("#search")).to_be_visible()
        return self.page.locator(".purposes .ds-field > label").all_inner_texts()

    @property
    def tables(self) -> list[str]:
        """The data groups of the customer that is open."""
        return self.page.locator(".group > h2").all_inner_texts()


@contextmanager
def seated(
    browser: Browser,
    kelmu: Kelmu,
    *,
    language: str = "en",
    scripts: bool = True,
    cookies: Sequence[SetCookieParam] = (),
) -> Iterator[Desk]:
    """A new browser window at `kelmu`; with the cookies of somebody who is logged in, perhaps."""
    with watched_page(browser, kelmu.address, locale=language, scripts=scripts) as page:
        page.context.add_cookies(cookies)
        page.context.add_cookies(
            [{"name": "kelmu-language", "value": language, "url": kelmu.address}]
        )
        yield Desk(page, kelmu)
