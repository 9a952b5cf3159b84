"""The vectors of the e-Authorizations Web API: suomifi.md section 3 names where each is from."""

from datetime import UTC, datetime

import pytest

from authorizations.suomifi.registration import Registration

CLIENT = Registration(
    url="https://asiointivaltuus.invalid",
    client_id="ed4b7ae7",
    return_url="https://kelmu.invalid/login/mandates/callback",
    api_key="3ba56df8-88b8-4805-9b04-2f8e7a61",
    oauth_password="",
)
PATH = (
    "/service/{mode}/user/register/ed4b7ae7/080297-915A"
    "?requestId=02fd35dc-99e6-477b-b6e2-03f02cbf3666"
)


@pytest.mark.parametrize(
    ("mode", "timestamp", "checksum"),
    [
        ("hpa", "2017-02-09T10:29:42.09Z", "z7X+xWtrvth1L7Ql6B/4xZ0iQ1VjToWX4TnHVLo8RGo="),
        ("ypa", "2017-02-09T10:29:42.09Z", "z1xDqaSjDwnVniJvis0SqMXeQEBtgBgzozhQqftmY9U="),
        (
            "hpa",
            "2017-02-09T10:29:42.090000+00:00",
            "GeRKoGmGd0RFk33s2vNHutJf/TrEdwSM2Vb7qWXLESY=",
        ),
        ("hpa", "2017-02-09T10:29:42.090Z", "Ef7O+KxlqSZqnrs9AuvA/22MDGJlD7WoZWaB1K/Oy8A="),
    ],
)
def test_the_checksum_is_that_of_the_known_vectors(
    mode: str, timestamp: str, checksum: str
) -> None:
    header = CLIENT.checksum_at(PATH.format(mode=mode), timestamp)

    assert header == f"ed4b7ae7 {timestamp} {checksum}"


def test_a_call_is_stamped_with_its_moment_and_offset() -> None:
    now = datetime(2026, 11, 21, 20, 46, 5, 123456, tzinfo=UTC)

    assert CLIENT.checksum("/a?b=c", now) == CLIENT.checksum_at(
        "/a?b=c", "2026-11-21T20:46:05+00:00"
    )


def test_the_keys_do_not_show() -> None:
    assert "3ba56df8" not in repr(CLIENT)
