from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings

from kelmu import jobs


class OversightConfig(AppConfig):
    name = "oversight"

    def ready(self) -> None:
        from oversight.detection.services import draw_and_detect
        from oversight.reviews.services import draw_what_is_due

        # elsewhere than in the worker, detection is not our work
        detects = "sealer" in settings.DATABASES
        run = draw_and_detect if detects else draw_what_is_due
        jobs.register("review work of the month", timedelta(hours=1), run)
