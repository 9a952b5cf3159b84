from django.apps import AppConfig


class KelmuConfig(AppConfig):
    name = "kelmu"

    def ready(self) -> None:
        from kelmu import checks as checks  # noqa: PLC0415 - registers once the apps are loaded
