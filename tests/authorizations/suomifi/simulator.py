"""The Suomi.fi simulator as a process, and what an official does on its pages."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import requests

from demo.services import start_simulator
from tests.running import free_port
from tests.suomifi_simulator.parties import Browser, Simulator

TODAY = "2026-11-21"

type Parameters = dict[str, str]


@contextmanager
def run_simulator(application: str, log: Path) -> Iterator[Simulator]:
    """Start it on a free port, for an application at this address."""
    port = free_port()
    environment = os.environ | {
        "SIMULATOR_PORT": str(port),
        "SIMULATOR_TODAY": TODAY,
        "APPLICATION_ADDRESS": application,
    }
    simulator = Simulator(f"http://localhost:{port}", application)
    process = start_simulator(environment, log)
    try:
        process.wait_until_answers(simulator.url("/health"))
        yield simulator
    finally:
        process.stop()


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
