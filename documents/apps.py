from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate

from kelmu import jobs


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        from authorizations.rulebook import Action
        from customers import tabs
        from documents import feeds
        from documents.keeping import remove_old
        from documents.outbox import run_errands
        from intake.feeds import register

        register(feeds.ANSWERS)
        tabs.register_action(Action.SEND_DOCUMENT, "customers_documents")
        for number in range(settings.DOCUMENTS_AT_ONCE):
            jobs.register(f"documents to Kela, {number + 1}", timedelta(seconds=5), run_errands)
        jobs.register("documents whose time is over", timedelta(hours=1), remove_old)
        post_migrate.connect(_mirror_states, sender=self)


def _mirror_states(*, using: str, **_signal: Any) -> None:
    from documents.models import Way
    from documents.states import WAYS

    Way.objects.using(using).all().delete()  # nothing points at them
    Way.objects.using(using).bulk_create(
        Way(step=way.step, before=way.before, after=way.after, by=way.by) for way in WAYS
    )
