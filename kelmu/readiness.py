"""What must be in order before requests are let in; each application registers its own part.

A notice tells of what somebody should look at while requests are served all the same.
"""

from collections.abc import Callable

from django.db import DatabaseError

CHECKS: dict[str, Callable[[], bool]] = {}
ALARMS: dict[str, Callable[[], list[str]]] = {}
NOTICES: dict[str, Callable[[], list[str]]] = {}


def register(name: str, check: Callable[[], bool]) -> None:
    """Adds a check that answers whether its part is in order."""
    CHECKS[name] = check


def register_notice(name: str, notice: Callable[[], list[str]]) -> None:
    """Adds a notice that names what it is about; nothing when there is nothing to tell."""
    NOTICES[name] = notice


def register_alarm(name: str, alarm: Callable[[], list[str]]) -> None:
    """Adds an alarm: somebody must act, while requests are served all the same. It is a notice too;
    beyond that, its own address of health answers that something is wrong."""
    ALARMS[name] = alarm
    register_notice(name, alarm)


def alarms() -> dict[str, list[str]]:
    """What is to be acted on, by the name of its alarm."""
    return {name: told for name, alarm in ALARMS.items() if (told := _told(alarm))}


def _told(alarm: Callable[[], list[str]]) -> list[str]:
    try:
        return alarm()
    except DatabaseError:
        return ["database"]


def notices() -> dict[str, list[str]]:
    """What should be looked at, by the name of its notice."""
    return {name: told for name, notice in NOTICES.items() if (told := notice())}


def faults() -> list[str]:
    """The names of the parts that are not in order; empty when all is well."""
    return [name for name, check in CHECKS.items() if not _holds(check)]


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        return False
