"""Callbacks that nobody waits for, two tabs at once, and cookies in the wrong hands."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from django.conf import settings

from tests.acting import CUSTOMER, POHJANMAA
from tests.authorizations.stepping import Person, Watch
from tests.conftest import KelmuOn
from tests.harness import TODAY
from tests.running import Kelmu

VAASA = "9900104-5"
NOT_WAITED_FOR = "This way back from Suomi.fi was not waited for"


@pytest.fixture(scope="module")
def running(kelmu_on: KelmuOn) -> Kelmu:
    return kelmu_on(TODAY.isoformat())


@pytest.fixture
def kelmu(running: Kelmu) -> Kelmu:
    running.order("reset")
    return running


@pytest.fixture
def person(kelmu: Kelmu) -> Person:
    return Person.at(kelmu)


def begin(person: Person) -> requests.Response:
    """A login begun in one more tab, as far as Suomi.fi's means of identification."""
    return person.visitor.submit(person.visitor.open("/"), "/login/$")


def callbacks(person: Person, path: str) -> list[str]:
    """The addresses of a callback that Suomi.fi sent the browser to."""
    return [address for address in person.addresses if f"{path}?" in address]


def open_customer(person: Person) -> requests.Response:
    start = person.visitor.open("/start/")
    return person.visitor.submit(start, "/start/$", purpose="other_benefits", hetu=CUSTOMER)


def session_cookie(person: Person) -> str:
    return person.visitor.cookies[settings.SESSION_COOKIE_NAME] or ""


@pytest.mark.parametrize("path", ["/login/callback", "/login/mandates/callback", "/kela/callback"])
@pytest.mark.parametrize("query", ["", "?code=made-up", "?code=made-up&state=made-up"])
def test_a_callback_without_a_login_under_way_is_refused(
    kelmu: Kelmu, person: Person, path: str, query: str
) -> None:
    watch = Watch.over(kelmu)
    page = person.visitor.open(path + query)
    assert (page.status_code, watch.reasons()) == (400, ["state"])
    assert NOT_WAITED_FOR in page.text
    assert "made-up" not in page.text
    assert not person.is_logged_in()


@pytest.mark.parametrize("path", ["/login/callback", "/login/mandates/callback"])
def test_a_callback_works_once(kelmu: Kelmu, person: Person, path: str) -> None:
    person.log_in()
    watch = Watch.over(kelmu)
    page = person.visitor.open(callbacks(person, path)[0])
    assert NOT_WAITED_FOR in page.text
    assert watch.reasons() == ["state"]
    assert "You are still logged in as before" in page.text
    assert person.is_logged_in()
    watch.tells_nothing_of(person)


@pytest.mark.parametrize("path", ["/login/callback", "/login/mandates/callback"])
def test_a_callback_means_nothing_in_another_browser(kelmu: Kelmu, path: str) -> None:
    victim, attacker = Person.at(kelmu), Person.at(kelmu, "oskar")
    attacker.log_in(POHJANMAA)
    victim.visitor.open(callbacks(attacker, path)[0])
    assert not victim.is_logged_in()


def test_a_forged_callback_does_not_disturb_a_login_under_way(person: Person) -> None:
    means = begin(person)
    person.visitor.open("/login/callback?code=forged&state=forged")
    selection = person.prove(means)
    person.visitor.open("/login/mandates/callback?code=forged&state=forged")
    person.choose(selection)
    assert person.is_logged_in()


def test_the_way_back_leaves_no_code_in_the_address(kelmu: Kelmu, person: Person) -> None:
    kelmu.order("fault", fault="server_error", step="token")
    assert person.identify().url == f"{kelmu.address}/login/failed/"


