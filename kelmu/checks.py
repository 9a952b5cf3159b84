"""What must hold before the service starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from kelmu.declarations import undeclared_addresses

REQUIRED_IN_PRODUCTION = [
    "SECRET_KEY",
    "PSEUDONYM_KEY",
    "SESSION_DATA_KEY",
    "DOCUMENTS_KEY",
    "DOCUMENTS_STORAGE_OPTIONS",
    "APPLICATION_ADDRESS",
    "ALLOWED_HOSTS",
]


@register(Tags.urls)
def every_address_declares_what_it_needs(**_: Any) -> list[CheckMessage]:
    return [
        Error(f"The view of “/{route}” does not declare which right it needs.", id="kelmu.E001")
        for route in undeclared_addresses()
    ]


@register(Tags.security, deploy=True)
def every_secret_is_set(**_: Any) -> list[CheckMessage]:
    return [
        Error(f"{name} is not set.", id="kelmu.E002")
        for name in REQUIRED_IN_PRODUCTION
        if not getattr(settings, name)
    ]
