"""Documents for Kela: a file of 100 MB beside a bare streaming copy, and 10 000 small ones through
the outbox."""

import http.client
import os
import secrets
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory

import psycopg

from benchmarks.lists import watched
from benchmarks.registering import copied
from benchmarks.results import Result
from benchmarks.rig import LOGS, PRODUCT, Rig, Site
from demo.environment import Addresses, Urls, documents_environment
from demo.processes import python
from demo.services import start_application, start_scanner
from tests.personas import ENTITLED, log_in
from tests.running import free_port
from tests.visitor import Visitor, forms_of

BARE = "benchmarks.bare_settings"
LARGE = 100 * 1000 * 1000  # bytes
UPLOADS = 5
LONG, SHORT = 10_000, 1_000  # documents that wait
ROUNDS, OF_A_ROUND = 60, 10  # short ones, so that what else the machine does disturbs both alike
LIMITS = {"DOCUMENTS_IN_A_DAY": "1000000"}


def measure(rig: Rig) -> Iterator[Result]:
    """Seconds and memory of an upload, then documents a second."""
    with copied(rig) as urls, TemporaryDirectory(dir=LOGS) as folder:
        places = documents_environment(Path(folder), Path(folder) / "scanner") | LIMITS
        Path(places["DOCUMENTS_FOLDER"]).mkdir()
        yield from uploads(rig, urls, places)
    yield outbox(rig)


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


def outbox(rig: Rig) -> Result:
    """Documents a second while many wait, beside while few do: two databases, in turns."""
    with queue(rig, LONG) as full, queue(rig, SHORT) as short:
        rounds = [(full(), short()) for _ in range(ROUNDS + 1)][1:]  # the first warms up
    of_full, of_short = (median(seconds) for seconds in zip(*rounds, strict=True))
    return Result(
        name="document_outbox",
        value=OF_A_ROUND / of_full,
        unit="documents/s",
        baseline=OF_A_ROUND / of_short,
        better="higher",
        target=0.9,
        beside={"waiting": LONG, "baseline_waiting": SHORT},
    )


@contextmanager
def queue(rig: Rig, number: int) -> Iterator[Callable[[], float]]:
    """An outbox in which so many documents wait; what is yielded runs a round and answers how many
    seconds it took."""
    with (
        copied(rig, f"kelmu_outbox_{number}") as urls,
        TemporaryDirectory(dir=LOGS) as folder,
    ):
        places = documents_environment(Path(folder), Path(folder) / "scanner")
        scanner = start_scanner(Path(folder) / "scanner", LOGS / "scanner.log")
        environment = rig.environment_over(urls, Addresses(0, 0), PRODUCT) | places
        environment["DATABASE_POOL_SIZE"] = "0"  # as the worker
        command = python("-m", "benchmarks.documents", f"{number}")
        with (
            (LOGS / f"outbox-{number}.log").open("w") as log,
            Popen(  # noqa: S603 - our own command
                command, env=environment, stdin=PIPE, stdout=PIPE, stderr=log, text=True
            ) as worker,
        ):
            yield partial(told_by, worker)
            worker.communicate()  # without more to do it ends
        scanner.stop()


def told_by(worker: "Popen[str]") -> float:
    if worker.stdin is None or worker.stdout is None:
        raise RuntimeError("The worker has no pipes.")
    worker.stdin.write("\n")
    worker.stdin.flush()
    return float(worker.stdout.readline())


def work(number: int) -> None:
    """Fills the outbox; then for each line on standard input runs a round, and prints seconds."""
    import django  # in a process of its own, with the worker's settings

    django.setup()
    from documents.outbox import run_one

    fill(number)
    for _line in sys.stdin:
        started = time.perf_counter()
        for _ in range(2 * OF_A_ROUND):  # a document is scanned, then delivered
            if not run_one():
                raise RuntimeError("The outbox is empty.")
        print(time.perf_counter() - started, flush=True)


def fill(number: int) -> None:
    """So many sendings of a small document each, one after the other scanned already or not."""
    import io

    from django.db import connection, transaction

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
        connection.cursor().execute("SELECT set_config('kelmu.errands', 'on', true)")
        for place in range(number):
            at = now - timedelta(milliseconds=number - place)
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
                began_at=at,
                changed_at=at,
                changed_on=at.date(),
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
                added_at=at,
            )
            one.sent_at = at
            advance(one, Step.SEND, State.RECEIVED, at, at.date())
            one.save(update_fields=[*UPDATED, "sent_at"])
            if place % 2:
                advance(one, Step.CLEAR, State.CHECKED, at, at.date())
                one.save(update_fields=UPDATED)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", PRODUCT)
    work(int(sys.argv[1]))
