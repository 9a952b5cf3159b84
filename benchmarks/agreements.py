"""Agreements at Kela: how often their lists ask the database, and what the start page costs."""

from collections.abc import Iterator

from benchmarks import agreements_data
from benchmarks.load import Page
from benchmarks.organisations import CUSTOMERS, ORGANISATIONS, TARGET, cookies_of_kela
from benchmarks.results import Result
from benchmarks.rig import Rig
from benchmarks.round_trips import statements_of, written_down
from benchmarks.rounds import alternate, milliseconds

LISTS = {
    "agreements": "/kela/agreements/",
    "enquiries": "/kela/enquiries/",
    "commissionings": "/kela/commissioning/",
    "data_security": "/kela/commissioning/security/",
    "agreements_that_end": "/kela/commissioning/ending/",
}
START = "/kela/"
FEWER, FEW = 1_000, 100  # customers and organisations of the smaller database
COST = 1.5


def measure(rig: Rig) -> Iterator[Result]:
    """Statements for each list, BEGIN and COMMIT among them; then the start page with many
    organisations over that with few (p50, ms), in the same rounds."""
    for customers in (CUSTOMERS, FEWER):
        rig.database(customers)
    with written_down(rig, CUSTOMERS), rig.site(CUSTOMERS, workers=1) as site:
        agreements_data.fill(site, ORGANISATIONS)
        cookies = cookies_of_kela(site)
        for name, path in LISTS.items():
            yield Result(
                name=f"{name}_round_trips",
                value=statements_of(rig, site, [Page(path, cookies)] * 5),
                unit="round trips",
                better="lower",
                target=TARGET,
            )
    yield _start_page(rig)


def _start_page(rig: Rig) -> Result:
    with rig.site(CUSTOMERS) as large, rig.site(FEWER) as small:
        agreements_data.fill(small, FEW)
        sites = [(site, [Page(START, cookies_of_kela(site))]) for site in (large, small)]
        of_many, of_few = map(milliseconds, alternate(sites))
    return Result(
        name="dashboard_1000_organisations",
        value=of_many["p50_ms"],
        unit="ms",
        baseline=of_few["p50_ms"],
        better="lower",
        target=COST,
        beside={"p95_ms": of_many["p95_ms"], "baseline_p95_ms": of_few["p95_ms"]},
    )
