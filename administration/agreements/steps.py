"""Which step an agreement may take, and who at Kela takes it: one table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from organisations.models import Agreement, Standing

Step = Agreement.Step
PREPARING, APPROVING = "preparing", "approving"


class Deed(models.TextChoices):
    """What is done to an agreement; those that lead to a step bear its name."""

    BEGUN = Step.RIGHT_EXAMINED.value, gettext_lazy("Right examined")
    DRAFTED = Step.DRAFT.value, gettext_lazy("Draft")
    SENT = Step.SENT.value, gettext_lazy("Sent to the organisation")
    TAKEN_BACK = "taken_back", gettext_lazy("Taken back to be changed")
    SIGNED_BY_ORGANISATION = (
        Step.SIGNED_BY_ORGANISATION.value,
        gettext_lazy("Signed by the organisation"),
    )
    SIGNED_BY_KELA = Step.SIGNED_BY_KELA.value, gettext_lazy("Signed by Kela")
    PUT_INTO_USE = "put_into_use", gettext_lazy("Day of use set")
    RENEWED = "renewed", gettext_lazy("Renewal begun")
    SHORTENED = "shortened", gettext_lazy("Shortened")
    ENDED = "ended", gettext_lazy("Ended")
    GIVEN_UP = Step.GIVEN_UP.value, gettext_lazy("Given up")


@dataclass(frozen=True, slots=True)
class Rule:
    """Who does it, from which steps and standings, and to which step it leads if to any."""

    group: str
    steps: frozenset[Step]
    standings: frozenset[Standing]
    leads_to: Step | None = None


UNDER_WAY = frozenset({Standing.UNDER_WAY})
AGREED = frozenset({Standing.COMING, Standing.IN_FORCE})
EVERY = frozenset(Step)  # giving up is one person's: nobody loses a right that was in use
SIGNED = frozenset({Step.SIGNED_BY_KELA})

RULES: dict[Deed, Rule] = {
    Deed.DRAFTED: Rule(PREPARING, frozenset({Step.RIGHT_EXAMINED}), UNDER_WAY, Step.DRAFT),
    Deed.SENT: Rule(PREPARING, frozenset({Step.DRAFT}), UNDER_WAY, Step.SENT),
    Deed.TAKEN_BACK: Rule(
        PREPARING, frozenset({Step.SENT, Step.SIGNED_BY_ORGANISATION}), UNDER_WAY, Step.DRAFT
    ),
    Deed.SIGNED_BY_ORGANISATION: Rule(
        PREPARING, frozenset({Step.SENT}), UNDER_WAY, Step.SIGNED_BY_ORGANISATION
    ),
    Deed.SIGNED_BY_KELA: Rule(
        APPROVING, frozenset({Step.SIGNED_BY_ORGANISATION}), UNDER_WAY, Step.SIGNED_BY_KELA
    ),
    Deed.PUT_INTO_USE: Rule(APPROVING, SIGNED, UNDER_WAY | {Standing.COMING}),
    Deed.RENEWED: Rule(PREPARING, SIGNED, AGREED | {Standing.ENDED, Standing.LAPSED}),
    Deed.SHORTENED: Rule(APPROVING, SIGNED, AGREED),
    Deed.ENDED: Rule(APPROVING, SIGNED, AGREED),
    Deed.GIVEN_UP: Rule(PREPARING, EVERY, UNDER_WAY, Step.GIVEN_UP),
}


def possible(groups: Iterable[str], agreement: Agreement, on: date) -> list[Deed]:
    """What people of these groups may do with an agreement as it stands on a day."""
    held, standing = set(groups), agreement.standing(on)
    return [
        deed
        for deed, rule in RULES.items()
        if rule.group in held and agreement.step in rule.steps and standing in rule.standings
    ]


def check(right: Right, agreement: Agreement, deed: Deed) -> Rule:
    """The rule by which somebody may do it now.

    Raises Refused for somebody of another group, ValidationError when it is not its turn.
    """
    rule = RULES[deed]
    if rule.group not in right.kela_groups:
        raise Refused(Reason.NOT_THIS_OFFICE)
    if deed not in possible(right.kela_groups, agreement, right.on):
        raise ValidationError(
            _("This is not the next step: the agreement stands at “%(step)s”."),
            params={"step": agreement.get_step_display()},
            code="not_its_turn",
        )
    return rule
