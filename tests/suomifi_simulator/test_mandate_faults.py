"""What can go wrong at e-Authorizations, to order."""

import pytest
import requests

from tests.suomifi_simulator.parties import Browser, EService, returned


@pytest.fixture
def session(e_service: EService) -> dict[str, str]:
    return e_service.register()


@pytest.fixture
def bearer(browser: Browser, e_service: EService, session: dict[str, str]) -> str:
    return e_service.bearer(browser, session)


def roles(e_service: EService, session: dict[str, str], bearer: str) -> requests.Response:
    return e_service.roles(session["sessionId"], bearer)


def test_an_empty_list(e_service: EService, session: dict[str, str], bearer: str) -> None:
    e_service.simulator.order("fault", fault="empty_list", step="roles")
    assert roles(e_service, session, bearer).json() == []


def test_a_page_without_organisations(browser: Browser, e_service: EService) -> None:
    e_service.simulator.order("fault", fault="empty_list", step="select")
    page = e_service.authorize(browser, e_service.register()["userId"])
    assert 'type="radio"' not in page.text


def test_two_organisations(e_service: EService, session: dict[str, str], bearer: str) -> None:
    e_service.simulator.order("fault", fault="two_organisations")
    first, second = roles(e_service, session, bearer).json()
    assert first["identifier"] != second["identifier"]
    assert first["roles"] == second["roles"] != []


def test_an_incomplete_answer(e_service: EService, session: dict[str, str], bearer: str) -> None:
    e_service.simulator.order("fault", fault="incomplete")
    [row] = roles(e_service, session, bearer).json()
    assert row["complete"] is False
    assert row["roles"]


def test_a_missing_theme(e_service: EService, session: dict[str, str], bearer: str) -> None:
    e_service.simulator.order("fault", fault="missing_theme")
    [row] = roles(e_service, session, bearer).json()
    assert row["roles"] == []


def test_unknown_members(e_service: EService, session: dict[str, str], bearer: str) -> None:
    e_service.simulator.order("fault", fault="extra_members")
    [row] = roles(e_service, session, bearer).json()
    assert row.keys() > {"name", "identifier", "complete", "roles"}


@pytest.mark.parametrize("step", ["register", "mandate_token", "roles", "unregister"])
@pytest.mark.parametrize(
    ("fault", "status"),
    [("bad_request", 400), ("expired", 401), ("server_error", 500), ("unavailable", 503)],
)
def test_an_error_at_any_step(
    browser: Browser, e_service: EService, fault: str, status: int, step: str
) -> None:
    e_service.simulator.order("fault", fault=fault, step=step)
    assert walk(browser, e_service)[step].status_code == status


@pytest.mark.parametrize("step", ["register", "mandate_token", "roles", "unregister"])
@pytest.mark.parametrize("fault", ["truncated_json", "html_body"])
def test_an_answer_that_is_no_json_at_any_step(
    browser: Browser, e_service: EService, fault: str, step: str
) -> None:
    e_service.simulator.order("fault", fault=fault, step=step)
    answer = walk(browser, e_service)[step]
    assert answer.status_code == 200
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()


def walk(browser: Browser, e_service: EService) -> dict[str, requests.Response]:
    """The answers of the whole flow up to the first that is of no use."""
    path = "/service/ypa/user/register/ke1mu7d3/140285-911Y"
    answers = {"register": e_service.get(path, requestId="1")}
    if not is_useful(answers["register"]):
        return answers
    session = answers["register"].json()
    answers["mandate_token"] = e_service.redeem(
        e_service.choose(browser, session["userId"])["code"]
    )
    if is_useful(answers["mandate_token"]):
        bearer = answers["mandate_token"].json()["access_token"]
        answers["roles"] = roles(e_service, session, bearer)
    answers["unregister"] = e_service.unregister(session["sessionId"])
    return answers


def is_useful(answer: requests.Response) -> bool:
    return answer.ok and answer.text.startswith("{") and answer.text.endswith("}")


def test_an_error_of_the_server_has_its_body(
    e_service: EService, session: dict[str, str], bearer: str
) -> None:
    e_service.simulator.order("fault", fault="server_error")
    answer = roles(e_service, session, bearer)
    assert answer.headers["X-RoVa-ErrorMessage-Included"] == "true"
    assert answer.json().keys() == {"reqID", "errorMessage", "errorCode"}


def test_a_late_answer_holds_up_nobody_else(
    e_service: EService, session: dict[str, str], bearer: str
) -> None:
    e_service.simulator.order("fault", fault="slow", step="roles", person="aino", seconds=60)
    path = f"/service/ypa/api/organizationRoles/{session['sessionId']}?requestId=1"
    headers = {
        "Authorization": f"Bearer {bearer}",
        "X-AsiointivaltuudetAuthorization": e_service.header(path),
    }
    with pytest.raises(requests.Timeout):
        requests.get(e_service.simulator.url(path), headers=headers, timeout=0.5)
    assert e_service.unregister(session["sessionId"]).json() is True


def test_a_fault_concerns_its_person_only(browser: Browser, e_service: EService) -> None:
    e_service.simulator.order("fault", fault="expired", step="roles", person="kaisa")
    assert walk(browser, e_service)["roles"].status_code == 200


def test_a_fault_may_happen_a_number_of_times(
    e_service: EService, session: dict[str, str], bearer: str
) -> None:
    e_service.simulator.order("fault", fault="unavailable", step="roles", times=2)
    statuses = [roles(e_service, session, bearer).status_code for _ in range(3)]
    assert statuses == [503, 503, 200]


def test_faults_are_mended_for_one_person_or_for_all(
    e_service: EService, session: dict[str, str], bearer: str
) -> None:
    e_service.simulator.order("fault", fault="expired", person="aino")
    e_service.simulator.order("fault", fault="unavailable")
    e_service.simulator.order("mend", person="aino")
    assert roles(e_service, session, bearer).status_code == 503
    e_service.simulator.order("mend")
    assert roles(e_service, session, bearer).status_code == 200


@pytest.mark.parametrize(
    ("fault", "members"),
    [("no_code", {"state"}), ("swapped_state", {"code", "state"}), ("cancel", {"error", "state"})],
)
def test_a_spoiled_callback(
    browser: Browser, e_service: EService, fault: str, members: set[str]
) -> None:
    e_service.simulator.order("fault", fault=fault)
    back = e_service.choose(browser, e_service.register()["userId"])
    assert back.keys() == members
    assert (back["state"] == "the-state") == (fault != "swapped_state")


def test_a_code_that_was_used_before(browser: Browser, e_service: EService) -> None:
    e_service.simulator.order("fault", fault="replayed_code")
    code = e_service.choose(browser, e_service.register()["userId"])["code"]
    assert e_service.redeem(code).json() == {"error": "invalid_grant"}


def test_the_way_back_is_the_registered_one_even_then(
    browser: Browser, e_service: EService
) -> None:
    e_service.simulator.order("fault", fault="no_code")
    page = e_service.authorize(browser, e_service.register()["userId"], state="")
    assert (
        returned(browser.post(page.url, organisation="9900100-2"), e_service.return_address) == {}
    )
