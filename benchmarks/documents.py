"""Documents for Kela: a file of 100 MB beside a bare streaming copy, and 10 000 small ones through
the outbox."""

import http.client
import os
import secrets
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psycopg

from benchmarks.lists import watched
from benchmarks.registering import copied
from benchmarks.results import Result
from benchmarks.rig import LOGS, PRODUCT, Rig, Site
from demo.environment import Addresses, Urls, documents_environment
from demo.processes import python, run
from demo.services import start_application, start_scanner
from tests.personas import ENTITLED, log_in
from tests.running import free_port
from tests.visitor import Visitor, forms_of

BARE = "benchmarks.bare_settings"
LARGE = 100 * 1000 * 1000  # bytes
UPLOADS = 5
SMALL, TENTH = 10_000, 1_000
LIMITS = {"DOCUMENTS_IN_A_DAY": "1000000"}


def measure(rig: Rig) -> Iterator[Result]:
    """Seconds and memory of an upload, then documents a second."""
    with copied(rig) as urls, TemporaryDirectory(dir=LOGS) as folder:
        places = documents_environment(Path(folder), Path(folder) / "scanner") | LIMITS
        Path(places["DOCUMENTS_FOLDER"]).mkdir()
        yield from uploads(rig, urls, places)
        yield outbox(rig, urls, places)


# --- uploading ------------------------------------------------------------------------------------


def uploads(rig: Rig, urls: Urls, places: dict[str, str]) -> Iterator[Result]:
    content = large_pdf()
    taken, copies, memory = [], [], 0.0
    with (
        served(rig, urls, places, PRODUCT) as (site, server),
        served(rig, urls, places, BARE) as (bare, _),
    ):
        address, cookies, csrf = opened(site)
        for number in range(UPLOADS + 1):
            told = {"csrfmiddlewaretoken": csrf, "token": str(uuid.uuid4()), "do": "add"}
            file = content + b"\n%%%d" % number  # another content each time
            with watched(server) as growth:
                taken.append(sent(site, address, cookies, told, file))
            copies.append(sent(bare, "/bare/upload/", "", {}, file))
            memory = max(memory, growth[0])
    yield Result(
        name="document_upload",
        value=median(taken[1:]),  # the first warms up
        unit="s",
        baseline=median(copies[1:]),
        better="lower",
        target=2,
    )
    yield Result(name="document_upload_memory", value=memory, unit="MB", better="lower", target=32)


def large_pdf() -> bytes:
    """A PDF of one page with a large picture of noise, whole in every byte."""
    import io

    import pikepdf

    made = pikepdf.new()
    made.add_blank_page()
    made.pages[0].Noise = made.make_stream(secrets.token_bytes(LARGE))
    file = io.BytesIO()
    made.save(file, compress_streams=False)
    return file.getvalue()


@contextmanager
def served(
    rig: Rig, urls: Urls, places: dict[str, str], settings: str
) -> Iterator[tuple[Site, int]]:
    """An application with one worker, and the process that watches over it."""
    addresses = Addresses(free_port(), free_port())
    environment = rig.environment_over(urls, addresses, settings) | places
    log = LOGS / f"documents-{settings}.log"
    application = start_application(addresses, environment, log, workers=1)
    try:
        application.wait_until_answers(f"{addresses.application}/health/live")
        yield Site(addresses, urls), application.process.pid
    finally:
        application.stop()


def opened(site: Site) -> tuple[str, str, str]:
    """Let somebody log in and open a customer: where files go, the cookies and the form's token."""
    with psycopg.connect(site.urls.owner) as database:
        (code,) = database.execute(
            "SELECT code FROM customers_identitycode WHERE is_current ORDER BY code LIMIT 1"
        ).fetchone() or ("",)
    visitor = Visitor(site.addresses.application)
    with site.simulator():
        log_in(visitor, ENTITLED)
    start = visitor.open("/start/")
    page = visitor.submit(start, "/start/$", purpose="social_assistance", hetu=code)
    page.raise_for_status()
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
    address = page.request.path_url.replace("social-assistance/", "documents/new/")
    return address, cookies, forms_of(page)[0].fields["csrfmiddlewaretoken"]


