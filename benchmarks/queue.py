"""Whether the queue of a municipality stays as quick when there is more in it."""

from collections.abc import Iterator

import psycopg

from benchmarks.load import Page
from benchmarks.results import Result
from benchmarks.rig import Rig, Site, settle
from benchmarks.rounds import alternate, milliseconds
from tests.personas import ENTITLED, log_in
from tests.visitor import Visitor

CUSTOMERS = 2_000
PURPOSE = "social_assistance_notifications"
MANY, FEW = ("536", 50_000), ("604", 50)  # Nokia and Pirkkala, and how many they have, all new
TARGET = 1.2
FIRST = 1_000_000_000  # numbers of ours, which no delivery has

FORWARD = """
    WITH drawn AS (
        SELECT %(first)s + n AS id, n,
            (ARRAY(SELECT id FROM customers_customer ORDER BY id))[1 + n %% 1000] AS customer_id,
            date '2026-11-19' - n %% 600 AS day
        FROM generate_series(1, %(number)s) AS n
    ), notified AS (
        INSERT INTO notifications_notification (
            id, batch_id, customer_id, type, municipality_id, arrived_at, visible_on, is_urgent,
            text, phone, assistance, applied_for, reduction_ground, needs, unit_name, unit_phone
        )
        SELECT id, 0, customer_id, 'unemployed_25_and_over', %(municipality)s, day + time '12:00',
            day, false, '', '', '', '', '', '{}', 'Kela', '020 634 2550'
        FROM drawn RETURNING id
    )
    INSERT INTO notifications_handling (
        notification_id, customer_id, arrived_at, forwarded_on, visible_on, version, is_urgent,
        municipality_id, receiver, type, state, handler_name, note, transfer_reason
    )
    SELECT id, customer_id, day + time '12:00', day, day, 1, n %% 50 = 0, %(municipality)s,
        'social_services', 'unemployed_25_and_over', 'new', '', '', ''
    FROM drawn
"""
CLEAR = """
    DELETE FROM notifications_handling WHERE notification_id > %(first)s;
    DELETE FROM notifications_notification WHERE id > %(first)s;
"""


def measure(rig: Rig) -> Iterator[Result]:
    """The median time (ms) of the first page where there are many over that where there are few."""
    with rig.site(CUSTOMERS) as site:
        forward(site)
        pages = pages_of(site, [MANY[0], FEW[0]])
        of_many, of_few = map(milliseconds, alternate([(site, [page]) for page in pages]))
    yield Result(
        name="queue_of_50000",
        value=of_many["p50_ms"],
        unit="ms",
        baseline=of_few["p50_ms"],
        better="lower",
        target=TARGET,
        beside={"p95_ms": of_many["p95_ms"], "baseline_p95_ms": of_few["p95_ms"]},
    )


def forward(site: Site) -> None:
    """Lets both municipalities have as many as is measured, and no more of ours."""
    with psycopg.connect(site.urls.owner) as connection:
        for statement in CLEAR.split(";")[:-1]:
            connection.execute(statement, {"first": FIRST})
        first = FIRST
        for municipality, number in (MANY, FEW):
            told = {"first": first, "number": number, "municipality": municipality}
            connection.execute(FORWARD, told)
            first += number
    settle(site.urls)


def pages_of(site: Site, municipalities: list[str]) -> list[Page]:
    """The queue of each municipality, for somebody who has logged in."""
    with site.simulator():
        visitor = Visitor(site.addresses.application)
        log_in(visitor, ENTITLED)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
    return [Page(f"/notifications/{PURPOSE}/{code}/", cookies) for code in municipalities]
