"""What e-Authorizations answers about the organisation that was chosen, and the end of it."""

import pytest

from tests.suomifi_simulator.parties import Browser, EService

THEME = "http://valtuusrekisteri.suomi.fi/kelmu_"
YRJO = "241258-954W"
BENEFITS = "benefits_and_payment_demands"
SOCIAL = "social_assistance_customers"


@pytest.fixture
def session(e_service: EService) -> dict[str, str]:
    return e_service.register()


def test_the_mandates_are_told_as_themes(
    browser: Browser, e_service: EService, session: dict[str, str]
) -> None:
    bearer = e_service.bearer(browser, session)
    answer = e_service.roles(session["sessionId"], bearer)
    assert answer.json() == [
        {
            "name": "Pirkanmaan hyvinvointialue",
            "identifier": "9900100-2",
            "complete": True,
            "roles": [THEME + BENEFITS, THEME + SOCIAL],
        }
    ]


def test_a_mandate_voided_now_is_gone_now(
    browser: Browser, e_service: EService, session: dict[str, str]
) -> None:
    bearer = e_service.bearer(browser, session)
    voided = {"from": "pirkanmaa", "to_person": "aino", "mandates": [BENEFITS]}
    assert e_service.simulator.order("void", **voided) == {"voided": 1}
    [row] = e_service.roles(session["sessionId"], bearer).json()
    assert row["roles"] == [THEME + SOCIAL]
    e_service.simulator.order("void", **voided | {"mandates": [SOCIAL]})
    [row] = e_service.roles(session["sessionId"], bearer).json()
    assert row["roles"] == []


def test_a_mandate_granted_now_is_there_now(browser: Browser, e_service: EService) -> None:
    granted = {"from": "nokia", "to_person": "ville", "mandates": [SOCIAL]}
    e_service.simulator.order("grant", **granted)
    session = e_service.register("300183-955C")
    bearer = e_service.bearer(browser, session, "9900103-7")
    [row] = e_service.roles(session["sessionId"], bearer).json()
    assert row["roles"] == [THEME + SOCIAL]


def test_the_chain_of_representation_reaches_the_employee(
    browser: Browser, e_service: EService
) -> None:
    def order(what: str, **parties: str) -> None:
        e_service.simulator.order(what, mandates=[BENEFITS], **{"from": "nokia"}, **parties)

    representation = {"to_person": "yrjo", "kind": "representation", "via": "kuntayhtyma"}
    order("grant", **representation)
    page = e_service.authorize(browser, e_service.register(YRJO)["userId"])
    assert 'type="radio"' not in page.text
    order("grant", to_organisation="kuntayhtyma")
    session = e_service.register(YRJO)
    bearer = e_service.bearer(browser, session, "9900103-7")
    [row] = e_service.roles(session["sessionId"], bearer).json()
    assert (row["name"], row["roles"]) == ("Nokian kaupunki", [THEME + BENEFITS])
    order("void", to_organisation="kuntayhtyma")
    [row] = e_service.roles(session["sessionId"], bearer).json()
    assert row["roles"] == []


def test_the_chosen_organisation_may_be_named(
    browser: Browser, e_service: EService, session: dict[str, str]
) -> None:
    bearer = e_service.bearer(browser, session)
    assert e_service.roles(session["sessionId"], bearer, "9900100-2").json()
    other = e_service.roles(session["sessionId"], bearer, "9900102-9")
    assert (other.status_code, other.json()["errorCode"]) == (401, 106)


def test_a_request_id_is_required(
    browser: Browser, e_service: EService, session: dict[str, str]
) -> None:
    bearer = e_service.bearer(browser, session)
    path = f"/service/ypa/api/organizationRoles/{session['sessionId']}"
    answer = e_service.get(path, bearer)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, 101)


def test_a_token_opens_its_own_session_only(
    browser: Browser, e_service: EService, session: dict[str, str]
) -> None:
    bearer = e_service.bearer(browser, session)
    other = e_service.register()
    e_service.bearer(browser, other)
    answer = e_service.roles(other["sessionId"], bearer)
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_token"})


@pytest.mark.parametrize("bearer", ["", "nothing"])
def test_a_token_is_needed(e_service: EService, session: dict[str, str], bearer: str) -> None:
    answer = e_service.roles(session["sessionId"], bearer)
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_token"})


def test_a_token_lives_599_seconds(
    browser: Browser, e_service: EService, session: dict[str, str]
) -> None:
    bearer = e_service.bearer(browser, session)
    e_service.skew = 600
    e_service.simulator.order("clock", skew=600)
    assert e_service.roles(session["sessionId"], bearer).json() == {"error": "invalid_token"}


def test_a_session_lives_half_an_hour(e_service: EService, session: dict[str, str]) -> None:
    e_service.skew = 1801
    e_service.simulator.order("clock", skew=1801)
    answer = e_service.roles(session["sessionId"], "any")
    assert (answer.status_code, answer.json()["errorCode"]) == (401, 104)
    assert e_service.unregister(session["sessionId"]).status_code == 401


def test_an_unregistered_session_is_over(
    browser: Browser, e_service: EService, session: dict[str, str]
) -> None:
    bearer = e_service.bearer(browser, session)
    answer = e_service.unregister(session["sessionId"])
    assert (answer.status_code, answer.json()) == (200, True)
    assert e_service.roles(session["sessionId"], bearer).status_code == 401
    assert e_service.unregister(session["sessionId"]).status_code == 401
    assert e_service.simulator.state()["sessions"] == {
        "registered": 1,
        "unregistered": 1,
        "open": 0,
    }


def test_unregistering_needs_no_request_id(e_service: EService, session: dict[str, str]) -> None:
    path = f"/service/ypa/user/unregister/{session['sessionId']}"
    assert e_service.get(path).json() is True