def sent(site: Site, path: str, cookies: str, told: dict[str, str], file: bytes) -> float:
    """Seconds from the first byte of a form with a file to the answer."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in told.items()
    ]
    parts.append(
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    body = "".join(parts).encode() + file + f"\r\n--{boundary}--\r\n".encode()
    kind = f"multipart/form-data; boundary={boundary}"
    connection = http.client.HTTPConnection("127.0.0.1", site.addresses.port, timeout=120)
    started = time.perf_counter()
    connection.request("POST", path, body, {"Content-Type": kind, "Cookie": cookies})
    answer = connection.getresponse()
    answer.read()
    seconds = time.perf_counter() - started
    connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {answer.status}")
    return seconds


# --- the outbox -----------------------------------------------------------------------------------


def outbox(rig: Rig, urls: Urls, places: dict[str, str]) -> Result:
    """Documents a second while nearly all of them wait, beside while the last tenth does."""
    scanner = start_scanner(
        Path(places["DOCUMENTS_SCANNER"].removeprefix("unix://")), LOGS / "scanner.log"
    )
    environment = rig.environment_over(urls, Addresses(0, 0), PRODUCT) | places
    environment["DATABASE_POOL_SIZE"] = "0"  # as the worker
    try:
        command = python("-m", "benchmarks.documents", f"{SMALL}")
        told = run(command, LOGS / "outbox.log", environment).split()
    finally:
        scanner.stop()
    whole, full, nearly_empty = map(float, told)
    return Result(
        name="document_outbox",
        value=1 / full,
        unit="documents/s",
        baseline=1 / nearly_empty,
        better="higher",
        target=0.9,
        beside={"documents": SMALL, "seconds": whole},
    )


def run_all(number: int) -> list[float]:
    """Fills the outbox and empties it: seconds for all; the median for one document, to be scanned
    and to be delivered, among the first tenth and among the last."""
    import django  # in a process of its own, with the worker's settings

    django.setup()
    from documents.outbox import run_one

    fill(number)
    times = [time.perf_counter()]
    while run_one():
        times.append(time.perf_counter())
    if len(times) != 2 * number + 1:
        raise RuntimeError("Not every document was scanned and delivered.")
    steps = [after - before for before, after in pairwise(times)]
    full, nearly_empty = 0.0, 0.0
    for of_all in (steps[:number], steps[number:]):  # all are scanned, and then all are delivered
        full += median(of_all[:TENTH])
        nearly_empty += median(of_all[-TENTH:])
    return [sum(steps), full, nearly_empty]


def fill(number: int) -> None:
    """So many sendings of a small document each, on their way."""
    import io

    from django.db import transaction

    from audit.services import act_for
    from customers.models import Customer
    from documents import contents
    from documents.models import Document, Sending
    from documents.services import UPDATED, advance
    from documents.words import FileType, Kind, State, Step
    from organisations.models import Organisation

    organisation = Organisation.objects.get(business_id=ENTITLED.business_id)
    customer, now = Customer.objects.earliest("pk"), datetime.now(UTC)
    with transaction.atomic():
        act_for(organisation.pk)
        for _ in range(number):
            key = uuid.uuid4()
            stored = contents.store(key, io.BytesIO(secrets.token_bytes(2_000)))
            one = Sending.objects.create(
                organisation=organisation,
                customer=customer,
                purpose="social_assistance",
                sender=uuid.uuid4(),
                sender_name="Aino",
                kind=Kind.OTHER,
                asked_by_customer=True,
                state=State.DRAFT,
                began_at=now,
                changed_at=now,
                changed_on=now.date(),
            )
            Document.objects.create(
                id=key,
                sending=one,
                number=1,
                name="a.pdf",
                type=FileType.PDF,
                size=stored.size,
                sha256=stored.sha256,
                key=stored.key,
                added_at=now,
            )
            advance(one, Step.SEND, State.RECEIVED, now, now.date())
            one.sent_at = now
            one.save(update_fields=[*UPDATED, "sent_at"])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", PRODUCT)
    print(*run_all(int(sys.argv[1])))
