"""The first call: a session for a person."""

from uuid import UUID

import pytest

from tests.suomifi_simulator.parties import AINO, EService


def test_a_session_is_opened_with_a_handle_for_the_browser(e_service: EService) -> None:
    opened = e_service.register()
    assert opened.keys() == {"sessionId", "userId"}
    assert UUID(opened["sessionId"]) != UUID(opened["userId"])
    assert e_service.simulator.state(person="aino")["sessions"]["open"] == 1


@pytest.mark.parametrize("hetu", ["121287X901X", "150503A965L", "131052-9085", "080355Y9071"])
def test_a_stranger_is_registered_too(e_service: EService, hetu: str) -> None:
    e_service.register(hetu)
    assert e_service.simulator.state(person="stranger")["sessions"]["open"] == 1


@pytest.mark.parametrize("hetu", ["140285-911X", "140285911Y", "140285-911y", "320185-9116", "x"])
def test_a_malformed_hetu_is_refused(e_service: EService, hetu: str) -> None:
    answer = e_service.get(f"/service/ypa/user/register/ke1mu7d3/{hetu}", requestId="1")
    assert answer.status_code == 400
    assert answer.headers["X-RoVa-ErrorMessage-Included"] == "true"
    assert answer.json() == {"reqID": "1", "errorMessage": "Invalid hetu.", "errorCode": 199}


def test_a_request_id_is_required(e_service: EService) -> None:
    answer = e_service.get(f"/service/ypa/user/register/ke1mu7d3/{AINO}")
    assert answer.status_code == 400
    assert answer.json()["errorCode"] == 101


def test_a_client_registers_for_itself_only(e_service: EService) -> None:
    answer = e_service.get(f"/service/ypa/user/register/another1/{AINO}", requestId="1")
    assert answer.status_code == 401
    assert answer.json()["errorCode"] == 106
