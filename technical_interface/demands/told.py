"""What is told of payment demands: what their pages show, as values."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from authorizations.rulebook import Text
from benefits.reference import benefits
from customers.queries import Person
from organisations.models import Payee
from payment_demands import attention, presentation, states
from payment_demands.attention import Sign
from payment_demands.distribution import Why
from payment_demands.models import Demand, Version
from payment_demands.queries import THIS, Shared, account_of, former_account_until
from payment_demands.terms import Terms, last_of
from payment_demands.words import Actor, Measure, Recurrence, Step
from technical_interface.demands.asked import Content, Share
from technical_interface.notifications.asked import Code
from technical_interface.notifications.told import Whom
from technical_interface.paging import Page
from technical_interface.telling import BenefitSlug, Euros, Exact, ThreeNames, schema_of, told
from technical_interface.words import Coverage, DemandGround, DemandState, DemandStep


class DemandStanding(Exact):
    """How a demand stands after a step."""

    id: UUID
    version: int
    state: DemandState


class DemandLine(DemandStanding):
    """A demand in a list."""

    step: DemandStep = Field(description="What was done to it last.")
    changed_on: date
    ground: DemandGround
    benefit: BenefitSlug
    first: date
    last: date | None
    recurrence: Recurrence
    measure: Measure
    amount: Euros | None
    share: Share | None
    payee: str = Field(description="The name of the account.")
    handler_name: str


class DemandRow(DemandLine):
    """A demand in the list of the organisation's."""

    customer: Whom
    attention: list[Sign] = Field(description="Why it needs attention.")


class DemandRows(Page):
    """A page of the list."""

    rows: list[DemandRow]


class Account(Exact):
    """An account of the organisation's."""

    id: int
    name: str
    iban: str


class Place(Exact):
    """A municipality for which the organisation may demand."""

    code: Code
    name: str


class Way(Exact):
    """A law by which a demand is made, and what can be demanded by it."""

    ground: DemandGround
    law: ThreeNames
    benefits: list[BenefitSlug]


class Choices(Exact):
    """What a demand can name today."""

    grounds: list[Way]
    municipalities: list[Place]
    payees: list[Account]
    names: dict[str, ThreeNames] = Field(description="The names of the benefits.")


class Part(Exact):
    """What a demand gets of a payment. Kela’s own order is not public: this is an estimate."""

    paid_on: date
    net: Euros
    paid: Euros = Field(description="What the demand gets.")
    outcome: Coverage | None = Field(description="Null: the demand is not for its time.")
    why: Why | None
    account: str = Field(description="The account to which its part goes.")


class PastPart(Part):
    """The same of a payment that was made while the demand held."""

    wanted: Euros = Field(description="What the demand wanted of it.")


class ComingPart(Part):
    """The same of a payment to come, and who else gets what of it."""

    estimated: bool = Field(description="Kela has not told of the payment yet.")
    own: Euros = Field(description="What other demands of the organisation get.")
    others: Euros = Field(description="What demands of others get.")
    to_customer: Euros
    to_customer_without: Euros = Field(description="What the customer would get without it.")


class Past(DemandStanding):
    """What was done to a demand, and what it said from then on."""

    at: AwareDatetime
    step: DemandStep
    by_name: str = Field(description="Empty: Kela.")
    reason: str
    account: str = Field(description="The account that the terms name.")
    terms: Content


class DemandWhole(DemandStanding):
    """A demand as its page shows it."""

    terms: Content
    changed_at: AwareDatetime
    registered_at: AwareDatetime | None
    reason: str
    steps: list[DemandStep] = Field(description="What can be done to it now.")
    made_by: str = Field(description="The name of who claimed first.")
    transferred_on: date | None
    account: str = Field(description="To which account a payment of today would go.")
    account_until: date | None = Field(
        description="Until which day, where it is the former claimant’s and another one follows."
    )
    payments: list[PastPart] = Field(description="What it got so far, latest first.")
    coming: list[ComingPart] = Field(description="The next payments, while it may hold for them.")
    history: list[Past]


class OfCustomer(Exact):
    """What answers about a customer have."""

    customer: schema_of(Person)  # type: ignore[valid-type]  # made when it runs
    made_at: dict[str, AwareDatetime] = Field(
        description="When Kela’s systems made each data group on which demands rest."
    )
    names: dict[str, ThreeNames] = Field(description="The names of the benefits in the answer.")


