"""Which step an agreement may take, and who at Kela takes it: one table."""

from collections.abc import Iterable, Mapping
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
    """From which steps, by which group from each; from which standings; where to, if anywhere."""

    groups: Mapping[Step, str]
    standings: frozenset[Standing]
    leads_to: Step | None = None


UNDER_WAY = frozenset({Standing.UNDER_WAY})
AGREED = frozenset({Standing.COMING, Standing.IN_FORCE})
UNSIGNED = frozenset(Step) - {Step.SIGNED_BY_KELA, Step.GIVEN_UP}


def prepared(*at: Step) -> dict[Step, str]:
    """What the preparing group does."""
    return dict.fromkeys(at, PREPARING)


def approved(*at: Step) -> dict[Step, str]:
    """What the approving group does."""
    return dict.fromkeys(at, APPROVING)


RULES: dict[Deed, Rule] = {
    Deed.DRAFTED: Rule(prepared(Step.RIGHT_EXAMINED), UNDER_WAY, Step.DRAFT),
    Deed.SENT: Rule(prepared(Step.DRAFT), UNDER_WAY, Step.SENT),
    Deed.TAKEN_BACK: Rule(prepared(Step.SENT, Step.SIGNED_BY_ORGANISATION), UNDER_WAY, Step.DRAFT),
    Deed.SIGNED_BY_ORGANISATION: Rule(prepared(Step.SENT), UNDER_WAY, Step.SIGNED_BY_ORGANISATION),
    Deed.SIGNED_BY_KELA: Rule(
        approved(Step.SIGNED_BY_ORGANISATION), UNDER_WAY, Step.SIGNED_BY_KELA
    ),
    Deed.PUT_INTO_USE: Rule(approved(Step.SIGNED_BY_KELA), UNDER_WAY | {Standing.COMING}),
    Deed.RENEWED: Rule(prepared(Step.SIGNED_BY_KELA), AGREED | {Standing.ENDED, Standing.LAPSED}),
    Deed.SHORTENED: Rule(approved(Step.SIGNED_BY_KELA), AGREED),
    Deed.ENDED: Rule(approved(Step.SIGNED_BY_KELA), AGREED),
    # What only one side has signed binds nobody; what both have signed ends as an agreement in
    # force does.
    Deed.GIVEN_UP: Rule(
        prepared(*UNSIGNED) | approved(Step.SIGNED_BY_KELA), UNDER_WAY, Step.GIVEN_UP
    ),
}


def possible(groups: Iterable[str], agreement: Agreement, on: date) -> list[Deed]:
    """What people of these groups may do with an agreement as it stands on a day."""
    held, standing = set(groups), agreement.standing(on)
    return [
        deed
        for deed, rule in RULES.items()
        if rule.groups.get(Step(agreement.step)) in held and standing in rule.standings
    ]


def check(right: Right, agreement: Agreement, deed: Deed) -> Rule:
    """The rule by which somebody may do it now.

    Raises Refused for somebody of another group, ValidationError when it is not its turn.
    """
    rule = RULES[deed]
    if set(right.kela_groups).isdisjoint(rule.groups.values()):
        raise Refused(Reason.NOT_THIS_OFFICE)
    if deed not in possible(right.kela_groups, agreement, right.on):
        raise ValidationError(
            _("This is not the next step: the agreement stands at “%(step)s”."),
            params={"step": agreement.get_step_display()},
            code="not_its_turn",
        )
    return rule
