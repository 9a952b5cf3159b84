"""The Finnish personal identity code (HETU)."""

from datetime import date
from enum import StrEnum

from django.conf import settings
from stdnum import exceptions
from stdnum.fi import hetu as standard

from kelmu import clock

LENGTH = 11


class HetuFault(StrEnum):
    """Which part of a typed code is wrong."""

    LENGTH = "length"
    FORM = "form"
    DATE = "date"
    INDIVIDUAL_NUMBER = "individual_number"
    CHECK_CHARACTER = "check_character"


class InvalidHetu(ValueError):
    """Carries what is wrong, never what was typed."""

    def __init__(self, fault: HetuFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def parse(typed: str) -> str:
    """The code in its official form, from what a person typed: any case, blanks around it.

    All separators of 2023 are known. Temporary codes (individual numbers 900-999) are taken
    in demo and test only, where nobody is real. Raises InvalidHetu.
    """
    code = standard.compact(typed)
    if len(code) != LENGTH:
        raise InvalidHetu(HetuFault.LENGTH)
    try:
        standard.validate(code, allow_temporary=settings.ALLOWS_TEMPORARY_HETU)
    except exceptions.InvalidFormat:
        raise InvalidHetu(HetuFault.FORM) from None
    except exceptions.InvalidChecksum:
        raise InvalidHetu(HetuFault.CHECK_CHARACTER) from None
    except exceptions.InvalidComponent:
        raise InvalidHetu(_component_fault(code)) from None
    if not code.isascii():
        raise InvalidHetu(HetuFault.FORM)
    if birth_date(code) > clock.today():
        raise InvalidHetu(HetuFault.DATE)
    return code


def _component_fault(code: str) -> HetuFault:
    try:
        birth_date(code)
    except ValueError:
        return HetuFault.DATE
    return HetuFault.INDIVIDUAL_NUMBER


_CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)


def birth_date(code: str) -> date:
    """The date of birth that a code in official form tells. Raises ValueError if impossible."""
    return date(_CENTURIES[code[6]] + int(code[4:6]), int(code[2:4]), int(code[:2]))
