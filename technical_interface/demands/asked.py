"""What is asked of payment demands: terms, as the form of the pages has them; which of the list."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from pydantic import Field

from payment_demands.attention import Filters
from payment_demands.forms import EndForm, ReasonForm, terms_of
from payment_demands.models import Demand
from payment_demands.terms import Terms
from payment_demands.words import Ground, Measure, Recurrence
from technical_interface.customers import Asked
from technical_interface.forms import Day, Errors, not_possible, superfluous
from technical_interface.notifications.asked import Code
from technical_interface.paging import Paged
from technical_interface.telling import BenefitSlug, Euros, Exact
from technical_interface.words import DemandGround, DemandState

SERIAL = 2**31 - 1


type Share = Annotated[str, Field(pattern=r"^[0-9]{1,3}\.[0-9]{2}$", examples=["50.00"])]


class Content(Exact):
    """The terms of a demand. An amount goes with the measure `amount`, a share with `share`; what
    was paid in advance goes with `social_assistance_23`, and with nothing else."""

    ground: DemandGround
    benefit: BenefitSlug
    municipality: Code = Field(description="For which municipality the demand is made.")
    payee: int = Field(ge=1, le=SERIAL, description="One of the organisation’s accounts.")
    first: Day
    last: Day | None = Field(None, description="Without it, until further notice.")
    recurrence: Recurrence
    measure: Measure
    amount: Euros | None = Field(None, description="Euros, a month or once.")
    share: Share | None = Field(None, description="Per cent of the benefit.")
    advance_first: Day | None = Field(
        None, description="A day of the first month of which assistance was paid in advance."
    )
    advance_last: Day | None = Field(None, description="A day of the last one.")
    advance_total: Euros | None = None
    reference: str = Field("", description="Kela writes it in the payment.")
    contact_name: str
    contact_phone: str
    statement: str = Field("", description="The grounds.")

    @property
    def typed(self) -> dict[str, str]:
        """The same as somebody types it in the form."""
        told = self.model_dump(mode="json", include=set(Content.model_fields) - {"ground"})
        return {name: str(value) for name, value in told.items() if value is not None}

    def says(self, terms: Terms) -> bool:
        """Whether these are the terms."""
        told = self.model_dump(include=set(Content.model_fields))
        for name in ("amount", "share", "advance_total"):
            told[name] = None if told[name] is None else Decimal(told[name])
        told |= {name: value.strip() for name, value in told.items() if isinstance(value, str)}
        return terms_of(self.ground, told) == terms

    def superfluous(self, demand: Demand | None) -> Errors:
        """What the form has no field for."""
        unasked = {"amount", "share"} - {self.measure.value}
        if self.ground is not Ground.SOCIAL_ASSISTANCE:
            unasked |= {"advance_first", "advance_last", "advance_total"}
        errors = superfluous(one for one in sorted(unasked) if getattr(self, one) is not None)
        if demand and self.ground != demand.ground:
            errors.append(not_possible("ground", _("The law of a demand stays as it is.")))
        return errors


class NewDemand(Content, Asked):
    """A demand, and on whom."""


class Sketch(NewDemand):
    """What a demand would say: a new one, or one that is there already."""

    demand: UUID | None = None


class Ending(Exact):
    """The last day of a demand, and why it ends."""

    last: Day
    reason: str

    def form(self, demand: Demand, seen: int) -> EndForm:
        return EndForm(demand.period, self.model_dump(mode="json") | {"seen": seen})


class Voiding(Exact):
    """Why a demand is voided."""

    reason: str

    def form(self, _demand: Demand, seen: int) -> ReasonForm:
        return ReasonForm(self.model_dump() | {"seen": seen})


class Narrowing(Paged):
    """Which demands of the organisation, and which page of them."""

    state: DemandState | None = None
    benefit: BenefitSlug | None = None
    ground: DemandGround | None = None
    since: Day | None = None
    until: Day | None = None
    handler: Annotated[str, Field(max_length=60, pattern=r"^[^\x00-\x1f]*$")] = ""
    payee: Annotated[int, Field(ge=1, le=SERIAL)] | None = None
    only_attention: bool = False

    @property
    def filters(self) -> Filters:
        """The same as the page's list is narrowed."""
        told = self.model_dump(mode="json", exclude={"after", "limit", "since", "until"})
        plain = {name: value for name, value in told.items() if value is not None}
        return Filters(**plain, since=self.since, until=self.until)


def hidden(seen: int = 0, token: UUID | None = None) -> dict[str, str]:
    """What the form of the pages carries beside what somebody types."""
    return {"token": str(token or uuid4()), "seen": str(seen)}
