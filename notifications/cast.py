"""A working day of the demo's cast: what was forwarded is taken, given on, transferred, handled and
answered, by the services that everybody uses, so that log and history are true.

What concerns the cast's own customers stays new, for whoever tries the demo.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from audit.models import ActKind
from audit.pseudonyms import subject_of
from authorizations import guide, login, resolving
from authorizations.login_log import write
from authorizations.rights import Right
from authorizations.rulebook import Tab
from authorizations.session_store import PERSON, SessionStore
from kelmu import clock
from kelmu.hetu import parse
from notifications.models import Handling
from notifications.municipalities import places
from notifications.queue import queries, services, transfers
from notifications.queue.colleagues import colleagues
from notifications.queue.queries import Desk
from notifications.words import Outcome, State
from organisations.models import Municipality, Organisation

MOST = 40  # of a queue: a demo of many customers is not worked through
FRESH = timedelta(days=6)  # of what is newer, less has been done
ELSEWHERE = ("536", "837", "091")  # where something is transferred to: the first that receives it
MOVED = "Asiakas on muuttanut, asia kuuluu uudelle kotikunnalle."


@dataclass(frozen=True, slots=True)
class Said:
    """What is written of a type: while it is in progress, when it is handled, and to Kela."""

    in_progress: str
    handled: str
    outcome: Outcome
    line: str = ""


SAYINGS = {
    "application": Said(
        "Pyydetty lasku ja tiliotteet, määräaika viikko.",
        "Päätös tehty, tuki maksettu.",
        Outcome.NEEDS_MET,
        "Täydentävä tuki myönnetty.",
    ),
    "reduced_basic_amount": Said(
        "Tarjottu palvelutarpeen arviota, odotetaan vastausta.",
        "Palvelutarve arvioitu, asiakas ilmoittautui työnhakijaksi.",
        Outcome.NEEDS_MET,
    ),
    "need_for_social_work": Said(
        "Soitettu, ei vastannut. Uusi yritys huomenna.",
        "Tavattu, sovittu sosiaaliohjauksesta.",
        Outcome.NEEDS_MET,
        "Asiakas on sosiaaliohjauksen piirissä.",
    ),
    "unemployed_under_25": Said(
        "Kutsuttu tapaamiseen etsivän nuorisotyön kanssa.",
        "Ei tavoitettu kolmella yrityksellä.",
        Outcome.NOT_REACHED,
    ),
    "unemployed_25_and_over": Said(
        "Aktivointisuunnitelma tekeillä työllisyysalueen kanssa.",
        "Aktivointisuunnitelma tehty.",
        Outcome.NEEDS_MET,
    ),
    "immigrant": Said(
        "Kutsuttu alkukartoitukseen, tulkki varattu.",
        "Alkukartoitus tehty.",
        Outcome.BELONGS_ELSEWHERE,
        "Kotoutumissuunnitelmasta vastaa työllisyysalue.",
    ),
}

type Doing = Callable[[Desk, Handling], None]


def work(cast: dict[str, Any]) -> int:
    """Lets everybody work who holds a mandate for notifications today; how many were worked on."""
    people = guide.people(cast, clock.today(), "fi")
    left_alone = {subject_of(parse(one["hetu"])) for one in cast["customers"]}
    sessions = [_log_in(one) for one in people if one["mandates"]]
    return sum(_work_for(session, left_alone) for session in sessions)


def _log_in(person: dict[str, Any]) -> SessionStore:
    """As Suomi.fi would have told of the person."""
    session = SessionStore()
    session[PERSON] = {"subject": str(subject_of(parse(person["hetu"]))), "name": person["name"]}
    session.create()
    organisation = Organisation.objects.get(business_id=person["organisation"]["business_id"])
    told = {"answered_at": timezone.now(), "business_id": organisation.business_id}
    login.act(session, ActKind.SELECT_ORGANISATION, organisation, person["mandates"], told)
    return session


@transaction.atomic
def _work_for(session: SessionStore, left_alone: set[UUID]) -> int:
    request = HttpRequest()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    right = resolving.resolve(request)
    turns = cycle(LONG_HERE), cycle(JUST_COME)
    worked_on = sum(_work_at(at, left_alone, *turns) for at in _desks(right))
    write(session, ActKind.LOGOUT)
    session.flush()
    return worked_on


def _desks(right: Right) -> list[Desk]:
    return [
        Desk(right, purpose, place)
        for purpose in right.purposes_with(Tab.FORWARDED_NOTIFICATIONS)
        if purpose.notification_types
        for place in places(right)
    ]


def _work_at(
    at: Desk,
    left_alone: set[UUID],
    old: Iterator[Sequence[Doing]],
    fresh: Iterator[Sequence[Doing]],
) -> int:
    """Every other one is left to a colleague, if there is one."""
    waiting = at.handlings.filter(state=State.NEW).exclude(customer__in=left_alone)
    waiting = waiting.exclude(customer=at.right.subject).order_by("arrived_at", "pk")[:MOST]
    share = list(waiting)[:: 2 if colleagues(at.right, at.purpose) else 1]
    limit = clock.shown_moment() - FRESH
    for handling in share:
        doings = next(old if handling.arrived_at < limit else fresh)
        _do(at, handling, doings)
    return len(share)


def _do(at: Desk, handling: Handling, doings: Sequence[Doing]) -> None:
    queries.act_on(ActKind.OPEN_NOTIFICATION, at, handling)
    for doing in doings:
        handling.refresh_from_db()
        with suppress(services.ChangedMeanwhile):
            doing(at, handling)


def _take(at: Desk, handling: Handling) -> None:
    services.change(at, handling, handling.version, services.take)


def _note(at: Desk, handling: Handling) -> None:
    note = services.write_note(SAYINGS[handling.type].in_progress)
    services.change(at, handling, handling.version, note)


def _finish(at: Desk, handling: Handling) -> None:
    finish = services.handle(SAYINGS[handling.type].handled)
    services.change(at, handling, handling.version, finish)


def _answer(at: Desk, handling: Handling) -> None:
    said = SAYINGS[handling.type]
    services.answer(at, handling, said.outcome, said.line)


def _give(at: Desk, handling: Handling) -> None:
    for colleague in colleagues(at.right, at.purpose)[:1]:
        services.change(at, handling, handling.version, services.assign(colleague))


def _transfer(at: Desk, handling: Handling) -> None:
    others = Municipality.objects.filter(code__in=ELSEWHERE).exclude(code__in=at.place.codes)
    for municipality in sorted(others, key=lambda one: ELSEWHERE.index(one.code)):
        if to := transfers.target(at, handling, municipality):
            transfers.transfer(at, handling, handling.version, to, MOVED)
            return


# What is done to one after the other, by how long they have been here.
LONG_HERE: Sequence[Sequence[Doing]] = (
    (_take, _note, _finish, _answer),
    (_take, _note),
    (_take, _finish),
    (_transfer,),
    (_give,),
    (_take, _note, _finish),
)
JUST_COME: Sequence[Sequence[Doing]] = ((_take, _note), (), (_give,), (), (_take,), ())
