from datetime import timedelta

from django.apps import AppConfig

from kelmu import jobs, readiness


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        from audit.queries import log_is_ready
        from audit.services import add_months

        readiness.register("access log", log_is_ready)
        jobs.register("months of the access log", timedelta(days=1), add_months)