class CustomersDemand(DemandLine):
    """One of a customer's demands."""

    has_new_answer: bool


class CustomersDemands(OfCustomer):
    """The organisation’s demands on a customer, those in force first."""

    demands: list[CustomersDemand]


class OneDemand(OfCustomer):
    """A demand, and on whom."""

    demand: DemandWhole


class Preview(OfCustomer):
    """The next payments with a demand and without it. Nothing is registered."""

    payments: list[ComingPart]
    warnings: list[str] = Field(description="What does not stand in the way.")
    assumptions: list[str] = Field(description="What of the estimate nobody outside Kela knows.")


def row(one: Demand) -> dict[str, Any]:
    """A demand of the list."""
    customer = one.customer
    name = f"{customer.family_name}, {customer.given_names}"
    whom = Whom(name=name, protected=customer.protected).model_dump()
    return _line(DemandRow, one, customer=whom, attention=told(attention.signs_of(one)))


def customers_demand(one: Demand) -> dict[str, Any]:
    return _line(CustomersDemand, one)


def _line(of: type[DemandLine], one: Demand, **more: Any) -> dict[str, Any]:
    known = content(Terms.of(one)) | {"payee": one.payee.name} | more
    fields = of.model_fields
    return {name: known[name] if name in known else told(getattr(one, name)) for name in fields}


def content(terms: Terms) -> dict[str, Any]:
    """What a demand says, as it is asked for."""
    advance = terms.advance_period
    period = {"first": terms.first, "last": last_of(terms.period)}
    paid = {
        "advance_first": advance.lower if advance else None,
        "advance_last": last_of(advance) if advance else None,
    }
    known = period | paid
    fields = Content.model_fields
    return {name: told(known[name] if name in known else getattr(terms, name)) for name in fields}


def standing(demand: Demand) -> dict[str, Any]:
    return {name: told(getattr(demand, name)) for name in DemandStanding.model_fields}


def first_standing(made: Version) -> dict[str, Any]:
    """How a demand stood when it had been made, whatever has come since."""
    return {"id": str(made.demand_id), "version": made.number, "state": made.state}


def whole(
    demand: Demand, on: date, past: Iterable[Shared], coming: Iterable[Shared], history: Any
) -> dict[str, Any]:
    known = {
        "terms": content(Terms.of(demand)),
        "steps": told(
            one for one in states.steps(demand.state, Actor.CLAIMANT) if one != Step.SAVE
        ),
        "made_by": demand.made_by.name,
        "account": presentation.account(account_of(demand, on)),
        "account_until": told(former_account_until(demand, on)),
        "payments": [_part(PastPart, one, demand) for one in past],
        "coming": [coming_part(one, demand) for one in coming],
        "history": [_version(one) for one in history],
    }
    fields = DemandWhole.model_fields
    return known | {name: told(getattr(demand, name)) for name in fields if name not in known}


def _version(one: Version) -> dict[str, Any]:
    plain = {name: told(getattr(one, name)) for name in ("at", "step", "by_name", "reason")}
    terms = presentation.terms_of(one)
    said = {"account": presentation.told(terms)["payee"], "terms": content(terms)}
    return first_standing(one) | plain | said


def coming_part(one: Shared, demand: Demand | None = None) -> dict[str, Any]:
    """A payment to come as it is shared out; `demand`: the one that is there already."""
    return _part(ComingPart, one, demand)


def _part(of: type[Part], one: Shared, demand: Demand | None) -> dict[str, Any]:
    this, payment = one.together.part(THIS), one.payment
    known = {
        "wanted": this.wanted if this else None,
        "paid": this.paid if this else Decimal(0),
        "outcome": this.outcome if this else None,
        "why": this.why if this else None,
        "account": account_of(demand, payment.paid_on).name if demand and one.is_paid else "",
        "own": one.paid("own"),
        "others": one.paid("other"),
        "to_customer": one.together.to_customer,
        "to_customer_without": one.without.to_customer,
    }
    fields = of.model_fields
    return {name: told(known[name] if name in known else getattr(payment, name)) for name in fields}


def named(slugs: Iterable[str]) -> Mapping[str, Text]:
    """The benefits by their names."""
    return {slug: benefits()[slug].names for slug in sorted(set(slugs))}


def account(payee: Payee) -> dict[str, Any]:
    return {name: told(getattr(payee, name)) for name in Account.model_fields}
