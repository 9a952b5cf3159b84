"""What must be in order before requests are let in; each application registers its own part."""

from collections.abc import Callable

from django.db import DatabaseError

CHECKS: dict[str, Callable[[], bool]] = {}


def register(name: str, check: Callable[[], bool]) -> None:
    """Adds a check that answers whether its part is in order."""
    CHECKS[name] = check


def faults() -> list[str]:
    """The names of the parts that are not in order; empty when all is well."""
    return [name for name, check in CHECKS.items() if not _holds(check)]


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        return False
