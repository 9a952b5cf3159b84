"""Reads the settings of the environment and refuses what must not be there."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


class Mode(StrEnum):
    """Where the process runs. No mode changes a check of rights."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
SIMULATOR_HOST = "simulator"  # its name inside docker-compose.yml


def parse_mode(text: str) -> Mode:
    """The mode that KELMU_MODE names."""
    try:
        return Mode(text)
    except ValueError:
        raise ImproperlyConfigured(f"KELMU_MODE must be one of {', '.join(Mode)}.") from None


def parse_today(text: str, mode: Mode) -> date | None:
    """The day that KELMU_TODAY fixes (ISO 8601), which production refuses."""
    if not text:
        return None
    if mode is Mode.PRODUCTION:
        raise ImproperlyConfigured("KELMU_TODAY is for demo and test; production keeps real time.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ImproperlyConfigured("KELMU_TODAY must be a date like 2026-11-21.") from None


def check_address(name: str, address: str, mode: Mode) -> None:
    """Production talks https to real services; demo and test may talk to the simulator."""
    parts = urlsplit(address)
    local = parts.hostname in LOCAL_HOSTS or parts.hostname == SIMULATOR_HOST
    if mode is Mode.PRODUCTION and (local or parts.scheme != "https"):
        raise ImproperlyConfigured(f"{name} must be an https address of the real service.")
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must be an address.")
    if parts.scheme == "http" and not local:
        raise ImproperlyConfigured(f"{name} must be https.")


def origins(addresses: Iterable[str]) -> list[str]:
    """Scheme and host of each address, once each, as a Content-Security-Policy names them."""
    parts = (urlsplit(address) for address in addresses if address)
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})
