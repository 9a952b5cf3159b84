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
