"""Through nginx, as compose runs it: large sendings pass, larger ones and a service that is down
are answered as the interface answers, and who sends slowly holds nobody up."""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
import requests

from demo.services import THREADS
from docs.interface_client import Client
from technical_interface.problems import TITLES, Kind
from tests.documents.hostile import pdf
from tests.nginx import in_front
from tests.running import Kelmu
from tests.technical_interface.calling import pair
from tests.technical_interface.test_text import PENSIONER, register

pytestmark = pytest.mark.long

SENDINGS = "/api/v1/sendings"
MB = 1024 * 1024


@pytest.fixture
def front(kelmu: Kelmu) -> Iterator[str]:
    with TemporaryDirectory(prefix="kelmu-nginx-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)  # nginx's own user passes through it
        with in_front(kelmu.addresses.port, Path(folder)) as port:
            yield f"http://127.0.0.1:{port}"


@pytest.fixture
def client(kelmu: Kelmu) -> Client:
    entered = Client(kelmu.address, "9900100-2", register(kelmu), pair()[0])
    entered.enter()
    return entered


def said(client: Client, **more: str) -> dict[str, str]:
    told = {"Authorization": f"Bearer {client.token}", "Kelmu-End-User": "u-1"}
    return told | {"Kelmu-Purpose": "social_assistance"} | more


def large(size: int) -> bytes:
    """A document of the size: a picture of noise, which nothing makes smaller."""

    def noise(made: pikepdf.Pdf) -> None:
        made.Root.noise = made.make_stream(os.urandom(size))

    return pdf(noise, compress_streams=False)


def sent(front: str, client: Client, sizes: list[int]) -> requests.Response:
    asked = {"hetu": PENSIONER, "kind": "statement", "matter": "Asia", "asked_by_customer": "true"}
    files = [("files", (f"{number}.pdf", large(one))) for number, one in enumerate(sizes)]
    told = said(client, **{"Idempotency-Key": f'"{uuid4()}"'})
    return requests.post(f"{front}{SENDINGS}", asked, files=files, headers=told, timeout=120)


def assert_problem(answer: requests.Response, kind: Kind, title: str) -> None:
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    status, _title = TITLES[kind]
    assert (answer.status_code, told["status"]) == (status, status)
    assert (told["type"], told["title"]) == (f"urn:kelmu:problem:{kind}", title)
    assert told["instance"] == f"urn:uuid:{answer.headers['X-Request-ID']}"


def test_a_sending_of_the_largest_size_passes(front: str, client: Client) -> None:
    answer = sent(front, client, [99 * MB, 99 * MB])
    assert answer.status_code == 201, answer.text
    assert [one["size"] > 99 * MB for one in answer.json()["files"]] == [True, True]


def test_a_larger_one_is_a_problem_in_the_callers_language(front: str) -> None:
    for language, title in (("fi", "Pyyntö on liian suuri."), ("sv-FI", "Begäran är för stor.")):
        told = {"Content-Length": str(220 * MB), "Accept-Language": language}
        assert_problem(begun(front, SENDINGS, told), Kind.TOO_LARGE, title)
    told = {"Content-Length": str(2 * MB), "Accept-Language": "en"}
    answer = begun(front, "/api/v1/customers/benefits", told)
    assert_problem(answer, Kind.TOO_LARGE, "The request is too large.")


def begun(front: str, path: str, told: dict[str, str]) -> requests.Response:
    """What is answered to a head whose body has not come."""
    request = requests.Request("POST", front + path, headers=told).prepare()
    request.headers["Content-Length"] = told["Content-Length"]
    return requests.Session().send(request, timeout=10)


def test_a_service_that_is_down_is_a_problem(kelmu: Kelmu, front: str) -> None:
    kelmu.application.stop()
    try:
        answer = requests.get(f"{front}/api/v1/rights", timeout=10)
        assert_problem(answer, Kind.UNAVAILABLE, "Palvelu ei voi vastata juuri nyt.")
        assert answer.headers["Retry-After"] == "30"
    finally:
        kelmu.start_application()


def test_who_sends_a_body_slowly_with_a_token_holds_no_thread(front: str, client: Client) -> None:
    with ExitStack() as stack:
        for _ in range(2 * THREADS):
            stack.enter_context(half_sent(front, said(client)))
        began = time.monotonic()
        assert requests.get(f"{front}/api/v1/rights", headers=said(client), timeout=5).ok
        assert time.monotonic() - began < 3


@contextmanager
def half_sent(front: str, told: dict[str, Any]) -> Iterator[None]:
    host, port = front.removeprefix("http://").split(":")
    body = json.dumps({"hetu": PENSIONER})
    lines = {"Host": host, "Content-Type": "application/json", "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in (told | lines).items())
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(
            f"POST /api/v1/customers/benefits HTTP/1.1\r\n{head}\r\n{body[:5]}".encode()
        )
        yield
