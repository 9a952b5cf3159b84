"""Kela's admins at their pages, without the way through Kela's provider."""

import re
from typing import Any
from uuid import UUID

from django.test import Client

from authorizations.session_store import SessionStore
from tests.acting import client_of, session


class Admin:
    """Somebody of Kela in some groups, who reads English."""

    def __init__(self, *groups: str, subject: UUID | None = None, name: str = "Anna") -> None:
        self.subject = subject or UUID(int=hash(groups) % 2**64 + 1000)
        self.store: SessionStore = session(self.subject, kela_groups=list(groups))
        self.client: Client = client_of(self.store)
        self.client.cookies["kelmu-language"] = "en"

    def get(self, path: str, status: int = 200) -> str:
        return text_of(self.client.get(path), status)

    def post(self, path: str, status: int = 302, /, **typed: object) -> str:
        """What the page says then; where it leads, if it leads on."""
        answer = self.client.post(path, typed)
        words = text_of(answer, status)
        return str(answer["Location"]) if status == 302 else words


def text_of(answer: Any, status: int) -> str:
    """The words of a page, without its markup's white space."""
    text = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == status, text[-3000:]
    return text
