"""Live says that the process answers; ready says that all that it needs is in order."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client

from authorizations.models import RulebookMirror
from demo.environment import Urls
from kelmu import readiness
from tests.acting import owning
from tests.harness import Ground


@pytest.mark.django_db
def test_all_is_in_order() -> None:
    assert readiness.faults() == []
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


@pytest.mark.django_db
def test_a_rulebook_that_the_database_does_not_know_is_named() -> None:
    with owning():
        RulebookMirror.objects.using("owner").all().delete()
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "faults": ["rulebook"]}


def test_without_a_database_the_process_lives_and_is_not_ready(
    fresh_db: Urls, ground: Ground
) -> None:
    connection.close()
    ground.cluster.drop(str(connection.settings_dict["NAME"]))
    assert Client().get("/health/live").status_code == 200
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert {"access log", "rulebook"} <= set(answer.json()["faults"])


def test_migrations_need_the_owner_of_the_tables() -> None:
    with pytest.raises(CommandError, match="Set DATABASE_OWNER_URL"):
        call_command("migrate")
