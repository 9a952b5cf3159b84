"""The Suomi.fi simulator as a process, and what an official does on its pages."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tests.suomifi_simulator.parties import Browser, Simulator

TODAY = "2026-11-21"
ROOT = Path(__file__).parents[3]

type Parameters = dict[str, str]


@contextmanager
def run_simulator(application: str, log: Path) -> Iterator[Simulator]:
    """Start it on a free port, for an application at this address."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {
        "SIMULATOR_PORT": str(port),
        "SIMULATOR_TODAY": TODAY,
        "APPLICATION_ADDRESS": application,
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "suomifi_simulator"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
        try:
            simulator = Simulator(f"http://localhost:{port}", application)
            _await(simulator)
            yield simulator
        finally:
            process.terminate()
            process.wait(timeout=10)


def _await(simulator: Simulator) -> None:
    retry = Retry(connect=60, backoff_factor=0.05, backoff_max=0.3)
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=retry))
        session.get(simulator.url("/health"), timeout=5)


def identify(browser: Browser, address: str, person: str) -> Parameters:
    """Identify as a person (slug), or be known already; the query of the callback."""
    answer = browser.get(address)
    if not answer.is_redirect:
        answer = browser.post(f"{answer.url.removesuffix('/person')}/person", person=person)
    if not answer.is_redirect:
        answer = browser.post(answer.url)
    return returned(answer)


def turn_back(browser: Browser, address: str) -> Parameters:
    """Follow the link that leads back without having done anything."""
    return returned(browser.get(f"{browser.get(address).url}/cancel"))


def pick(browser: Browser, address: str, business_id: str) -> Parameters:
    """Pick an organisation; the query of the callback."""
    return returned(browser.post(browser.get(address).url, organisation=business_id))


def returned(answer: requests.Response) -> Parameters:
    assert answer.is_redirect, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
