from django.apps import AppConfig

from kelmu import readiness


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        from audit.queries import log_is_ready

        readiness.register("access log", log_is_ready)
