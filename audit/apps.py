from datetime import timedelta
from functools import partial

from django.apps import AppConfig
from django.conf import settings

from kelmu import jobs, readiness


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        from audit.queries import log_is_ready
        from audit.sealing import seal_and_anchor
        from audit.services import count_usage
        from audit.state import alarms
        from audit.verifying import verify_in_time
        from kelmu.months import add_months

        make_room = partial(add_months, "audit_add_month")
        readiness.register("access log", log_is_ready)
        jobs.register("figures of use", timedelta(minutes=10), count_usage)
        if "sealer" in settings.DATABASES:  # elsewhere than in the worker, that is not our work
            jobs.register("seals of the access log", timedelta(seconds=20), seal_and_anchor)
            jobs.register("verifying the access log", timedelta(minutes=10), verify_in_time)
        readiness.register_alarm("access_log", alarms)
        jobs.register("months of the access log", timedelta(days=1), make_room)
