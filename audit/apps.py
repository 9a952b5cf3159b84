from datetime import timedelta
from functools import partial

from django.apps import AppConfig

from kelmu import jobs, readiness


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        from audit.queries import log_is_ready
        from audit.services import count_usage
        from kelmu.months import add_months

        make_room = partial(add_months, "audit_add_month")
        readiness.register("access log", log_is_ready)
        jobs.register("figures of use", timedelta(minutes=10), count_usage)
        jobs.register("months of the access log", timedelta(days=1), make_room)