class TestTwoTabs:
    def test_both_can_be_identified_and_the_later_choice_counts(self, person: Person) -> None:
        first, second = begin(person), begin(person)
        selection_of_first = person.prove(first)
        selection_of_second = person.prove(second)
        assert "Go back to the e-service" in person.choose(selection_of_first).text  # Suomi.fi's
        assert not person.is_logged_in()
        person.choose(selection_of_second)
        assert person.is_logged_in()

    def test_one_can_be_identified_while_the_other_already_works(self, person: Person) -> None:
        first, second = begin(person), begin(person)
        person.choose(person.prove(first))
        customer = open_customer(person)
        person.choose(person.prove(second))
        assert person.visitor.get(customer.url).status_code == 200

    def test_of_many_tabs_the_newest_three_are_waited_for(self, person: Person) -> None:
        oldest, *others = [begin(person) for _ in range(4)]
        assert NOT_WAITED_FOR in person.prove(oldest).text
        person.choose(person.prove(others[0]))
        assert person.is_logged_in()

    def test_a_switch_in_one_tab_closes_what_the_other_had_open(self, kelmu: Kelmu) -> None:
        person = Person.at(kelmu, "oskar")
        person.log_in(POHJANMAA)
        customer = open_customer(person)
        person.choose(person.visitor.open("/login/role/"), VAASA)
        assert "Vasa stad" in person.visitor.open("/start/?lang=sv").text
        gone = person.visitor.get(customer.url)
        assert gone.status_code == 404
        assert "Esimerkki" not in gone.text

    def test_turning_back_from_a_switch_loses_nothing(self, kelmu: Kelmu) -> None:
        person = Person.at(kelmu, "oskar")
        person.log_in(POHJANMAA)
        customer = open_customer(person)
        selection = person.visitor.open("/login/role/")
        page = person.visitor.get(f"{selection.url}/cancel")
        assert "You are still logged in as before" in page.text
        assert person.visitor.get(customer.url).status_code == 200

    def test_somebody_else_in_the_other_tab_ends_the_first(self, kelmu: Kelmu) -> None:
        person = Person.at(kelmu)
        first, second = begin(person), begin(person)
        person.choose(person.prove(first))
        customer = open_customer(person)
        person.slug = "oskar"
        person.choose(person.prove(second), POHJANMAA)
        assert person.visitor.get(customer.url).status_code == 404

    def test_nobody_else_can_renew_the_mandates_of_a_session(
        self, kelmu: Kelmu, person: Person
    ) -> None:
        person.log_in()
        person.visitor.cookies.clear(domain="localhost.local")  # Suomi.fi no longer knows them
        means = person.visitor.open("/login/role/")
        person.slug = "oskar"
        assert "Somebody else was identified" in person.prove(means).text
        assert person.is_logged_in()


class TestCookies:
    def test_a_planted_cookie_is_worth_nothing_after_the_login(self, kelmu: Kelmu) -> None:
        attacker, victim = Person.at(kelmu), Person.at(kelmu)
        begin(attacker)
        planted = session_cookie(attacker)
        domain = urlsplit(kelmu.address).hostname or ""
        victim.visitor.cookies.set(
            settings.SESSION_COOKIE_NAME, planted, domain=f"{domain}", path="/"
        )
        victim.log_in()
        assert victim.is_logged_in()
        assert session_cookie(victim) != planted
        assert not attacker.is_logged_in()

    def test_a_stolen_cookie_is_worth_nothing_after_logout(self, kelmu: Kelmu) -> None:
        owner, thief = Person.at(kelmu), Person.at(kelmu)
        owner.log_in()
        customer = open_customer(owner)
        thief.visitor.cookies.update(owner.visitor.cookies)
        assert thief.visitor.get(customer.url).status_code == 200
        owner.visitor.submit(owner.visitor.open("/start/"), "/logout/$")
        assert not thief.is_logged_in()
        assert "Esimerkki" not in thief.visitor.get(customer.url).text

    def test_nothing_may_be_kept_for_the_back_button(self, person: Person) -> None:
        person.log_in()
        page = open_customer(person)
        assert "no-store" in page.headers["Cache-Control"]
        left = person.visitor.submit(page, "/logout/$").history[0]
        assert left.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_code_is_bound_to_the_login_that_asked_for_it(kelmu: Kelmu) -> None:
    """Another person's code with one's own state: Suomi.fi itself refuses it by its proof key."""
    attacker, victim = Person.at(kelmu, "oskar"), Person.at(kelmu)
    attacker.prove(begin(attacker))
    (stolen,) = {query(address)["code"][0] for address in callbacks(attacker, "/login/callback")}
    means = begin(victim)
    state = next(query(address)["state"][0] for address in victim.addresses if "state=" in address)
    assert means.ok
    mixed = urlencode({"code": stolen, "state": state})
    victim.visitor.open(f"/login/callback?{mixed}")
    assert not victim.is_logged_in()


def query(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)
