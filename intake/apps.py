from django.apps import AppConfig

from kelmu import readiness


class IntakeConfig(AppConfig):
    name = "intake"

    def ready(self) -> None:
        from intake.freshness import late_files

        readiness.register_notice("late", late_files)
