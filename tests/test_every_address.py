"""Every address, as everybody, with every method: what is not meant for somebody is refused.

`make long` walks all of it. In the short run everybody comes to every address in the ways that it
answers, and every second time in one of the others: together they come in every way.
"""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from tests.addresses import ADDRESSES, METHODS, PEOPLE, Address
from tests.running import Kelmu
from tests.visitor import Visitor, forms_of

type Way = tuple[str, bool]  # a method, and whether a form's token comes with it


def often(address: Address) -> list[Way]:
    """The ways in which a page or a form of the service comes there."""
    return [(method, True) for method in address.answers if method != "HEAD"]


def seldom(address: Address) -> list[Way]:
    """All others."""
    every = [("POST", False), *((method, True) for method in METHODS)]
    return [way for way in every if way not in often(address)]


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Every address that the service knows."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def test_every_address_is_in_the_table_and_no_other() -> None:
    assert sorted(routes(get_resolver().url_patterns)) == sorted(ADDRESSES)


def in_turn(person: str, address: Address) -> list[Way]:
    """One of the seldom ways, or none: each is taken by one person."""
    turn = list(PEOPLE).index(person) + list(ADDRESSES.values()).index(address)
    return seldom(address)[turn % len(PEOPLE) :][:1]


def test_together_everybody_comes_in_every_way() -> None:
    for address in ADDRESSES.values():
        taken = [way for person in PEOPLE for way in in_turn(person, address)]
        assert sorted(taken) == sorted(seldom(address))


@pytest.mark.parametrize("person", PEOPLE)
def test_every_address_answers_as_the_table_says(kelmu: Kelmu, person: str) -> None:
    assert surprises(kelmu, person, lambda one: [*often(one), *in_turn(person, one)]) == {}


@pytest.mark.long
@pytest.mark.parametrize("person", PEOPLE)
def test_every_address_answers_in_every_way_as_the_table_says(kelmu: Kelmu, person: str) -> None:
    assert surprises(kelmu, person, lambda one: [*often(one), *seldom(one)]) == {}


def surprises(
    kelmu: Kelmu, person: str, ways: Callable[[Address], list[Way]]
) -> dict[str, tuple[int, int]]:
    """What the addresses answer, and what the table says, where that is not the same."""
    browser = Browser(kelmu, person)
    return {
        f"{method} {address.path}{' with token' * with_token}": (status, expected)
        for address in ADDRESSES.values()
        for method, with_token in ways(address)
        if (status := browser.status(address, method, with_token=with_token))
        != (expected := address.expected(person, method, with_token=with_token))
    }


class Browser:
    """Somebody who logs in again whenever an answer has changed who they are."""

    def __init__(self, kelmu: Kelmu, person: str) -> None:
        self.kelmu = kelmu
        self.persona = PEOPLE[person]
        self.come()

    def come(self) -> None:
        """Come in anew, as far as this person gets, and take a form's token along."""
        persona = self.persona
        self.visitor: Visitor = self.kelmu.client_for(persona) if persona else self.kelmu.visitor()
        [token] = {
            form.fields["csrfmiddlewaretoken"]
            for form in forms_of(self.visitor.open("/guide/"))
            if form.action == "/language/"
        }
        self.token = token

    def status(self, address: Address, method: str, *, with_token: bool) -> int:
        """What the address answers."""
        answer = self.visitor.request(
            method,
            self.kelmu.address + address.path,
            headers={"X-CSRFToken": self.token} if with_token else {},
            allow_redirects=False,
        )
        if settings.SESSION_COOKIE_NAME in answer.headers.get("Set-Cookie", ""):
            self.come()
        return answer.status_code
