"""When something breaks: a page in the look of the service, and nothing of a customer on it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.desk import CUSTOMER_PAGE, EINO, Desk, seated
from tests.personas import ENTITLED
from tests.running import Kelmu

pytestmark = pytest.mark.browser

BUSY = "Kelmu is busy or under maintenance"
BROKEN = "Something went wrong in Kelmu"


@pytest.fixture
def customer(browser: Browser, kelmu: Kelmu) -> Iterator[Desk]:
    """The page of a customer."""
    with seated(browser, kelmu) as desk:
        desk.be(ENTITLED)
        desk.look_up(EINO)
        yield desk


def end_connections(kelmu: Kelmu) -> None:
    with kelmu.ground.cluster.connect() as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            [kelmu.name],
        )


@contextmanager
def no_database(kelmu: Kelmu) -> Iterator[None]:
    with kelmu.ground.cluster.connect() as admin:
        admin.execute(f'ALTER DATABASE "{kelmu.name}" ALLOW_CONNECTIONS false')
        end_connections(kelmu)
        try:
            yield
        finally:
            admin.execute(f'ALTER DATABASE "{kelmu.name}" ALLOW_CONNECTIONS true')


def shows_only_the_error(desk: Desk, heading: str) -> None:
    expect(desk.heading).to_have_text(heading)
    expect(desk.page.locator(".masthead")).to_contain_text("Kelmu")
    body = desk.page.locator("body")
    expect(body).to_contain_text("Reference number for support:")
    for unwanted in ["Traceback", "Error", "SELECT", EINO, "Esimerkki"]:
        expect(body).not_to_contain_text(unwanted)


def test_without_the_database_the_service_says_that_it_is_busy(customer: Desk) -> None:
    with no_database(customer.kelmu):
        for path in ["/", "/start/", "/rights/mine/"]:
            answer = customer.page.goto(customer.kelmu.address + path)
            assert answer is not None
            assert answer.status == 503, path
            assert int(answer.headers["retry-after"]) > 0
            shows_only_the_error(customer, BUSY)
            assert Axe().run(customer.page).violations_count == 0, path


def test_a_customers_page_is_back_with_the_database(customer: Desk) -> None:
    with no_database(customer.kelmu):
        customer.page.reload()
        shows_only_the_error(customer, BUSY)
    customer.page.reload()
    expect(customer.heading).to_have_text("Esimerkki, Eino Olavi")


def test_nobody_notices_that_the_database_has_ended_connections_that_waited(
    customer: Desk,
) -> None:
    end_connections(customer.kelmu)
    for _ in range(3):
        answer = customer.page.reload()
        assert answer is not None
        assert answer.status == 200


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_fault_of_ours_is_told_without_its_details(
    browser: Browser, kelmu: Kelmu, scripts: bool
) -> None:
    with seated(browser, kelmu, scripts=scripts) as desk:
        desk.be(ENTITLED)
        with kelmu.owner() as owner:
            owner.execute("REVOKE SELECT ON customers_identitycode FROM kelmu_app")
        desk.search(EINO)
        shows_only_the_error(desk, BROKEN)


def test_without_a_row_in_the_log_there_is_no_data(customer: Desk) -> None:
    with customer.kelmu.owner() as owner:
        owner.execute("REVOKE EXECUTE ON FUNCTION audit_write FROM kelmu_app, public")
    customer.page.reload()
    shows_only_the_error(customer, BUSY)
    expect(customer.page).to_have_url(CUSTOMER_PAGE)
