from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from kelmu import readiness


class AuthorizationsConfig(AppConfig):
    name = "authorizations"

    def ready(self) -> None:
        from authorizations.queries import rulebook_is_mirrored

        readiness.register("rulebook", rulebook_is_mirrored)
        post_migrate.connect(_mirror_rulebook, sender=self)


def _mirror_rulebook(using: str, **_: Any) -> None:
    from authorizations import rulebook
    from authorizations.models import RulebookMirror

    RulebookMirror.objects.using(using).get_or_create(
        digest=rulebook.load().digest, defaults={"text": rulebook.FILE.read_text(encoding="utf-8")}
    )
