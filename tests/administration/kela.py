"""Kela's admins and people of organisations at their pages, without the way through a login."""

import re
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.test import Client

from audit.pseudonyms import subject_of
from authorizations.session_store import SessionStore
from tests.acting import PIRKANMAA, client_of, official, session


class Reader:
    """Somebody at a browser, who reads English."""

    def __init__(self, store: SessionStore) -> None:
        self.client: Client = client_of(store)
        self.client.cookies["kelmu-language"] = "en"

    def get(self, path: str, status: int = 200) -> str:
        return text_of(self.client.get(path), status)

    def post(self, path: str, status: int = 302, /, **typed: object) -> str:
        """What the page says then; where it leads, if it leads on."""
        answer = self.client.post(path, typed)
        words = text_of(answer, status)
        return str(answer["Location"]) if status == 302 else words


class Admin(Reader):
    """Somebody of Kela: one person for the same groups."""

    def __init__(self, *groups: str) -> None:
        self.subject = uuid5(NAMESPACE_OID, " ".join(groups))
        super().__init__(session(self.subject, kela_groups=list(groups)))


class Own(Reader):
    """Somebody of an organisation, by the office for which it names them."""

    def __init__(self, hetu: str, business_id: str = PIRKANMAA) -> None:
        super().__init__(official(business_id, subject=subject_of(hetu), by_role=True))


def text_of(answer: Any, status: int) -> str:
    """The words of a page, without its markup's white space."""
    text = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == status, text[-3000:]
    return text
