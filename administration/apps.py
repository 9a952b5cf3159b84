from datetime import timedelta

from django.apps import AppConfig

from kelmu import jobs


class AdministrationConfig(AppConfig):
    name = "administration"

    def ready(self) -> None:
        from administration.feedback.services import forget_old

        jobs.register("old feedback", timedelta(days=1), forget_old)
