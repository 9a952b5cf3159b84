from django.apps import AppConfig


class KelmuConfig(AppConfig):
    name = "kelmu"

    def ready(self) -> None:
        from kelmu import checks  # noqa: F401, PLC0415 - registers the system checks
