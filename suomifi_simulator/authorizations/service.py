"""What e-Authorizations knows: its clients, its sessions, and what it has handed out."""

from collections import Counter
from dataclasses import dataclass
from uuid import uuid4

from suomifi_simulator.cast import Cast, Organisation, Person
from suomifi_simulator.clients import MandateClient
from suomifi_simulator.clock import Clock
from suomifi_simulator.expiring import Expiring
from suomifi_simulator.faults import Faults
from suomifi_simulator.register import Register

SESSION_SECONDS = 30 * 60
CODE_SECONDS = 60
ACCESS_TOKEN_SECONDS = 599


@dataclass
class Session:
    """A person whom an e-service has registered, and the organisation they chose."""

    id: str
    client: MandateClient
    person: Person
    organisation: Organisation | None = None


@dataclass(frozen=True)
class Selection:
    """A person before the page on which they choose."""

    session: Session
    redirect_uri: str
    state: str
    language: str


@dataclass
class Service:
    """The e-Authorizations of the simulator."""

    clients: dict[str, MandateClient]
    cast: Cast
    register: Register
    faults: Faults
    clock: Clock

    def __post_init__(self) -> None:
        self.sessions: Expiring[Session] = Expiring(SESSION_SECONDS, self.clock)
        self.users: Expiring[Session] = Expiring(SESSION_SECONDS, self.clock)
        self.selections: Expiring[Selection] = Expiring(SESSION_SECONDS, self.clock)
        self.codes: Expiring[Selection] = Expiring(CODE_SECONDS, self.clock)
        self.access_tokens: Expiring[Session] = Expiring(ACCESS_TOKEN_SECONDS, self.clock)
        self.registered: Counter[str] = Counter()
        self.unregistered: Counter[str] = Counter()

    def reset(self) -> None:
        """Forget every session, and that there was one."""
        for kept in (self.sessions, self.users, self.access_tokens):
            kept.clear()
        for chosen in (self.selections, self.codes):
            chosen.clear()
        self.registered.clear()
        self.unregistered.clear()

    def open(self, client: MandateClient, person: Person) -> tuple[Session, str]:
        """A new session, with the handle for the browser that works once."""
        session = Session(str(uuid4()), client, person)
        self.sessions.keep(session, session.id)
        self.registered[person.slug] += 1
        return session, self.users.keep(session, str(uuid4()))

    def close(self, session: Session) -> None:
        """End the session, and all that hangs on it."""
        self.sessions.take(session.id)
        self.unregistered[session.person.slug] += 1

    def is_open(self, session: Session) -> bool:
        """Whether it still lives: what was handed out for a dead session is dead too."""
        return session.id in self.sessions

    def choices(self, session: Session) -> list[Organisation]:
        """The organisations the person may choose, by name; none without a forwarded mandate."""
        if self.faults.strike("empty_list", "select", session.person.slug):
            return []
        slugs = self.register.mandates_of(session.person.slug)
        organisations = [self.cast.organisations[slug] for slug in slugs]
        return sorted(organisations, key=lambda organisation: organisation.name)
