"""Registering payment demands beside a bare view that reads the same form and inserts the row."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched
from math import ceil
from statistics import median
from urllib.parse import urlencode

import psycopg

from benchmarks.load import Page
from benchmarks.results import Result
from benchmarks.rig import Rig, Site, settle
from benchmarks.rounds import ROUNDS, SECONDS, milliseconds
from benchmarks.visits import SESSIONS
from demo.database import urls_of
from demo.environment import Urls
from tests.personas import ENTITLED, log_in
from tests.visitor import Visitor, forms_of

CUSTOMERS = 10_000
NAME = "benchmark_registering"
OPENED, FORMS = 480, 2_400  # customers; demands that wait in each round for being sent
TARGET = 0.5
# Whom Kela pays until further notice what can be demanded, and nobody demands it yet.
PAID = """
    SELECT DISTINCT ON (code.code) code.code, d.customer_id::text, d.benefit_id
    FROM benefits_decision d
    JOIN customers_identitycode code ON code.customer_id = d.customer_id AND code.is_current
    JOIN payment_demands_demandable may ON may.benefit_id = d.benefit_id
        AND may.ground = 'client_fees_14' AND upper_inf(may.validity)
    WHERE d.kind = 'granted' AND d.replaced_on IS NULL AND upper_inf(d.validity)
        AND NOT EXISTS (SELECT FROM payment_demands_demand x WHERE x.customer_id = d.customer_id)
    ORDER BY code.code LIMIT %s
"""
ACCOUNT = """
    SELECT p.id FROM organisations_payee p
    JOIN organisations_organisation o ON o.id = p.organisation_id
    WHERE o.business_id = %s AND p.validity @> current_date ORDER BY p.id LIMIT 1
"""


@dataclass(frozen=True)
class Opened:
    """A customer whose demands a caseworker has opened: where, with which cookies and token."""

    address: str
    customer: str
    benefit: str
    cookies: str
    csrf: str


def measure(rig: Rig) -> Iterator[Result]:
    """Demands a second, each sent once, beside those of the bare view."""
    with (
        copied(rig) as urls,
        rig.site_over(urls) as product,
        rig.site_over(urls, "benchmarks.bare_settings") as bare,
    ):
        opened = customers(product)
        forms = Forms(opened, account(urls))
        measured, baseline = [], []
        for _ in range(ROUNDS + 1):
            measured.append(product.load(forms.next_pages(), SECONDS))
            baseline.append(bare.load(forms.next_pages(bare=True), SECONDS))
    measured, baseline = measured[1:], baseline[1:]  # the first warms up
    yield Result(
        name="registering_a_demand",
        value=median(one.per_second for one in measured),
        unit="demands/s",
        baseline=median(one.per_second for one in baseline),
        better="higher",
        target=TARGET,
        beside=milliseconds(measured) | milliseconds(baseline, "baseline_"),
    )


@contextmanager
def copied(rig: Rig, name: str = NAME) -> Iterator[Urls]:
    """A copy of the database: a demand that was made stays."""
    rig.database(CUSTOMERS)
    rig.cluster.drop(name)
    rig.cluster.create(name, template=rig.name(CUSTOMERS))
    urls = urls_of(rig.cluster, name)
    settle(urls)
    yield urls
    rig.cluster.drop(name)


def account(urls: Urls) -> int:
    """The account of the organisation that demands."""
    with psycopg.connect(urls.owner) as database:
        (found,) = database.execute(ACCOUNT, [ENTITLED.business_id]).fetchall()
    payee: int = found[0]
    return payee


def customers(site: Site) -> list[Opened]:
    """Let caseworkers log in and open customers for demands."""
    with psycopg.connect(site.urls.owner) as database:
        paid = database.execute(PAID, [OPENED]).fetchall()
    batches = batched(paid, ceil(len(paid) / SESSIONS))
    with site.simulator(), ThreadPoolExecutor(SESSIONS) as caseworkers:
        days = caseworkers.map(lambda batch: day_of_a_caseworker(site, batch), batches)
        return [one for day in days for one in day]


def day_of_a_caseworker(site: Site, paid: tuple[tuple[str, str, str], ...]) -> list[Opened]:
    visitor = Visitor(site.addresses.application)
    log_in(visitor, ENTITLED)
    search = visitor.open("/payment-demands/")
    [form] = [one for one in forms_of(search) if one.action == "/payment-demands/"]
    csrf = form.fields["csrfmiddlewaretoken"]
    opened = []
    for code, customer, benefit in paid:
        page = visitor.submit(search, "^/payment-demands/$", hetu=code)
        page.raise_for_status()
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
        opened.append(Opened(page.request.path_url, customer, benefit, cookies, csrf))
    return opened


class Forms:
    """Demands to be sent: month after month for each customer, none twice."""

    def __init__(self, opened: list[Opened], payee: int) -> None:
        self.opened, self.payee = opened, payee
        self.sent = 0

    def next_pages(self, *, bare: bool = False) -> list[Page]:
        numbers = range(self.sent, self.sent + FORMS)
        self.sent += FORMS
        return [self._page(number, bare=bare) for number in numbers]

    def _page(self, number: int, *, bare: bool) -> Page:
        period, place = divmod(number, len(self.opened))
        of = self.opened[place]
        first = date(2027, 1, 1) + timedelta(days=7 * period)
        form = urlencode(self._told(of, first, first + timedelta(days=6)))
        path = (
            f"/bare/{of.customer}/demands/" if bare else f"{of.address}new/?ground=client_fees_14"
        )
        return Page(path, of.cookies, form)

    def _told(self, of: Opened, first: date, last: date) -> dict[str, str]:
        return {
            "csrfmiddlewaretoken": of.csrf,
            "do": "register",
            "token": str(uuid.uuid4()),
            "seen": "0",
            "payee": str(self.payee),
            "municipality": "837",
            "benefit": of.benefit,
            "recurrence": "recurrent",
            "measure": "amount",
            "amount": "12.50",
            "contact_name": "Aino Virkailija",
            "contact_phone": "03 123 456",
            "first": first.isoformat(),
            "last": last.isoformat(),
        }
