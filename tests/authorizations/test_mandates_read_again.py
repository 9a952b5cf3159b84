"""Mandates older than the setting are read again at the next search, and at nothing else."""

import pytest
import requests

from tests.acting import CUSTOMER, POHJANMAA
from tests.authorizations.stepping import Person, Watch
from tests.conftest import KelmuOn
from tests.harness import TODAY
from tests.running import Kelmu

VAASA = "9900104-5"
WRONG = "131052-9086"


@pytest.fixture(scope="module")
def running(kelmu_on: KelmuOn) -> Kelmu:
    return kelmu_on(TODAY.isoformat())


@pytest.fixture
def kelmu(running: Kelmu) -> Kelmu:
    running.order("reset")
    return running


@pytest.fixture
def always_old(kelmu_on: KelmuOn) -> Kelmu:
    """A Kelmu for which mandates are too old as soon as they are read."""
    return kelmu_on(TODAY.isoformat(), MANDATE_MAX_AGE="0")


@pytest.fixture
def oskar(kelmu: Kelmu) -> Person:
    """He acts for Ostrobothnia, and could for Vaasa."""
    person = Person.at(kelmu, "oskar")
    person.log_in(POHJANMAA)
    return person


def search(person: Person, hetu: str = CUSTOMER) -> requests.Response:
    start = person.visitor.open("/start/")
    return person.visitor.submit(start, "/start/$", purpose="other_benefits", hetu=hetu)


def let_mandates_age(kelmu: Kelmu) -> None:
    with kelmu.owner() as owner:
        owner.execute(
            "UPDATE authorizations_session"
            " SET mandates_read_at = mandates_read_at - '1 day'::interval"
        )


def test_neither_a_page_nor_a_wrong_code_leads_to_suomifi(kelmu: Kelmu, oskar: Person) -> None:
    customer = search(oskar)
    let_mandates_age(kelmu)
    for path in [customer.url, "/start/", "/rights/mine/"]:
        assert oskar.visitor.open(path).url.startswith(kelmu.address)
    assert search(oskar, WRONG).status_code == 422


def test_the_search_waits_while_suomifi_is_asked_and_is_written_once(
    kelmu: Kelmu, oskar: Person
) -> None:
    let_mandates_age(kelmu)
    watch = Watch.over(kelmu)
    selection = search(oskar)
    assert "/oauth/select/" in selection.url
    start = oskar.choose(selection, POHJANMAA)
    assert f'value="{CUSTOMER}"' in start.text
    oskar.visitor.submit(start, "/start/$", purpose="other_benefits")
    assert watch.acts() == ["login", "select_organisation", "open"]


def test_what_was_open_stays_open_for_the_same_organisation(kelmu: Kelmu, oskar: Person) -> None:
    customer = search(oskar)
    let_mandates_age(kelmu)
    oskar.choose(search(oskar), POHJANMAA)
    assert "Esimerkki" in oskar.visitor.get(customer.url).text


def test_another_organisation_drops_the_pages_and_the_search_of_the_old_one(
    kelmu: Kelmu, oskar: Person
) -> None:
    customer = search(oskar)
    let_mandates_age(kelmu)
    start = oskar.choose(search(oskar), VAASA)
    assert "Vaasan kaupunki" in start.text
    assert CUSTOMER not in start.text
    assert oskar.visitor.get(customer.url).status_code == 404


def test_a_voided_mandate_ends_there(always_old: Kelmu) -> None:
    oskar = Person.at(always_old, "oskar")
    oskar.log_in(POHJANMAA)
    for giver in ["pohjanmaa", "vaasa"]:
        mandates = ["benefits_and_payment_demands", "social_assistance_customers"]
        always_old.order("void", **{"from": giver, "to_person": "oskar", "mandates": mandates})
    selection = search(oskar)
    page = oskar.visitor.get(f"{selection.url}/cancel")
    assert "You have no mandate that opens Kelmu" in page.text
    assert not oskar.is_logged_in()


def test_a_mandate_voided_between_choice_and_answer_ends_there_too(
    kelmu: Kelmu, oskar: Person
) -> None:
    let_mandates_age(kelmu)
    selection = search(oskar)
    kelmu.order("fault", fault="missing_theme", step="roles")
    assert oskar.choose(selection, POHJANMAA).status_code == 403
    assert not oskar.is_logged_in()


def test_while_suomifi_is_down_nothing_typed_is_lost(always_old: Kelmu) -> None:
    oskar = Person.at(always_old, "oskar")
    oskar.log_in(POHJANMAA)
    always_old.order("fault", fault="unavailable", step="roles")
    page = oskar.choose(search(oskar), POHJANMAA)
    assert "You are still logged in as before" in page.text
    assert f'value="{CUSTOMER}"' in oskar.visitor.open("/start/").text
    always_old.order("mend")
    assert "/oauth/select/" in search(oskar).url


def test_a_provider_that_cannot_even_be_found_is_told(kelmu: Kelmu, oskar: Person) -> None:
    let_mandates_age(kelmu)
    kelmu.order("fault", fault="unavailable", step="discovery")
    kelmu.restart_application()
    page = search(oskar)
    assert page.status_code == 503
    assert "You are still logged in as before" in page.text
    assert f'value="{CUSTOMER}"' in oskar.visitor.open("/start/").text
