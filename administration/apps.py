from datetime import timedelta

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate

from kelmu import jobs


class AdministrationConfig(AppConfig):
    name = "administration"

    def ready(self) -> None:
        from administration.feedback.services import forget_old
        from administration.preview import world

        jobs.register("old feedback", timedelta(days=1), forget_old)
        migrated = apps.get_app_config("benefits")  # one that has tables: others send no signal
        pre_migrate.connect(world.remove, sender=migrated)
        post_migrate.connect(world.make, sender=migrated)
