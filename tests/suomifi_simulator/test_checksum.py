"""The header X-AsiointivaltuudetAuthorization; the vectors are those of the public clients."""

import http.client
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit

import pytest
import requests

from suomifi_simulator.authorizations.checksum import checksum
from tests.suomifi_simulator.parties import AINO, EService, Simulator

VECTOR_KEY = "3ba56df8-88b8-4805-9b04-2f8e7a61"
QUERY = "requestId=02fd35dc-99e6-477b-b6e2-03f02cbf3666"
HPA = f"/service/hpa/user/register/ed4b7ae7/080297-915A?{QUERY}"
YPA = f"/service/ypa/user/register/ed4b7ae7/080297-915A?{QUERY}"
PATH = f"/service/ypa/user/register/ke1mu7d3/{AINO}?requestId=1"


@pytest.mark.parametrize(
    ("target", "timestamp", "expected"),
    [
        (HPA, "2017-02-09T10:29:42.09Z", "z7X+xWtrvth1L7Ql6B/4xZ0iQ1VjToWX4TnHVLo8RGo="),
        (YPA, "2017-02-09T10:29:42.09Z", "z1xDqaSjDwnVniJvis0SqMXeQEBtgBgzozhQqftmY9U="),
        (
            HPA,
            "2017-02-09T10:29:42.090000+00:00",
            "GeRKoGmGd0RFk33s2vNHutJf/TrEdwSM2Vb7qWXLESY=",
        ),
        (HPA, "2017-02-09T10:29:42.090Z", "Ef7O+KxlqSZqnrs9AuvA/22MDGJlD7WoZWaB1K/Oy8A="),
    ],
)
def test_the_checksum_is_that_of_the_published_vectors(
    target: str, timestamp: str, expected: str
) -> None:
    assert checksum(VECTOR_KEY, target.encode(), timestamp) == expected


def send(simulator: Simulator, target: str, header: str | None) -> tuple[int, bytes]:
    """Send the target as it is spelt, which `requests` would not."""
    connection = http.client.HTTPConnection(urlsplit(simulator.address).netloc, timeout=10)
    headers = {"X-AsiointivaltuudetAuthorization": header} if header is not None else {}
    try:
        connection.request("GET", target, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_the_target_is_signed_as_it_was_sent(e_service: EService) -> None:
    spelt = f"/service/ypa/user/register/ke1mu7d3/{AINO.replace('-', '%2d')}?a=%7e&requestId=1&"
    plain = f"/service/ypa/user/register/ke1mu7d3/{AINO}?a=~&requestId=1&"
    assert send(e_service.simulator, spelt, e_service.header(spelt))[0] == 200
    assert send(e_service.simulator, spelt, e_service.header(plain))[0] == 401


@pytest.mark.parametrize(
    "spelling",
    [
        lambda now: now.isoformat(),
        lambda now: now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        lambda now: now.strftime("%Y-%m-%dT%H:%M:%S.09Z"),
        lambda now: now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        lambda now: now.astimezone(timezone(timedelta(hours=3))).isoformat(timespec="minutes"),
    ],
)
def test_a_timestamp_may_be_spelt_in_many_ways(e_service: EService, spelling: object) -> None:
    assert callable(spelling)
    header = e_service.header(PATH, spelling(datetime.now(UTC)))
    assert send(e_service.simulator, PATH, header)[0] == 200


@pytest.mark.parametrize(("seconds", "status"), [(290, 200), (-290, 200), (310, 401), (-310, 401)])
def test_a_timestamp_may_be_five_minutes_off(
    e_service: EService, seconds: int, status: int
) -> None:
    e_service.skew = seconds
    assert send(e_service.simulator, PATH, e_service.header(PATH))[0] == status


def test_the_simulator_may_have_the_wrong_time_itself(e_service: EService) -> None:
    e_service.simulator.order("clock", skew=3600)
    assert send(e_service.simulator, PATH, e_service.header(PATH))[0] == 401
    e_service.skew = 3600
    assert send(e_service.simulator, PATH, e_service.header(PATH))[0] == 200


@pytest.mark.parametrize(
    "timestamp", ["", "yesterday", "2017-02-09T10:29:42.09Z", datetime.now(UTC).date().isoformat()]
)
def test_a_time_that_is_none_is_refused(e_service: EService, timestamp: str) -> None:
    header = e_service.header(PATH, timestamp or " ")
    assert send(e_service.simulator, PATH, header) == (401, b"")


def test_a_time_without_an_offset_is_refused(e_service: EService) -> None:
    naive = datetime.now(UTC).replace(tzinfo=None).isoformat()
    assert send(e_service.simulator, PATH, e_service.header(PATH, naive)) == (401, b"")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda header: None,
        lambda header: "",
        lambda header: header.replace(" ", "  "),
        lambda header: header + " more",
        lambda header: header.rpartition(" ")[0],
        lambda header: header.replace("ke1mu7d3", "unknown1"),
        lambda header: header[:-3] + "AA=",
        lambda header: header + "\xe4",
    ],
)
def test_a_spoiled_header_is_refused_without_a_body(e_service: EService, spoil: object) -> None:
    assert callable(spoil)
    header = spoil(e_service.header(PATH))
    assert send(e_service.simulator, PATH, header) == (401, b"")


def test_another_key_is_refused(e_service: EService) -> None:
    e_service.api_key = "another-key"
    assert send(e_service.simulator, PATH, e_service.header(PATH)) == (401, b"")


def test_only_get_is_served(e_service: EService) -> None:
    url = e_service.simulator.url(PATH)
    headers = {"X-AsiointivaltuudetAuthorization": e_service.header(PATH)}
    assert requests.post(url, headers=headers, timeout=10).status_code == 405
