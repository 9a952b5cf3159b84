from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from kelmu import jobs, readiness


class AuthorizationsConfig(AppConfig):
    name = "authorizations"

    def ready(self) -> None:
        from authorizations.queries import rulebook_is_mirrored
        from authorizations.session_store import clear_ended

        readiness.register("rulebook", rulebook_is_mirrored)
        jobs.register("ended sessions", timedelta(minutes=5), clear_ended)
        post_migrate.connect(_mirror_rulebook, sender=self)


def _mirror_rulebook(using: str, **_: Any) -> None:
    from authorizations import rulebook
    from authorizations.models import RulebookMirror

    RulebookMirror.objects.using(using).get_or_create(
        digest=rulebook.load().digest, defaults={"text": rulebook.FILE.read_text(encoding="utf-8")}
    )
    _mirror_what_is_lawful(using)


def _mirror_what_is_lawful(using: str) -> None:
    from django.db import transaction
    from django.db.backends.postgresql.psycopg_any import DateRange

    from authorizations.lawful import lawful
    from authorizations.models import LawfulPurpose
    from authorizations.rulebook import OrganisationType

    rows = [
        LawfulPurpose(
            organisation_type=kind, purpose=one.covered, law=citation, validity=one.validity
        )
        for kind in OrganisationType
        for one in lawful(kind, DateRange(None, None))
        for citation in one.citations
    ]
    with transaction.atomic(using=using):
        LawfulPurpose.objects.using(using).all().delete()
        LawfulPurpose.objects.using(using).bulk_create(rows)
