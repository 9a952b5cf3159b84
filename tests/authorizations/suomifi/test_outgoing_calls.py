"""Every call to the outside ends in time, stays small, and keeps its address to itself."""

import traceback
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from http.server import BaseHTTPRequestHandler
from itertools import repeat
from socket import create_server
from threading import Event, Semaphore

import pytest
import requests
from pytest_django.fixtures import Settings

from authorizations.suomifi import http
from authorizations.suomifi.errors import Reason, Unavailable
from kelmu.environment import Mode
from tests.authorizations.suomifi.servers import Asked, Reply, reply, serve

SECRET = "131052-9085"
PATH = f"/register/{SECRET}?requestId=1"


def get(address: str, path: str = PATH) -> http.Answer:
    return http.send(requests.Request("GET", address + path).prepare())


def reason_of(address: str) -> Reason:
    with pytest.raises(Unavailable) as caught:
        get(address)
    return caught.value.reason


def test_an_answer_is_read_whole() -> None:
    with serve(lambda _: reply({"a": ["ä", 1]}, status=400)) as server:
        answer = get(server.address)

    assert answer.status == 400
    assert answer.json() == {"a": ["ä", 1]}
    assert [asked.target for asked in server.asked] == [PATH]


def test_an_answer_does_not_show_its_body() -> None:
    assert "token" not in repr(http.Answer(200, b"token"))


@pytest.mark.parametrize("body", ["", "{", "<!doctype html>", "[" * 100_000])
def test_what_is_no_json_is_malformed(body: str) -> None:
    with pytest.raises(Unavailable) as caught:
        http.Answer(200, body.encode()).json()

    assert caught.value.reason is Reason.MALFORMED


def test_json_that_is_no_object_is_malformed() -> None:
    with pytest.raises(Unavailable) as caught:
        http.Answer(200, b"[]").object()

    assert caught.value.reason is Reason.MALFORMED


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_error_is_unavailable(status: int) -> None:
    with serve(lambda _: reply(status=status)) as server:
        assert reason_of(server.address) is Reason.SERVER_ERROR


def test_a_redirect_is_not_followed() -> None:
    with serve(lambda _: reply(status=302, Location="/elsewhere")) as server:
        assert reason_of(server.address) is Reason.REDIRECTED

    assert len(server.asked) == 1


def test_an_answer_too_large_is_not_read_to_its_end() -> None:
    endless = Reply(repeat(b"x" * 10_000))
    with serve(lambda _: endless) as server:
        assert reason_of(server.address) is Reason.TOO_LARGE


def test_nobody_there_is_unreachable() -> None:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    assert reason_of(f"http://127.0.0.1:{port}") is Reason.UNREACHABLE


def test_a_server_that_says_nothing_is_given_up(settings: Settings) -> None:
    settings.OUTGOING_TIMEOUT_SECONDS = 0.2
    over = Event()

    def silent(_: Asked) -> Reply:
        over.wait()
        return reply()

    with serve(silent) as server:
        reason = reason_of(server.address)
        over.set()

    assert reason is Reason.TIMEOUT


def test_a_server_that_drips_is_given_up(settings: Settings) -> None:
    """Each piece comes in good time; all of them together do not."""
    settings.OUTGOING_TIMEOUT_SECONDS = 0.3
    over = Event()

    def drops() -> Iterator[bytes]:
        for _ in range(100):
            yield b" "
            over.wait(0.02)

    with serve(lambda _: Reply(drops())) as server:
        reason = reason_of(server.address)
        over.set()

    assert reason is Reason.TIMEOUT


def test_only_four_calls_run_at_once(settings: Settings) -> None:
    settings.OUTGOING_TIMEOUT_SECONDS = 60
    arrived, over = Semaphore(0), Event()

    def slow(_: Asked) -> Reply:
        arrived.release()
        over.wait()
        return reply("{}")

    with serve(slow) as server, ThreadPoolExecutor(4) as callers:
        calls = [callers.submit(get, server.address) for _ in range(4)]
        for _ in calls:
            assert arrived.acquire(timeout=60)
        settings.OUTGOING_TIMEOUT_SECONDS = 0.2
        reason = reason_of(server.address)
        over.set()
        statuses = [call.result().status for call in calls]

    assert reason is Reason.BUSY
    assert statuses == [200] * 4
    assert len(server.asked) == 4


def test_only_as_many_wait_as_run_and_the_next_is_told_at_once(settings: Settings) -> None:
    settings.OUTGOING_TIMEOUT_SECONDS = 60
    over = Event()

    def slow(_: Asked) -> Reply:
        over.wait()
        return reply("{}")

    with serve(slow) as server, ThreadPoolExecutor(9) as callers:
        calls = [callers.submit(get, server.address) for _ in range(9)]
        refused, others = wait(calls, timeout=30, return_when=FIRST_COMPLETED)
        over.set()
        (error,) = [call.exception() for call in refused]
        statuses = [call.result().status for call in others]

    assert isinstance(error, Unavailable)
    assert error.reason is Reason.BUSY
    assert statuses == [200] * 8


def test_secrets_of_this_machine_are_not_sent(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A .netrc would replace our Authorization header, a proxy would see what we send."""
    netrc = tmp_path_factory.mktemp("home") / ".netrc"
    netrc.write_text("machine 127.0.0.1 login other password other")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with serve(lambda _: reply("{}")) as server:
        headers = {"Authorization": "Bearer ours"}
        http.send(requests.Request("GET", server.address, headers=headers).prepare())

    assert server.asked[0].headers["Authorization"] == "Bearer ours"


@pytest.mark.parametrize(
    "address",
    ["http://suomi.invalid", "ftp://127.0.0.1/", "//127.0.0.1/", "https://[", "", None, 1],
)
def test_only_https_or_this_machine_is_called(address: object) -> None:
    assert not http.is_allowed(address)


def test_production_calls_https_only(settings: Settings) -> None:
    settings.KELMU_MODE = Mode.PRODUCTION
    with serve(lambda _: reply("{}")) as server:
        assert reason_of(server.address) is Reason.ADDRESS

    assert not server.asked
    assert http.is_allowed("https://suomi.invalid/path")
    assert not http.is_allowed("https://localhost/path")


@pytest.mark.parametrize(
    "answer",
    [
        reply(status=500),
        reply(status=302, Location="/"),
        reply("x", Content_Encoding="gzip"),
        reply("x", Transfer_Encoding="chunked"),
        reply("x", Content_Length="-5\r\nno header at all"),
        reply("x" * 300_000),
    ],
)
def test_a_failure_tells_nothing_of_the_address(
    answer: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with serve(lambda _: answer) as server:
        try:
            told = repr(get(server.address))
        except Unavailable as error:
            told = "".join(traceback.format_exception(error))
            assert error.__context__ is None

    assert SECRET not in told
    assert SECRET not in caplog.text


def test_a_broken_connection_tells_nothing_of_the_address(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("DEBUG")
    monkeypatch.setattr(BaseHTTPRequestHandler, "send_response", BaseHTTPRequestHandler.finish)
    with serve(lambda _: reply("x")) as server, pytest.raises(Unavailable) as caught:
        get(server.address)

    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert SECRET not in caplog.text
