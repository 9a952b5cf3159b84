from datetime import timedelta

from django.apps import AppConfig

from kelmu import jobs


class TechnicalInterfaceConfig(AppConfig):
    name = "technical_interface"

    def ready(self) -> None:
        from technical_interface.getting_in.services import clear_ended

        jobs.register("ended tokens of the interface", timedelta(minutes=5), clear_ended)
