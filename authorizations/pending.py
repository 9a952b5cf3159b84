"""Identifications under way in one browser, such as in several tabs."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from authorizations.suomifi.errors import Reason, Refused
from authorizations.suomifi.provider import Pending
from authorizations.suomifi.tokens import same

KEY = "identifications"
AT_ONCE = 3


def remember(
    session: SessionBase, pending: Pending, *, at: str, expected: str | None = None
) -> None:
    """Remembers an identification at a provider until its answer; of many the newest.

    `expected`: the subject who must come back, if it can be nobody else.
    """
    started = {"pending": asdict(pending), "at": at, "expected": expected}
    session[KEY] = [*session.get(KEY, []), started][-AT_ONCE:]


def take(session: SessionBase, answer: Mapping[str, str], *, at: str) -> tuple[Pending, str | None]:
    """The identification that an answer belongs to, once, and who is expected.

    Raises Refused for an answer that nobody waits for; it touches none of those under way.
    """
    under_way: list[dict[str, Any]] = session.get(KEY, [])
    for one in under_way:
        pending = Pending(**one["pending"])
        if one["at"] == at and same(pending.state, answer.get("state", "")):
            session[KEY] = [other for other in under_way if other is not one]
            return pending, one["expected"]
    raise Refused(Reason.STATE)


def forget_the_rest(session: SessionBase) -> None:
    """Flushes the session but for the identifications under way."""
    under_way = session.get(KEY, [])
    session.flush()
    if under_way:
        session[KEY] = under_way
