"""What stands in the address of a previewed page: the day and the mandates."""

from datetime import date

from authorizations.explaining.forms import FIRST_DAY
from authorizations.rulebook import Mandate

NONE = "none"


class DayConverter:
    """A day of the rulebook's time, 2023-01-01."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        day = date.fromisoformat(value)
        if day < FIRST_DAY:
            raise ValueError
        return day

    def to_url(self, value: date) -> str:
        return value.isoformat()


class MandatesConverter:
    """Mandates by their slugs, in the rulebook's order; or none."""

    regex = "[a-z0-9_,]+"

    def to_python(self, value: str) -> tuple[Mandate, ...]:
        chosen = set() if value == NONE else {Mandate(slug) for slug in value.split(",")}
        return tuple(mandate for mandate in Mandate if mandate in chosen)

    def to_url(self, value: tuple[Mandate, ...]) -> str:
        return ",".join(value) or NONE
