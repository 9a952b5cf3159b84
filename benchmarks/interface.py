"""The technical interface: a customer call beside a bare view, a list as JSON Lines beside a bare
COPY, and callers who are slow, with nginx in front."""

import json
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jose import jwk

from benchmarks import PURPOSE
from benchmarks.lists import NAME, ROWS, copied, published, watched
from benchmarks.load import Measured, Page
from benchmarks.results import Result
from benchmarks.rig import DAY, FOLDER, LOGS, PRODUCT, Rig, Site
from benchmarks.rounds import ROUNDS, SECONDS, alternate, milliseconds
from benchmarks.visits import codes
from demo.environment import Urls
from demo.errors import DemoError
from docs.interface_client import Client
from kelmu.jwk import thumbprint
from tests.nginx import in_front, program

CUSTOMERS, COMPARED, MANY = 10_000, 20, 32
CALLERS = ("9900100-2", "9900101-0", "9900105-3", "9900108-8")  # of which a system calls each
MUNICIPALITY = "9900102-9"
# The product, all of its statements without it, and the reading alone.
SITES = (PRODUCT, "benchmarks.statements_settings", "benchmarks.bare_settings")
CALL, BARE = "/api/v1/customers/benefits", "/bare/call/"
LIST = "/api/v1/lists/labour_market_subsidy_list/837/labour_market_subsidy_invoice/837"
SEPTEMBER, AUGUST = f"{LIST}/2026-09-01/1/downloads", f"{LIST}/2026-08-01/1/downloads"
SENDERS, READERS = 48, 20  # more of each than one worker has threads
KEY = """
    INSERT INTO organisations_interfacekey (organisation_id, kid, label, algorithm, public_key,
        place, registered_on, registered_at, registered_by, registered_by_name, expires_on,
        approved_at, approved_by, approved_by_name, ended_by_name)
    SELECT id, %s, 'Mittaus', %s, %s, 1, %s, %s, gen_random_uuid(), 'Tarmo', %s, %s,
        gen_random_uuid(), 'Heikki', ''
    FROM organisations_organisation WHERE business_id = %s
    ON CONFLICT (kid) DO NOTHING
"""
AGREED = """
    UPDATE organisations_agreementversion v SET by_technical_interface = true
    FROM organisations_agreement a JOIN organisations_organisation o ON o.id = a.organisation_id
    WHERE a.id = v.agreement_id AND o.business_id = ANY (%s)
"""


def measure(rig: Rig) -> Iterator[Result]:
    yield from _calls(rig)
    yield from _lists(rig)


def _calls(rig: Rig) -> Iterator[Result]:
    """Calls a second beside those of bare views, and how long they take with more at once."""
    with ExitStack() as stack:
        product, same, bare = (stack.enter_context(rig.site(CUSTOMERS, one)) for one in SITES)
        _agree(rig, rig.name(CUSTOMERS), CALLERS)
        entered = cycle([enter(product, one) for one in CALLERS])
        calls = [
            Page(CALL, "", body=json.dumps({"hetu": code}), headers=headers(client, number))
            for number, (code, client) in enumerate(zip(codes(product), entered, strict=False))
        ]
        bare_calls = [replace(call, path=BARE) for call in calls]
        for other in (same, bare):
            require_same(product, other, calls[:COMPARED])
        measured, of_same, of_bare = alternate(
            [(product, calls), (same, bare_calls), (bare, bare_calls)]
        )
        at_once = [product.load(calls, SECONDS, MANY) for _ in range(ROUNDS)]
    yield _beside("interface_customer", measured, of_same, target=0.75)
    yield _beside("interface_customer_beside_reading", measured, of_bare)
    yield Result(
        name="interface_customer_p99_of_32",
        value=median(one.percentile(99) for one in at_once),
        unit="ms",
        better="lower",
        beside={"per_second": median(one.per_second for one in at_once)},
    )


def _beside(
    name: str,
    measured: Sequence[Measured],
    baseline: Sequence[Measured],
    target: float | None = None,
) -> Result:
    return Result(
        name=name,
        value=median(one.per_second for one in measured),
        unit="calls/s",
        baseline=median(one.per_second for one in baseline),
        better="higher",
        target=target,
        beside=milliseconds(measured) | milliseconds(baseline, "baseline_"),
    )


def _lists(rig: Rig) -> Iterator[Result]:
    """A list of a million rows as it is streamed, and what slow callers cost the others."""
    with published(rig) as (site, server):
        _agree(rig, NAME, [MUNICIPALITY])
        client = enter(site, MUNICIPALITY)
        with psycopg.connect(site.urls.owner) as database:
            fetched(site, client, AUGUST, server)  # to warm up
            rounds = [
                (fetched(site, client, SEPTEMBER, server), copied(database)) for _ in range(3)
            ]
        copy = median(seconds for _, seconds in rounds)
        yield Result(
            name="interface_list",
            value=median(seconds for (seconds, _), _ in rounds),
            unit="s",
            baseline=copy,
            better="lower",
            target=2,
            beside={"rows_per_second": ROWS / median(seconds for (seconds, _), _ in rounds)},
        )
        yield Result(
            name="interface_list_memory",
            value=max(growth for (_, growth), _ in rounds),
            unit="MB more",
            better="lower",
            target=32,
        )
        yield from _slow(site, client)


