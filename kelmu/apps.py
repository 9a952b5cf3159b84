from django.apps import AppConfig


class KelmuConfig(AppConfig):
    name = "kelmu"

    def ready(self) -> None:
        from kelmu import checks as checks
