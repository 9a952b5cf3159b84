"""Pages to look at: one Kelmu for a module, and each person logs in once."""

from collections.abc import Callable, Iterator

import pytest
from playwright._impl._api_structures import SetCookieParam  # it has no public name
from playwright.sync_api import Browser

from tests import browsers
from tests.browser.states import STATES, State
from tests.conftest import KelmuOn
from tests.desk import Desk, seated
from tests.harness import TODAY
from tests.personas import Persona
from tests.running import Kelmu

type CookiesOf = Callable[[Persona | None], list[SetCookieParam]]


@pytest.fixture(scope="module")
def house(kelmu_on: KelmuOn) -> Kelmu:
    """A Kelmu that the tests of a module share."""
    return kelmu_on(TODAY.isoformat())


@pytest.fixture(scope="module")
def cookies_of(house: Kelmu) -> CookiesOf:
    """The cookies of somebody who has logged in, once for the module."""
    known: dict[Persona | None, list[SetCookieParam]] = {None: []}

    def of(persona: Persona | None) -> list[SetCookieParam]:
        if persona and persona not in known:
            known[persona] = browsers.cookies_of(house.client_for(persona))
        return known[persona]

    return of


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(state, id=state.name, marks=[pytest.mark.long] if state.like else [])
        for state in STATES
    ],
)
def state(
    request: pytest.FixtureRequest, browser: Browser, house: Kelmu, cookies_of: CookiesOf
) -> Iterator[Desk]:
    """A page in one of its states, in Finnish, the language of most of its users."""
    given: State = request.param
    with seated(browser, house, language="fi", cookies=cookies_of(given.persona)) as desk:
        given.reach(desk)
        yield desk
