"""The one place from which calls go out."""

import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from threading import BoundedSemaphore, Lock
from typing import Any

import requests
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from urllib3.exceptions import HTTPError

from authorizations.suomifi.errors import Reason, Unavailable
from kelmu.environment import check_address

MOST_BYTES = 256 * 1024
CHUNK_BYTES = 16 * 1024

_making_lines = Lock()

# urllib3 logs whole addresses, some of them as warnings, and the address of the register call
# holds a HETU. A filter stays whatever the settings of logging say.
for _name in ("urllib3.connection", "urllib3.connectionpool"):
    logging.getLogger(_name).addFilter(lambda record: False)


@dataclass(frozen=True)
class Answer:
    """An answer below 300 or from 400 to 499, read whole."""

    status: int
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """The body as JSON; Unavailable if it is none."""
        with suppress(ValueError, RecursionError):
            return json.loads(self.body)
        raise Unavailable(Reason.MALFORMED)

    def object(self) -> dict[str, Any]:
        """The body as a JSON object; Unavailable if it is none."""
        parsed = self.json()
        if not isinstance(parsed, dict):
            raise Unavailable(Reason.MALFORMED)
        return parsed


def is_allowed(address: object) -> bool:
    """Whether it is an address that we may call: https, or in demo and test the simulator's."""
    if not isinstance(address, str):
        return False
    try:
        check_address("address", address, settings.KELMU_MODE)
    except (ImproperlyConfigured, ValueError):
        return False
    return True


def send(request: requests.PreparedRequest, seconds: float | None = None) -> Answer:
    """Send exactly this request and read its answer, waiting for a free line included.

    `seconds` is the budget in all, by default OUTGOING_TIMEOUT_SECONDS. Raises Unavailable,
    also for redirects (never followed) and server errors.
    """
    if not is_allowed(request.url):
        raise Unavailable(Reason.ADDRESS)
    budget = settings.OUTGOING_TIMEOUT_SECONDS if seconds is None else seconds
    outcome = _await(request, budget)
    # Raised here and not where it happened: so no exception of `requests`, which knows the
    # address, hangs on ours as its context.
    if isinstance(outcome, Reason):
        raise Unavailable(outcome)
    return outcome


def _lines() -> ThreadPoolExecutor:
    with _making_lines:
        return _made_lines()


@cache
def _made_lines() -> ThreadPoolExecutor:
    """As many calls at once as we may make. One that is given up keeps its line until it ends."""
    return ThreadPoolExecutor(settings.OUTGOING_CALLS_AT_ONCE, thread_name_prefix="suomifi")


@cache
def _places() -> BoundedSemaphore:
    """For those who speak and those who wait for a line. A slow service would otherwise hold
    every thread that serves pages."""
    return BoundedSemaphore(settings.OUTGOING_CALLS_AT_ONCE + settings.OUTGOING_CALLS_WAITING)


def _await(request: requests.PreparedRequest, budget: float) -> Answer | Reason:
    with _making_lines:
        places = _places()
    if not places.acquire(blocking=False):
        return Reason.BUSY
    try:
        return _spoken(request, budget)
    finally:
        places.release()


def _spoken(request: requests.PreparedRequest, budget: float) -> Answer | Reason:
    call = _lines().submit(_call, request, time.monotonic() + budget)
    try:
        return call.result(timeout=budget)
    except TimeoutError:
        return Reason.BUSY if call.cancel() else Reason.TIMEOUT


def _call(request: requests.PreparedRequest, deadline: float) -> Answer | Reason:
    seconds = deadline - time.monotonic()
    with requests.Session() as session:
        session.trust_env = False  # a .netrc would replace our Authorization header
        try:
            with session.send(
                request, stream=True, timeout=seconds, allow_redirects=False
            ) as response:
                return _read(response, deadline)
        except requests.Timeout:
            return Reason.TIMEOUT
        except (requests.RequestException, HTTPError, OSError, ValueError):
            return Reason.UNREACHABLE


def _read(response: requests.Response, deadline: float) -> Answer | Reason:
    if response.status_code >= 500:
        return Reason.SERVER_ERROR
    if 300 <= response.status_code < 400:
        return Reason.REDIRECTED
    body = bytearray()
    for chunk in response.iter_content(CHUNK_BYTES):
        body += chunk
        if len(body) > MOST_BYTES:
            return Reason.TOO_LARGE
        if time.monotonic() > deadline:
            return Reason.TIMEOUT
    return Answer(response.status_code, bytes(body))
