"""The whole simulator: one cast, one clock, one list of faults, three services."""

from suomifi_simulator.authorizations.service import Service
from suomifi_simulator.cast import Cast, Official, Person
from suomifi_simulator.clients import Clients
from suomifi_simulator.clock import Clock
from suomifi_simulator.configuration import Configuration
from suomifi_simulator.faults import Faults
from suomifi_simulator.oidc.provider import Account, Provider
from suomifi_simulator.register import Register


class Simulator:
    """Everything that the process remembers."""

    def __init__(self, configuration: Configuration) -> None:
        clients = Clients.read(configuration.clients, configuration.application)
        address = configuration.address
        self.cast = Cast.read(configuration.cast)
        self.clock = Clock(configuration.today)
        self.faults = Faults(self.cast)
        self.register = Register(self.cast, self.clock)
        self.authorizations = Service(
            clients.authorizations, self.cast, self.register, self.faults, self.clock
        )
        self.identification = Provider(
            slug="idp",
            address=address,
            clients=clients.identification,
            accounts={slug: person_account(p) for slug, p in self.cast.people.items()},
            by_hetu=self._by_hetu,
            clock=self.clock,
            faults=self.faults,
        )
        self.kela = Provider(
            slug="kela",
            address=address,
            clients=clients.kela,
            accounts={slug: official_account(o) for slug, o in self.cast.officials.items()},
            by_hetu=None,
            clock=self.clock,
            faults=self.faults,
        )

    def reset(self) -> None:
        """As it was at the start, but for the keys."""
        self.clock.skew = 0.0
        self.faults.clear()
        self.register.reset()
        self.authorizations.reset()
        self.identification.reset()
        self.kela.reset()

    def _by_hetu(self, hetu: str) -> Account | None:
        person = self.cast.person(hetu)
        return person_account(person) if person else None


def person_account(person: Person) -> Account:
    """A person as Suomi.fi tells of them; the subject is another one at each login."""
    claims: dict[str, str | list[str]] = {
        "name": person.name,
        "given_name": person.given,
        "family_name": person.family,
        "birthdate": person.birth_date.isoformat(),
    }
    return Account(person.slug, person.name, claims, about=person.task, hetu=person.hetu)


def official_account(official: Official) -> Account:
    """An official as Kela tells of them."""
    return Account(
        official.slug,
        official.name,
        {"name": official.name, "groups": list(official.groups)},
        about={"": ", ".join(official.groups)},
        subject=official.subject,
    )
