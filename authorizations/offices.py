"""The offices that agreements give to people, who act by them without a mandate."""

from dataclasses import dataclass
from uuid import UUID

from kelmu import clock
from organisations.models import Organisation
from organisations.queries import named_on


@dataclass(frozen=True)
class Office:
    """A role for which an organisation names the person."""

    id: int
    role_label: str
    organisation: Organisation

    @property
    def organisation_name(self) -> str:
        return self.organisation.name


def offices_of(subject: UUID) -> list[Office]:
    """The offices that agreements in force or under way give a person today."""
    held = named_on(clock.today()).filter(subject=subject).select_related("organisation")
    return [Office(one.pk, one.get_role_display(), one.organisation) for one in held]