def _agree(rig: Rig, name: str, business_ids: Sequence[str]) -> None:
    """Let the agreements of organisations cover the technical interface."""
    with psycopg.connect(rig.cluster.url(name, "postgres")) as database:
        database.execute("SET session_replication_role = replica")  # past what is decided
        database.execute(AGREED, [list(business_ids)])


def fetched(site: Site, client: Client, receipts: str, server: int) -> tuple[float, float]:
    """The seconds from the address of the file to its last byte, and the growth of the worker."""
    address, told = receipt(site, client, receipts)
    with watched(server) as growth:
        began = time.perf_counter()
        with requests.get(address, headers=told, stream=True, timeout=60) as file:
            file.raise_for_status()
            size = sum(len(block) for block in file.iter_content(1 << 16))
        seconds = time.perf_counter() - began
    if size < 10_000_000:
        raise DemoError("The file is too small to be whole.")
    return seconds, growth[0]


def receipt(site: Site, client: Client, receipts: str) -> tuple[str, dict[str, str]]:
    """The log written: the address of the file, and the headers that it is asked for with."""
    told = headers(client, 1)
    asked = requests.post(
        f"{site.addresses.application}{receipts}", "{}", headers=told, timeout=120
    )
    asked.raise_for_status()
    file = f"{site.addresses.application}/api/v1/downloads/{asked.json()['id']}/file"
    return file, told


def _slow(site: Site, client: Client) -> Iterator[Result]:
    """Calls a second through nginx while others send or read slowly, beside those without them."""
    if program() is None:
        return
    files = [receipt(site, client, AUGUST)[0] for _ in range(READERS)]
    with in_front(site.addresses.port, LOGS / "nginx") as port:
        rights = [Page("/api/v1/rights", "", headers=headers(client, 1))]
        front = replace(site, addresses=replace(site.addresses, port=port))
        front.load(rights, SECONDS)
        alone = [front.load(rights, SECONDS) for _ in range(3)]
        with ExitStack() as stack:
            for file in files:
                stack.enter_context(reading(port, file, headers(client, 1)))
            for _ in range(SENDERS):
                stack.enter_context(sending(port))
            time.sleep(20)  # until nginx has taken the files
            beside = [front.load(rights, SECONDS) for _ in range(2)]
    yield Result(
        name="interface_slow_callers",
        value=median(one.per_second for one in beside),
        unit="calls/s",
        baseline=median(one.per_second for one in alone),
        better="higher",
        target=0.9,
        beside=milliseconds(beside) | milliseconds(alone, "baseline_"),
    )


@contextmanager
def sending(port: int) -> Iterator[None]:
    """Somebody who has sent the head of a call and half of its body."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(
            f"POST {CALL} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 20\r\n"
            'Content-Type: application/json\r\n\r\n{"hetu": '.encode()
        )
        yield


@contextmanager
def reading(port: int, file: str, told: dict[str, str]) -> Iterator[None]:
    """Somebody who asks for a file and reads no more than its beginning."""
    path = file.partition("/api/")[2]
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(
            f"GET /api/{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{head}\r\n".encode()
        )
        connection.recv(64)
        yield


def enter(site: Site, business_id: str) -> Client:
    """A system of an organisation with a token; its key is registered where it is not yet."""
    private = _private_key(business_id)
    kid = _registered(site.urls, business_id, private)
    client = Client(site.addresses.application, business_id, kid, private)
    client.enter()
    return client


def headers(client: Client, number: int) -> dict[str, str]:
    """What a call says of itself; one of 100 end users makes it."""
    return {
        "Authorization": f"Bearer {client.token}",
        "Kelmu-End-User": f"u-{number % 100}",
        "Kelmu-Purpose": PURPOSE,
        "Content-Type": "application/json",
        "Accept-Encoding": "identity",
    }


def _private_key(business_id: str) -> str:
    """The key of an organisation's system, made once."""
    file: Path = FOLDER / f"interface-{business_id}.pem"
    if not file.exists():
        key = generate_private_key(65537, 2048)
        file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return file.read_text()


def _registered(urls: Urls, business_id: str, private: str) -> str:
    public = jwk.construct(private, "RS256").public_key()
    kid = thumbprint(public.to_dict())
    now, end = datetime.now(UTC), DAY + timedelta(days=300)
    with psycopg.connect(urls.owner) as owner:
        pem = public.to_pem().decode()
        owner.execute(KEY, [kid, "RS256", pem, DAY, now, end, now, business_id])
    return kid


def require_same(product: Site, bare: Site, calls: Sequence[Page]) -> None:
    """DemoError unless both tell the same of the same customers."""
    if [_told(product, CALL, one) for one in calls] != [_told(bare, BARE, one) for one in calls]:
        raise DemoError("The bare view does not tell what the interface tells.")


def _told(site: Site, path: str, call: Page) -> Any:
    address = site.addresses.application + path
    answer = requests.post(address, call.body, headers=call.headers, timeout=30)
    answer.raise_for_status()
    return answer.json() | {"marker": ""}
