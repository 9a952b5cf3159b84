"""Django's database sessions, encrypted, under a digest of their key (SESSION_ENGINE)."""

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import uuid4

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.sessions.backends import db
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.utils import timezone

from authorizations.models import Session

PERSON = "person"
ACTING = "acting"


def stored_key(session_key: str) -> str:
    """What the database knows of the key in a browser's cookie."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def cipher() -> MultiFernet:
    """Encrypts with the first of SESSION_DATA_KEY and reads with any of them."""
    return MultiFernet([Fernet(key) for key in settings.SESSION_DATA_KEY])


def live_sessions() -> QuerySet[Session]:
    """Sessions within their idle and their absolute limit, as authorizations_right() has them."""
    now = timezone.now()
    return Session.objects.filter(expire_date__gt=now, seen_at__gt=now - settings.SESSION_IDLE)


class SessionStore(db.SessionStore):
    """The session of one browser. `self["person"]` and `self["acting"]` become the columns of its
    row."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        plain = json.dumps(session_dict, cls=DjangoJSONEncoder).encode()
        return cipher().encrypt(plain).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            decoded: dict[str, Any] = json.loads(cipher().decrypt(session_data))
        except InvalidToken:
            return {}
        return decoded

    def _get_session_from_db(self) -> Session | None:
        row = live_sessions().filter(session_key=stored_key(self.session_key or "")).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=stored_key(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=stored_key(key)).delete()

    def cycle_key(self) -> None:
        """The old row goes first: its id, to which openings are bound, is unique and stays."""
        self.keys()  # reads the data before its row is gone
        self.delete()
        super().cycle_key()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        data.setdefault("id", str(uuid4()))
        data.setdefault("started_at", timezone.now().isoformat())
        started_at = datetime.fromisoformat(data["started_at"])
        return Session(
            session_key=stored_key(self.session_key or ""),
            session_data=self.encode(data),
            id=data["id"],
            started_at=started_at,
            expire_date=started_at + settings.SESSION_LIFETIME,
            seen_at=timezone.now(),
            **{**data.get(PERSON, {}), **data.get(ACTING, {})},
        )


def clear_ended() -> None:
    """Removes the sessions that nobody can use any more."""
    Session.objects.exclude(pk__in=live_sessions().values("pk")).delete()
