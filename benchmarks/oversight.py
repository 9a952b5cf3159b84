"""Whether a supervisor's search of the log stays as quick when the log has grown."""

from collections.abc import Iterator

import psycopg

from benchmarks.load import Page
from benchmarks.results import Result
from benchmarks.rig import Rig, Site, settle
from benchmarks.rounds import alternate, milliseconds
from tests.personas import SUPERVISOR, log_in
from tests.visitor import Visitor

MANY, FEW = 1_000_000, 10_000  # rows of the log
SIZES = {MANY: 1_200, FEW: 1_210}  # customers: databases of their own
PEOPLE = 300
TARGET = 1.3

# A year of an organisation: 300 people, 20 000 customers, some misses and refusals.
WRITE = """
    INSERT INTO audit_entry (
        id, at, rule_date, act, outcome, channel, request_id, actor, office, organisation_id,
        agreement, mandates, purpose, laws, rulebook, customer, data_groups, look_back_from,
        case_reference, details
    )
    SELECT gen_random_uuid(), drawn.at, drawn.at::date,
        CASE WHEN n %% 100 = 0 THEN 'refusal' WHEN n %% 10 = 1 THEN 'search'
            WHEN n %% 4 = 2 THEN 'open' WHEN n %% 25 = 3 THEN 'print' ELSE 'view' END,
        CASE WHEN n %% 100 = 0 THEN 'refused' WHEN n %% 10 = 1 THEN 'not_found'
            ELSE 'permitted' END,
        'browser', gen_random_uuid(), md5('actor' || n %% %(people)s)::uuid, 'mandate', o.id,
        'KELMU-2023-9900100/1', '{benefits_and_payment_demands}',
        CASE WHEN n %% 7 = 0 THEN 'social_assistance' ELSE 'other_benefits' END,
        '{703/2023}', repeat('0', 64), md5('customer' || n %% 20000)::uuid,
        '{pendency,decisions,payments}', '2023-11-20', 'SOS-' || n %% 1000, '{}'
    FROM organisations_organisation AS o, generate_series(1, %(number)s) AS n,
        LATERAL (SELECT now() - n * interval '1 year' / %(number)s AS at) AS drawn
    WHERE o.business_id = '9900100-2'
"""
NAME_PEOPLE = """
    INSERT INTO authorizations_official (organisation_id, subject, name)
    SELECT o.id, md5('actor' || n)::uuid, 'Virkailija ' || n
    FROM organisations_organisation AS o, generate_series(0, %(people)s - 1) AS n
    WHERE o.business_id = '9900100-2' ON CONFLICT DO NOTHING
"""
ROOM = """
    SELECT audit_add_month((now() - n * interval '1 month')::date) FROM generate_series(0, 13) AS n
"""
SEARCHES = [
    "",
    "?act=refusal",
    "?act=print&purpose=social_assistance",
    "?purpose=social_assistance",
    "?outcome=not_found",
    "?outcome=refused",
    "?since=2026-05-01&until=2026-05-31",
    "?person={person}",
    "?person={person}&act=open",
]


def measure(rig: Rig) -> Iterator[Result]:
    """The p95 (ms) of searches of a log of a million rows over that of ten thousand."""
    with rig.site(SIZES[MANY]) as grown, rig.site(SIZES[FEW]) as small:
        sites = []
        for site, number in ((grown, MANY), (small, FEW)):
            write(site, number)
            sites.append((site, pages_of(site)))
        of_many, of_few = map(milliseconds, alternate(sites))
    yield Result(
        name="log_search_of_1000000",
        value=of_many["p95_ms"],
        unit="ms",
        baseline=of_few["p95_ms"],
        better="lower",
        target=TARGET,
        beside={"p50_ms": of_many["p50_ms"], "baseline_p50_ms": of_few["p50_ms"]},
    )


def write(site: Site, number: int) -> None:
    """Lets the log have as many rows as are measured, if it has not from another time."""
    told = {"number": number, "people": PEOPLE}
    with psycopg.connect(site.urls.owner) as connection:
        connection.execute(ROOM)
        connection.execute(NAME_PEOPLE, told)
        counted = connection.execute("SELECT count(*) >= %(number)s FROM audit_entry", told)
        if counted.fetchone() != (True,):
            connection.execute(WRITE, told)
    settle(site.urls)


def pages_of(site: Site) -> list[Page]:
    """The searches of a supervisor who has logged in."""
    with site.simulator():
        visitor = Visitor(site.addresses.application)
        log_in(visitor, SUPERVISOR)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
    with psycopg.connect(site.urls.owner) as connection:
        told = connection.execute(
            "SELECT min(id) FROM authorizations_official WHERE name LIKE 'Virkailija %%'"
        ).fetchone()
    person = told[0] if told else 0
    return [Page(f"/oversight/log/{one.format(person=person)}", cookies) for one in SEARCHES]
