from datetime import timedelta
from functools import partial
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from kelmu import jobs


class BenefitsConfig(AppConfig):
    name = "benefits"

    def ready(self) -> None:
        from authorizations.rulebook import Tab
        from benefits import feeds, taken_back
        from benefits.social_assistance import feeds as social_assistance
        from customers import tabs
        from intake.feeds import register
        from kelmu.months import add_months

        register(*taken_back.FEEDS, *feeds.FEEDS, *social_assistance.FEEDS)
        tabs.register(Tab.BENEFITS, "benefits")
        tabs.register(Tab.SOCIAL_ASSISTANCE, "social_assistance")
        make_room = partial(add_months, "benefits_add_month")
        jobs.register("months of payments", timedelta(days=1), make_room)
        post_migrate.connect(_mirror_reference_data, sender=self)


def _mirror_reference_data(*, using: str, **_signal: Any) -> None:
    from benefits.reference import mirror

    mirror(using)
