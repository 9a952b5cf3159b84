from datetime import timedelta

from django.apps import AppConfig

from kelmu import jobs


class OversightConfig(AppConfig):
    name = "oversight"

    def ready(self) -> None:
        from oversight.reviews.services import draw_what_is_due

        jobs.register("samples of the month", timedelta(hours=1), draw_what_is_due)
