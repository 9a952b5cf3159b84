"""How often the lists of Kela's admins ask the database, with 1 000 organisations."""

from collections.abc import Iterator

from benchmarks import agreements_data
from benchmarks.load import Page
from benchmarks.results import Result
from benchmarks.rig import Rig, Site
from benchmarks.round_trips import statements_of, written_down
from tests.personas import KELA_ADMIN, log_in
from tests.visitor import Visitor

CUSTOMERS = 1_100  # a database of its own: its organisations are to nobody else's numbers
ORGANISATIONS = 1_000
LISTS = {"organisations": "/kela/organisations/", "waiting": "/kela/waiting/"}
TARGET = 7.9  # under 8: once a minute a session is kept alive by one more


def measure(rig: Rig) -> Iterator[Result]:
    """Statements for each list, BEGIN and COMMIT among them."""
    rig.database(CUSTOMERS)
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


def cookies_of_kela(site: Site) -> str:
    """The session of somebody of Kela, who has logged in."""
    with site.simulator():
        visitor = Visitor(site.addresses.application)
        log_in(visitor, KELA_ADMIN)
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
