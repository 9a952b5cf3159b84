from django.apps import AppConfig
from django.db.models import CharField

from organisations.names import Plain


class OrganisationsConfig(AppConfig):
    name = "organisations"

    def ready(self) -> None:
        CharField.register_lookup(Plain)
