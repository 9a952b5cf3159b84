"""Connections to the database of this worker; what is done through them is rolled back."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections

from tests.harness import Ground


@pytest.fixture
def app(ground: Ground, django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The application's own login."""
    yield from _connection(ground, "kelmu_app")


@pytest.fixture
def owner(ground: Ground, django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The owner of the tables."""
    yield from _connection(ground, "kelmu_owner")


@pytest.fixture
def superuser(ground: Ground, django_db_setup: None) -> Iterator[psycopg.Connection]:
    """Whom no privilege stops."""
    yield from _connection(ground, "postgres")


def _connection(ground: Ground, role: str) -> Iterator[psycopg.Connection]:
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(ground.cluster.url(name, role)) as connection:
        yield connection
        connection.rollback()
