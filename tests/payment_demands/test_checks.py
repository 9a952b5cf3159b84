"""What stands in the way of a demand: the page says it in words, the database refuses the same."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import Error, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from payment_demands import checks
from payment_demands.checks import Case
from payment_demands.services import NotPossible, add
from payment_demands.terms import Terms
from payment_demands.words import Ground, Measure, Recurrence
from tests.acting import PIRKANMAA, customer, entries, official, organisation, right_of
from tests.harness import TODAY
from tests.payment_demands.demanding import (
    HOUSING,
    advance,
    is_asked_for,
    opened,
    payee,
    payment,
    pays,
    registered,
    terms,
)

WINTER = DateRange(date(2026, 12, 1), date(2027, 2, 1))


@dataclass(frozen=True)
class Wrong:
    """Something wrong, and the field of the form that is told of."""

    about: str
    changed: dict[str, Any] = field(default_factory=dict)
    of_advance: bool = False

    @property
    def terms(self) -> Terms:
        return (advance if self.of_advance else terms)(**self.changed)


WRONG = {
    "a benefit that the law does not allow": Wrong("benefit", {"benefit": HOUSING}),
    "basic social assistance": Wrong("benefit", {"benefit": "basic_social_assistance"}),
    "a benefit that ended before": Wrong("benefit", {"benefit": "labour_market_subsidy"}),
    "a benefit that is not paid": Wrong("benefit", {"benefit": "sickness_allowance"}),
    "no amount": Wrong("amount", {"amount": None}),
    "nothing": Wrong("amount", {"amount": Decimal(0)}),
    "less than nothing": Wrong("amount", {"amount": Decimal(-1)}),
    "no share": Wrong("share", {"measure": Measure.SHARE, "amount": None}),
    "more than all": Wrong(
        "share", {"measure": Measure.SHARE, "amount": None, "share": Decimal("100.01")}
    ),
    "once, without an end": Wrong("last", {"recurrence": Recurrence.ONCE}),
    "once, a share": Wrong(
        "measure",
        {
            "recurrence": Recurrence.ONCE,
            "period": WINTER,
            "measure": Measure.SHARE,
            "amount": None,
            "share": Decimal(10),
        },
    ),
    "an advance without months": Wrong("advance_first", {"advance_period": None}, True),
    "an advance without a sum": Wrong("advance_total", {"advance_total": None}, True),
    "outside the months of the advance": Wrong(
        "first", {"period": DateRange(date(2026, 11, 1), date(2027, 1, 1))}, True
    ),
    "an advance that goes on": Wrong("first", {"period": DateRange(WINTER.lower, None)}, True),
    "more than was paid in advance": Wrong("amount", {"amount": Decimal("300.01")}, True),
    "a municipality that is not served": Wrong("municipality", {"municipality": "091"}),
    "an account of somebody else": Wrong("payee", {"payee": -1}),
}


def case(person: UUID) -> Case:
    return Case(claimant=organisation(PIRKANMAA).pk, customer=person, on=TODAY)


@pytest.mark.parametrize("name", WRONG)
def test_the_page_says_what_is_wrong_and_at_which_field(name: str, eino: UUID) -> None:
    assert WRONG[name].about in {one.field for one in checks.faults(case(eino), WRONG[name].terms)}
    with pytest.raises(NotPossible):
        registered(WRONG[name].terms)


@pytest.mark.parametrize("name", WRONG)
def test_the_database_refuses_the_same(
    name: str, eino: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "CHECKS", ())
    with pytest.raises(Error), transaction.atomic():
        registered(WRONG[name].terms)


@pytest.mark.parametrize("right", [terms, advance])
def test_both_let_a_good_one_through(right: Any, eino: UUID) -> None:
    assert not checks.faults(case(eino), right())
    assert registered(right()).state == "registered"


def test_an_account_must_be_valid_on_the_day(eino: UUID) -> None:
    before = Case(claimant=organisation(PIRKANMAA).pk, customer=eino, on=date(2022, 12, 31))
    assert "payee" in {one.field for one in checks.faults(before, terms())}


def test_an_application_is_enough_for_an_advance(db: None) -> None:
    person = customer()
    of = advance(benefit=HOUSING)
    assert {one.field for one in checks.faults(case(person), of)} == {"benefit"}
    is_asked_for(person, HOUSING)
    assert not checks.faults(case(person), of)
    assert registered(of).benefit_id == HOUSING


class TestOverlap:
    def test_two_own_demands_on_a_benefit_do_not_overlap(self, eino: UUID) -> None:
        registered()
        with translation.override("en"), pytest.raises(NotPossible) as stopped:
            registered(advance())
        (fault,) = stopped.value.faults
        assert fault.field == "first"
        assert "1.12.2026–" in fault.text

    def test_not_even_past_the_page(self, eino: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
        registered()
        monkeypatch.setattr(checks, "CHECKS", ())
        with pytest.raises(Error), transaction.atomic():
            registered(advance())

    def test_one_after_another_they_may(self, eino: UUID) -> None:
        registered(terms(period=WINTER))
        registered(terms(period=DateRange(WINTER.upper, None)))

    def test_another_claimant_may(self, eino: UUID) -> None:
        registered()
        helsinki = {"municipality": "091", "payee": payee("9900105-3").pk}
        assert registered(terms(**helsinki), official("9900105-3")).version == 1


class TestWarnings:
    def test_a_payment_in_less_than_two_weeks(self, eino: UUID) -> None:
        payment(eino, date(2026, 12, 3))
        (warning,) = warned(eino, terms())
        assert "3.12.2026" in warning

    def test_none_of_a_payment_in_two_weeks(self, eino: UUID) -> None:
        payment(eino, date(2026, 12, 4))
        assert not warned(eino, terms())

    def test_assistance_after_kelas_decision_is_no_advance(self, eino: UUID) -> None:
        (warning,) = warned(eino, advance())
        assert "1.2.2020" in warning

    def test_they_do_not_block(self, eino: UUID) -> None:
        payment(eino, date(2026, 12, 3))
        assert registered(advance()).state == "registered"


def warned(person: UUID, of: Terms) -> list[str]:
    with translation.override("en"):
        return checks.warnings(case(person), of)


class TestRegistering:
    def test_it_stands_in_the_log_with_its_section_and_without_a_purpose(self, eino: UUID) -> None:
        demand = registered()
        search, row = entries()[-2:]
        assert (search.act, search.purpose, len(search.laws)) == ("open", "", 2)
        assert (row.act, row.purpose, row.customer) == ("register_demand", "", eino)
        assert row.laws == ["laki sosiaali- ja terveydenhuollon asiakasmaksuista 734/1992 14 §"]
        assert row.details == {"demand": str(demand.pk)}
        assert row.opening == search.opening

    def test_sent_twice_it_is_one(self, eino: UUID) -> None:
        token = uuid4()
        assert registered(token=token) == registered(token=token)
        assert [row.act for row in entries()].count("register_demand") == 1

    def test_a_draft_may_be_wrong_until_it_is_registered(self, eino: UUID) -> None:
        right = right_of(official())
        wrong = terms(benefit="sickness_allowance")
        assert add(right, opened(right), wrong, token=uuid4(), draft=True).state == "draft"

    def test_nobody_demands_of_themselves(self, eino: UUID) -> None:
        from authorizations.refusals import Reason, Refused

        right = right_of(official(subject=eino))
        with pytest.raises(Refused) as refused:
            opened(right)
        assert refused.value.reason is Reason.OWN_DATA


def test_a_pension_of_another_customer_pays_nothing(eino: UUID) -> None:
    other = customer("081099-9436")
    pays(other)
    assert not checks.faults(case(other), terms())
    assert terms().ground == Ground.CLIENT_FEES
