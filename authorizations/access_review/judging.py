"""What is to be looked at in somebody's mandates: the unused, and those that open nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from audit.models import MandateUse
from authorizations import rulebook
from authorizations.models import Official
from authorizations.rights import ActingOrganisation, Right
from authorizations.rulebook import Mandate, OpenedPurpose
from organisations.queries import agreed_purposes

BY_ROLE = ""  # what MandateUse says of somebody who acted without a mandate


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedMandate:
    """A mandate that Suomi.fi has told of a person; `is_held` when it did so the last time."""

    mandate: Mandate
    first_on: date
    used_on: date | None
    is_held: bool
    is_unused: bool
    is_superfluous: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One person of the list. `seen_since_mark`: logged in after being marked as left."""

    id: int
    name: str
    mandates: tuple[ReviewedMandate, ...]
    opens: tuple[OpenedPurpose, ...]
    first_on: date | None
    last_on: date | None
    left_on: date | None
    seen_since_mark: bool
    sessions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """By what the mandates of an organisation's people are judged on a day."""

    organisation: ActingOrganisation
    on: date
    agreed: frozenset[str]
    unused_since: date

    def opened(self, held: Iterable[Mandate]) -> tuple[OpenedPurpose, ...]:
        """What the mandates together open, by the rulebook and the agreement."""
        opened = rulebook.load().rights(self.organisation.type, held, self.on).purposes
        return tuple(purpose for purpose in opened if purpose.purpose in self.agreed)

    def superfluous(self) -> list[Mandate]:
        """Mandates that open nothing here today, whoever holds them."""
        return [mandate for mandate in Mandate if not self.opened([mandate])]


def ground_of(right: Right) -> Ground:
    """For the organisation and the day of the right."""
    organisation = right.acting_for
    purposes = agreed_purposes(organisation.id, right.on)
    return Ground(
        organisation=organisation,
        on=right.on,
        agreed=frozenset(purposes.values_list("purpose", flat=True)),
        unused_since=right.on - timedelta(days=settings.MANDATE_UNUSED_DAYS),
    )


def judged(ground: Ground, official: Official, uses: list[MandateUse], sessions: int) -> Reviewed:
    """What the review tells of a person, from the use of their mandates."""
    told = [use for use in uses if use.mandate != BY_ROLE]
    latest = max((use.told_at for use in told), default=None)
    mandates = [_mandate(ground, use, is_held=use.told_at == latest) for use in told]
    marked_at = official.left_marked_at
    return Reviewed(
        id=official.pk,
        name=official.name,
        mandates=tuple(sorted(mandates, key=lambda one: list(Mandate).index(one.mandate))),
        opens=ground.opened(one.mandate for one in mandates if one.is_held),
        first_on=min((use.first_on for use in uses), default=None),
        last_on=max((use.last_on for use in uses), default=None),
        left_on=official.left_on,
        seen_since_mark=marked_at is not None and any(use.told_at > marked_at for use in uses),
        sessions=sessions,
    )


def _mandate(ground: Ground, use: MandateUse, *, is_held: bool) -> ReviewedMandate:
    mandate = Mandate(use.mandate)
    used_or_given = use.used_on or use.first_on
    return ReviewedMandate(
        mandate=mandate,
        first_on=use.first_on,
        used_on=use.used_on,
        is_held=is_held,
        is_unused=is_held and used_or_given <= ground.unused_since,
        is_superfluous=is_held and not ground.opened([mandate]),
    )
