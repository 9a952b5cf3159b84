"""Somebody entitled, in front of the search."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from authorizations.session_store import SessionStore


@pytest.fixture
def store(db: None) -> "SessionStore":
    """A session of Pirkanmaa with the benefit mandate."""
    from tests.acting import official  # needs models, which pytest may not have loaded yet

    return official()


@pytest.fixture
def client(store: "SessionStore") -> Client:
    """Its browser."""
    from tests.acting import client_of

    return client_of(store)
