"""Every address, as everybody, with every method: what is not meant for somebody is refused.

`make long` walks all of it. In the short run everybody comes to every address as to a page and as a
form does, and every second time in one way more: together they come in every way.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from tests.addresses import ADDRESSES, METHODS, PEOPLE, Address
from tests.running import Kelmu
from tests.visitor import Visitor, forms_of

type Way = tuple[str, bool]  # a method, and whether a form's token comes with it

OFTEN: list[Way] = [("GET", True), ("POST", True)]
SELDOM: list[Way] = [
    ("POST", False),
    *((one, True) for one in METHODS if one not in {"GET", "POST"}),
]


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


@pytest.mark.parametrize("person", PEOPLE)
def test_every_address_answers_as_the_table_says(kelmu: Kelmu, person: str) -> None:
    turn = cycle([*([way] for way in SELDOM), *([] for _ in SELDOM)])
    turns = islice(turn, list(PEOPLE).index(person), None)
    assert surprises(kelmu, person, lambda: [*OFTEN, *next(turns)]) == {}


@pytest.mark.long
@pytest.mark.parametrize("person", PEOPLE)
def test_every_address_answers_in_every_way_as_the_table_says(kelmu: Kelmu, person: str) -> None:
    assert surprises(kelmu, person, lambda: [*OFTEN, *SELDOM]) == {}


def surprises(
    kelmu: Kelmu, person: str, ways: Callable[[], Iterable[Way]]
) -> dict[str, tuple[int, int]]:
    """What the addresses answer, and what the table says, where that is not the same.

    `ways` is asked for each address anew.
    """
    browser = Browser(kelmu, person)
    return {
        f"{method} {address.path}{' with token' * with_token}": (status, expected)
        for address in ADDRESSES.values()
        for method, with_token in ways()
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
