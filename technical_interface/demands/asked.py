"""What is asked of payment demands: terms, as the form of the pages has them; which of the list.

What the form says of its fields is said here too: `errors_of` points to them.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, Field

from kelmu.validators import of_our_time
from payment_demands.attention import Filters
from payment_demands.checks import Fault
from payment_demands.forms import EndForm, ReasonForm, terms_of
from payment_demands.models import Demand
from payment_demands.terms import Terms
from payment_demands.words import Ground, Measure, Recurrence
from technical_interface.customers import Asked
from technical_interface.notifications import Code
from technical_interface.telling import BenefitSlug, Euros, Exact
from technical_interface.words import DemandGround, DemandState

SERIAL = 2**31 - 1


def _of_our_time(day: date) -> date:
    try:
        of_our_time(day)
    except ValidationError as error:
        raise ValueError(error.messages[0]) from None
    return day


type Day = Annotated[date, AfterValidator(_of_our_time)]
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

    def superfluous(self, demand: Demand | None) -> list[Fault]:
        """What the form has no field for: where money is, nothing that is told is passed over."""
        unasked = {"amount", "share"} - {self.measure.value}
        if self.ground is not Ground.SOCIAL_ASSISTANCE:
            unasked |= {"advance_first", "advance_last", "advance_total"}
        text = _("This does not belong to such a demand. Leave it out.")
        faults = [Fault(name, text) for name in sorted(unasked) if getattr(self, name) is not None]
        if demand and self.ground != demand.ground:
            faults.append(Fault("ground", _("The law of a demand stays as it is.")))
        return faults


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


class Narrowing(Schema):
    """Which demands of the organisation, and which page of them."""

    state: DemandState | None = None
    benefit: BenefitSlug | None = None
    ground: DemandGround | None = None
    since: Day | None = None
    until: Day | None = None
    handler: Annotated[str, Field(max_length=60, pattern=r"^[^\x00-\x1f]*$")] = ""
    payee: Annotated[int, Field(ge=1, le=SERIAL)] | None = None
    only_attention: bool = False
    after: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50

    @property
    def filters(self) -> Filters:
        """The same as the page's list is narrowed."""
        told = self.model_dump(mode="json", exclude={"after", "limit", "since", "until"})
        plain = {name: value for name, value in told.items() if value is not None}
        return Filters(**plain, since=self.since, until=self.until)


def errors_of(form: Any) -> list[dict[str, str]]:
    """What a form says is wrong, field by field."""
    return [
        {"pointer": f"/{name}", "type": error.code or "invalid", "message": text}
        for name, errors in form.errors.as_data().items()
        for error in errors
        for text in error.messages
    ]


def faults_told(faults: Iterable[Fault]) -> list[dict[str, str]]:
    """What the checks say is wrong."""
    return [
        {"pointer": f"/{one.field}", "type": "not_possible", "message": one.text} for one in faults
    ]


def hidden(seen: int = 0, token: UUID | None = None) -> dict[str, str]:
    """What the form of the pages carries beside what somebody types."""
    return {"token": str(token or uuid4()), "seen": str(seen)}
