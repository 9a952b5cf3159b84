from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BenefitsConfig(AppConfig):
    name = "benefits"

    def ready(self) -> None:
        from authorizations.rulebook import Tab
        from benefits import feeds, taken_back
        from benefits.social_assistance import feeds as social_assistance
        from customers import tabs
        from intake.feeds import register

        register(*taken_back.FEEDS, *feeds.FEEDS, *social_assistance.FEEDS)
        tabs.register(Tab.BENEFITS, "benefits")
        post_migrate.connect(_mirror_reference_data, sender=self)


def _mirror_reference_data(*, using: str, **_signal: Any) -> None:
    from benefits.reference import mirror

    mirror(using)
