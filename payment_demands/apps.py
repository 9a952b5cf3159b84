from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PaymentDemandsConfig(AppConfig):
    name = "payment_demands"

    def ready(self) -> None:
        from intake.feeds import register
        from payment_demands import feeds

        register(feeds.ANSWERS)
        post_migrate.connect(_mirror_reference_data, sender=self)


def _mirror_reference_data(*, using: str, **_signal: Any) -> None:
    from payment_demands.reference import mirror

    mirror(using)
