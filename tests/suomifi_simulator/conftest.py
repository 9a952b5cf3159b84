"""The simulator as it runs in the demo: a process, reached by HTTP only."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from tests.suomifi_simulator.parties import Browser, EService, Key, RelyingParty, Simulator

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def signing_key() -> Key:
    return Key("application-sig", "sig")


@pytest.fixture(scope="session")
def encryption_key() -> Key:
    return Key("application-enc", "enc")


@pytest.fixture(scope="session")
def application(signing_key: Key, encryption_key: Key) -> Iterator[str]:
    """The address of an application that publishes its keys and nothing else."""
    keys = json.dumps({"keys": [signing_key.published, encryption_key.published]}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/jwks.json" else 404)
            self.end_headers()
            self.wfile.write(keys)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def process_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the process prints."""
    return tmp_path_factory.mktemp("simulator") / "log"


@pytest.fixture(scope="session")
def running(application: str, process_log: Path) -> Iterator[Simulator]:
    port = free_port()
    environment = os.environ | {
        "SIMULATOR_PORT": str(port),
        "SIMULATOR_TODAY": "2026-11-21",
        "APPLICATION_ADDRESS": application,
    }
    with process_log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "suomifi_simulator"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            wait_until_up(f"http://localhost:{port}/health")
            yield Simulator(f"http://localhost:{port}", application)
        finally:
            process.terminate()
            process.wait(timeout=10)


@pytest.fixture
def simulator(running: Simulator) -> Simulator:
    """The simulator as it was at its start."""
    running.order("reset")
    return running


@pytest.fixture
def browser(simulator: Simulator) -> Iterator[Browser]:
    browser = Browser(simulator)
    with browser.session:
        yield browser


@pytest.fixture
def kelmu(simulator: Simulator, signing_key: Key) -> RelyingParty:
    return RelyingParty(simulator, signing_key)


@pytest.fixture
def kela(simulator: Simulator, signing_key: Key) -> RelyingParty:
    return RelyingParty(simulator, signing_key, "kelmu-admin", "kela")


@pytest.fixture
def e_service(simulator: Simulator) -> EService:
    return EService(simulator)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_up(url: str) -> None:
    """Ask until there is an answer; ConnectionError after half a minute."""
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=Retry(connect=9, backoff_factor=0.1)))
        session.get(url, timeout=10).raise_for_status()
