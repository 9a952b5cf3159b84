"""A search caught by a renewed login: kept in the encrypted session, once, for ten minutes."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

KEY = "kept_search"
KEPT_FOR = timedelta(minutes=10)


def keep(session: SessionBase, typed: dict[str, str], at: str = "start") -> None:
    """Keeps what was typed until the user is back from Suomi.fi, `at` the page of the search."""
    until = (timezone.now() + KEPT_FOR).isoformat()
    session[KEY] = {"typed": typed, "until": until, "at": at}


def place(session: SessionBase) -> str:
    """The page of the search that is kept; the start view's if none is."""
    found: str = session.get(KEY, {}).get("at", "start")
    return found


def take(session: SessionBase) -> dict[str, str] | None:
    """What was typed, once; None when nothing is kept or it was too long ago."""
    kept = session.pop(KEY, None)
    if kept is None or timezone.now() > datetime.fromisoformat(kept["until"]):
        return None
    typed: dict[str, str] = kept["typed"]
    return typed
