"""Every address, as everybody, with every method: what is not meant for somebody is refused.

`make long` walks all of it. In the short run everybody comes to every address with the methods of
pages and forms, and with one of the others: together they come with all.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import cycle

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from tests.addresses import ADDRESSES, METHODS, PEOPLE, Address
from tests.running import Kelmu
from tests.visitor import Visitor, forms_of

OFTEN = ["GET", "HEAD", "POST"]
SELDOM = [method for method in METHODS if method not in OFTEN]


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
    turn = cycle(SELDOM)
    for _ in range(list(PEOPLE).index(person)):
        next(turn)
    assert surprises(kelmu, person, lambda: [*OFTEN, next(turn)]) == {}


@pytest.mark.long
@pytest.mark.parametrize("person", PEOPLE)
def test_every_address_answers_every_method_as_the_table_says(kelmu: Kelmu, person: str) -> None:
    assert surprises(kelmu, person, lambda: METHODS) == {}


def surprises(
    kelmu: Kelmu, person: str, methods: Callable[[], Iterable[str]]
) -> dict[str, tuple[int, int]]:
    """What the addresses answer, and what the table says, where that is not the same.

    `methods` is asked for each address anew.
    """
    browser = Browser(kelmu, person)
    return {
        f"{method} {address.path}{' with token' * with_token}": (status, expected)
        for address in ADDRESSES.values()
        for method in methods()
        for with_token in ([False, True] if method == "POST" else [True])
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
