"""A log of a test's own, with what seals it: the application writes it, others tamper with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from django.db import connections, transaction
from pytest_django import Settings

from audit import sealing, verifying
from audit.seals import new_key
from audit.verifying import Finding
from demo.environment import Urls
from tests.audit.log import act_for, write

ORGANISATIONS = (1, 2)


@dataclass
class Log:
    """The log of one database."""

    urls: Urls
    anchors: Path

    def fill(self, rounds: int = 3, acts: int = 4) -> None:
        """Acts of some organisations and of none, with people and with what was shown, sealed and
        anchored in some rounds."""
        for _round in range(rounds):
            self.act(acts)
            sealing.seal_and_anchor()

    def act(self, acts: int = 1) -> None:
        """Writes so many acts of each organisation, and a login."""
        with psycopg.connect(self.urls.application) as app:
            write(app, act="login", purpose="")
            for organisation in ORGANISATIONS:
                act_for(app, organisation)
                for _act in range(acts):
                    written = write(app, uuid4(), uuid4(), organisation_id=organisation)
                    app.execute("SELECT audit_show(%s, 2, %s)", [written, uuid4().bytes * 2])

    @contextmanager
    def tampering(self, *, for_good: bool = False) -> Iterator[psycopg.Connection]:
        """Somebody whom neither privileges nor triggers stop, as long as nobody verifies or seals.
        What is done is taken back, where it is not for good."""
        with transaction.atomic(using="sealer"):
            superuser: psycopg.Connection = connections["sealer"].connection
            superuser.execute("SET LOCAL ROLE postgres")
            superuser.execute("SET LOCAL session_replication_role = replica")
            yield superuser
            transaction.set_rollback(not for_good, using="sealer")

    def findings(self, organisation: int | None = None) -> list[Finding]:
        """What verifying finds, as the role that verifies."""
        with transaction.atomic(using="sealer"):
            connections["sealer"].connection.execute("SET LOCAL ROLE kelmu_sealer")
            return verifying.verify(organisation).findings


def log_of(urls: Urls, settings: Settings, folder: Path) -> Log:
    """The log of a database, with a new key and an empty place for anchors."""
    settings.LOG_SEAL_KEY, public = new_key()
    settings.LOG_SEAL_PUBLIC_KEYS = [public]
    anchor_at(settings, folder)
    # Our connection could become the superuser's, so that what that does can be taken back.
    told = connections["sealer"].settings_dict
    told["USER"] = "postgres"
    told["OPTIONS"] = {**told["OPTIONS"], "options": "-c role=kelmu_sealer"}
    return Log(urls, folder)


def anchor_at(settings: Settings, folder: Path) -> None:
    """Let anchors be written to a folder from now on."""
    own = {"BACKEND": "audit.anchors.WriteOnce", "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = settings.STORAGES | {"anchors": own}
