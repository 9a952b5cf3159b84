"""The pages that explain rights, as people meet them: without scripts, narrow, printed."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browsers import log_in, watched_page
from tests.conftest import KelmuOn
from tests.personas import ENTITLED, WITHOUT_MANDATE, Persona
from tests.running import Kelmu

pytestmark = pytest.mark.browser

M1 = "benefits_and_payment_demands"
EVERY_MANDATE = f"organisation_type=helsinki&mandate={M1}&mandate=treatment_abroad"
PAGES = [
    "/rights/",
    "/rights/opened/",
    f"/rights/opened/?{EVERY_MANDATE}",
    "/rights/opened/?organisation_type=helsinki&on=2020-01-01",
    "/rights/needed/?see=notification_types:immigrant",
    "/rights/compared/?before=2022-12-31&after=2023-01-01",
    "/rights/grounds/?organisation_type=helsinki",
]
IN_TAMPERE_BEFORE = Persona("aino", business_id="9900102-9")
BEFORE_THE_TURN = "2022-12-15"


@pytest.fixture(scope="module")
def house(kelmu_on: KelmuOn) -> Kelmu:
    return kelmu_on(BEFORE_THE_TURN)


@pytest.fixture
def visitor(browser: Browser, house: Kelmu) -> Iterator[Page]:
    """Somebody who has not logged in, in English."""
    with watched_page(browser, house.address) as page:
        page.goto("/?lang=en")
        speak_english(page, house)
        yield page


def speak_english(page: Page, house: Kelmu) -> None:
    page.context.add_cookies([{"name": "kelmu-language", "value": "en", "url": house.address}])


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    visitor: Page, path: str, width: int
) -> None:
    visitor.set_viewport_size({"width": width, "height": 800})
    visitor.goto(path)
    found = Axe().run(visitor)
    assert found.violations_count == 0, found.generate_report()
    assert visitor.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_a_stranger_finds_the_mandate_they_need(
    browser: Browser, house: Kelmu
) -> None:
    with watched_page(browser, house.address, scripts=False) as page:
        speak_english(page, house)
        page.goto("/")
        page.get_by_role("link", name="What a mandate shows").first.click()
        page.get_by_role("link", name="Which do I need?").click()
        page.get_by_label("What you need").select_option(
            label="Immigrant, over 2 months of social assistance"
        )
        page.get_by_label("Day").fill("2023-01-02")
        page.get_by_role("button", name="Show").click()
        page.get_by_role("row", name="Municipality").get_by_role("link").click()
        expect(page.locator("article.purpose h3")).to_have_text("Integration services")
        expect(page).to_have_url(
            f"{house.address}/rights/opened/?organisation_type=municipality"
            "&mandate=integration_services_customers&on=2023-01-02"
        )


def test_the_question_is_kept_in_the_form(visitor: Page) -> None:
    visitor.goto(f"/rights/opened/?{EVERY_MANDATE}&on=2024-05-01")
    expect(visitor.get_by_role("radio", name="City of Helsinki")).to_be_checked()
    expect(visitor.locator("input[name=mandate]:checked")).to_have_count(2)
    expect(visitor.get_by_label("Day", exact=True)).to_have_value("2024-05-01")


def test_a_wrong_day_is_told_beside_its_field_and_kept_for_correction(visitor: Page) -> None:
    visitor.goto("/rights/?on=1.1.1999")
    expect(visitor.get_by_role("alert")).to_contain_text("Choose a day of 2021 or later.")
    visitor.get_by_role("alert").get_by_role("link").click()
    expect(visitor.get_by_label("Day")).to_be_focused()


def test_print_has_the_answer_and_what_was_asked_but_no_form(visitor: Page) -> None:
    visitor.goto(f"/rights/opened/?{EVERY_MANDATE}&on=2024-05-01")
    visitor.emulate_media(media="print")
    expect(visitor.locator("form.question")).to_be_hidden()
    expect(visitor.get_by_role("heading", name="City of Helsinki, 1.5.2024")).to_be_visible()
    expect(visitor.locator("article.purpose").first).to_be_visible()


def test_a_change_of_language_keeps_the_question(visitor: Page) -> None:
    visitor.goto("/rights/needed/?see=tabs:benefits&on=2022-12-15")
    visitor.get_by_role("button", name="SV").click()
    expect(visitor.locator("html")).to_have_attribute("lang", "sv")
    expect(visitor).to_have_url(f"{visitor.url}")
    assert "see=tabs%3Abenefits" in visitor.url


def test_who_comes_without_a_mandate_is_led_to_the_mandate_they_need(
    visitor: Page, house: Kelmu
) -> None:
    log_in(visitor, house, WITHOUT_MANDATE)
    visitor.locator("a[href$='/cancel']").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(
        "You have no mandate that opens Kelmu"
    )
    found = Axe().run(visitor)
    assert found.violations_count == 0, found.generate_report()
    expect(visitor.locator(".checks > li")).to_have_count(4)
    visitor.locator(".checks").get_by_role("link", name="Which mandate do I need?").click()
    expect(visitor.get_by_label("What you need")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_coming_change_is_told_at_the_start_and_in_my_rights(
    visitor: Page, house: Kelmu, width: int
) -> None:
    visitor.set_viewport_size({"width": width, "height": 800})
    log_in(visitor, house, IN_TAMPERE_BEFORE)
    for path in ("/start/", "/rights/mine/"):
        visitor.goto(path)
        notice = visitor.get_by_role("region", name="Your rights change on 1.1.2023")
        expect(notice).to_contain_text("Pirkanmaan hyvinvointialue")
        found = Axe().run(visitor)
        assert found.violations_count == 0, found.generate_report()
        assert visitor.evaluate("document.documentElement.scrollWidth") <= width


def test_my_rights_stand_beside_what_is_missing(browser: Browser, kelmu_on: KelmuOn) -> None:
    kelmu = kelmu_on("2026-11-20")
    with watched_page(browser, kelmu.address) as page:
        speak_english(page, kelmu)
        log_in(page, kelmu, ENTITLED)
        page.goto("/rights/mine/")
        now, lacking = (
            page.get_by_role("region", name=name) for name in ("What you have now", "What you lack")
        )
        expect(now).to_contain_text("Other benefits")
        expect(lacking).to_contain_text("Front-veteran's supplement list")
        expect(lacking).to_contain_text("Veikko Valtuuttaja")
