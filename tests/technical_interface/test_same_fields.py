"""What a system gets of a customer is what the page shows under the same purpose: no field less, no
field more.

A customer has a row of each kind whose every field has a value that can be told from the others;
the tables say how the page words it. What is withheld must be missing in both.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from authorizations.rulebook import DataGroup, Field, Mandate
from technical_interface.customers import OF_GROUPS
from tests import told
from tests.acting import (
    CUSTOMER,
    HELSINKI,
    PIRKANMAA,
    TAMPERE,
    client_of,
    customer,
    official,
    owning,
)
from tests.agreeing import agree_otherwise, agreed_purposes
from tests.customers.searching import look_up
from tests.technical_interface.calling import BENEFITS, System, registered
from tests.technical_interface.wording import Wording, part, paths, said

pytestmark = pytest.mark.django_db

ASSISTANCE = "/api/v1/customers/social-assistance"

OF_THE_PERSON: Wording = {
    "name": "Esimerkki, Eino Olavi",
    "hetu": "131052-9085",
    "age": "69 years",
    "died_on": "2.4.2022",
    "country": "Sweden",
    "abroad_since": "3.5.2021",
}
OF_BENEFITS: Mapping[str, Wording] = {
    "pendency": {
        "benefit": "General housing allowance",
        "applied_for": "first application",
        "arrived_on": "3.11.2026",
        "state": "awaiting further information",
        "awaited": "bank statement",
        "awaited_from": "from the educational institution",
    },
    "decisions": {
        "benefit": "Sickness allowance",
        "kind": "granted",
        "decided_on": "8.5.2026",
        "first": "3.2.–",
        "last": "4.10.2026",
        "replaced_on": "16.9.2026",  # the day before
        "amount": "€784.53",
        "unit": "a month",
        "grounds": "the conditions are met",
        "law": "568/2007 10 §",
    },
    "payments": {
        "benefit": "National pension",
        "paid_on": "7.11.2026",
        "first": "2.11.–",
        "last": "–29.11.2026",
        "gross": "€784.52",
        "tax": "€84.52",
        "deductions": "€100.00",
        "deduction_reason": "recovery of overpayment",
        "net": "€600.00",
        "state": "paid",
        "payee": "the customer",
        "payee_name": "Pirkanmaan hyvinvointialue",
        "account_last4": "…\N{WORD JOINER}1234",
    },
    "insurance": {
        "kind": "Social security",
        "covered": " no ",
        "basis": "permanent residence",
        "first": "4.3.2020",
        "last": "30.12.2026",
        "country": "Sweden",
    },
    "recovery": {
        "benefit": "General housing allowance",
        "decided_on": "10.5.2026",
        "claimed_on": "11.5.2026",
        "original_amount": "€704.25",
        "open_amount": "€404.25",
        "instalment": "€50.00",
        "state": "open",
    },
    "medicine_cap": {
        "year": "2026",
        "accrued": "€640.00",
        "annual_limit": "€636.12",
        "initial_deductible": "€70.33",
        "reached_on": "13.8.2026",
    },
    "data_from_others": {
        "kind": "Earnings-related old-age pension",
        "payer": "Eläkevakuutus Havu",
        "gross": "€412.30",
        "first": "1.11.2017–",
        "last": "30.6.2030",
    },
}
OF_ASSISTANCE: Wording = {
    "applications.arrived_on": "6.11.2026",
    "applications.is_urgent": "urgent",
    "applications.first": "7.11.–",
    "applications.last": "–29.11.2026",
    "applications.state": "Decided 10",
    "applications.decided_on": "Decided 10.11.2026",
    "applications.attachments.kind": "bank statement",
    "applications.attachments.received_on": "11.11.2026",
    "calls.given_on": "8.11.2026",
    "calls.due_on": "9.12.2026",
    "calls.kind": "apply for a primary benefit",
    "calls.benefit": "student financial aid",
    "calls.state": "not complied with",
    "decisions.decision.kind": "Granted",
    "decisions.decision.decided_on": "10.11.2026",
    "decisions.decision.first": "1.11.–",
    "decisions.decision.last": "–30.11.2026",
    "decisions.decision.amount": "€921.38",
    "decisions.decision.unit": "a month",
    "decisions.decision.grounds": "the conditions are met",
    "decisions.decision.law": "1412/1997 6 §",
    "decisions.household.role": "Applicant, spouse",
    "decisions.household.age_group": "under 10 years",
    "decisions.lines.month": "November 2026",
    "decisions.lines.part": "Housing costs",
    "decisions.lines.item": "Rent",
    "decisions.lines.member": "shared household (applicant)",
    "decisions.lines.stated": "€900.00",
    "decisions.lines.amount": "€860.00",
    "decisions.lines.reduction": "Reduced by 50%",
    "decisions.lines.ground": "did not act on the call to act",
    "payments.paid_on": "18.11.2026",
    "payments.first": "12.11.–",
    "payments.last": "–27.11.2026",
    "payments.gross": "€790.01",
    "payments.deductions": "€100.01",
    "payments.deduction_reason": "recovery of overpayment",
    "payments.net": "€690.00",
    "payments.state": "scheduled",
    "payments.payee": "the customer",
    "payments.payee_name": "Vuokrakodit Oy",
    "payments.account_last4": "…\N{WORD JOINER}1234",
    "commitments.given_on": "14.11.2026",
    "commitments.kind": "Pharmacy",
    "commitments.provider": "Apteekki Kanerva",
    "commitments.first": "15.11.–",
    "commitments.last": "–28.11.2026",
    "commitments.at_most": "€145.00",
    "recovery.decided_on": "16.11.2026",
    "recovery.claimed_on": "17.11.2026",
    "recovery.original_amount": "€704.25",
    "recovery.open_amount": "€404.25",
    "recovery.instalment": "€50.00",
    "recovery.state": "open",
}
# What is the same in every row, or only ties rows together: the page has no words for it.
WITHOUT_WORDS = {
    "decisions.decision.benefit",
    "payments.benefit",
    "recovery.benefit",
    "payments.tax",  # assistance is free of tax (1535/1992 92 §)
    "decisions.household.number",
}


def everything() -> UUID:
    """A customer with a row of each kind."""
    whom = customer(
        died_on=date(2022, 4, 2), abroad_since=date(2021, 5, 3), country="SE",
        home_municipality_id=None,
    )  # fmt: skip
    told.matter(whom, state="awaiting", awaited="bank_statement", awaited_from="school")
    from_february = {"benefit_id": "sickness_allowance", "decided_on": date(2026, 5, 8)}
    lasting = DateRange(date(2026, 2, 3), date(2026, 10, 5))
    told.decision(whom, **from_february, validity=lasting, amount=Decimal("784.53"))
    replaced = {"replaced_on": date(2026, 9, 17)}
    told.decision(whom, **from_february | replaced, validity=lasting, amount=Decimal("784.53"))
    told.payment(
        whom, payee_kind="authority", payee_name="Pirkanmaan hyvinvointialue",
        period=DateRange(date(2026, 11, 2), date(2026, 11, 30)),
    )  # fmt: skip
    told.payment(whom)
    told.insurance(
        whom, covered=False, country="SE", validity=DateRange(date(2020, 3, 4), date(2026, 12, 31))
    )
    told.recovery(
        whom, claimed_on=date(2026, 5, 11),
        decision=told.decision(
            whom, benefit_id="general_housing_allowance", kind="recovery",
            decided_on=date(2026, 5, 10),
        ),
    )  # fmt: skip
    told.medicine_cap(whom, accrued=Decimal("640.00"), reached_on=date(2026, 8, 13))
    told.data_from_others(whom, validity=DateRange(date(2017, 11, 1), date(2030, 7, 1)))
    _assistance(whom)
    return whom


def _assistance(whom: UUID) -> None:
    decision = told.assistance(whom, amount=Decimal("921.38"), decided_on=date(2026, 11, 10))
    told.member(decision)
    told.member(decision, 2, role="spouse")
    told.member(decision, 3, role="child", age_group="under_10")
    shared = {"item": "shared_household", "stated": Decimal("497.45")}
    told.lines(
        decision,
        shared | {"reduction": 50, "reduction_ground": "call_to_act", "amount": Decimal("248.72")},
        shared | {"member": 2},
        {"item": "younger_child_1", "stated": Decimal("375.98"), "member": 3},
        {"part": "housing", "item": "rent", "member": None, "stated": Decimal("900.00")}
        | {"amount": Decimal("860.00")},
        {"part": "income", "item": "unemployment", "member": 2, "stated": Decimal("1060.77")},
    )
    application = told.application(
        whom, state="decided", decision=decision, is_urgent=True, arrived_on=date(2026, 11, 6),
        period=DateRange(date(2026, 11, 7), date(2026, 11, 30)),
    )  # fmt: skip
    told.attachment(application, received_on=date(2026, 11, 11))
    ours = {"benefit_id": "basic_social_assistance"}
    paid = ours | {
        "state": "scheduled", "tax": Decimal(0), "gross": Decimal("790.01"),
        "deductions": Decimal("100.01"), "net": Decimal("690.00"), "paid_on": date(2026, 11, 18),
        "period": DateRange(date(2026, 11, 12), date(2026, 11, 28)),
    }  # fmt: skip
    told.payment(whom, **paid, payee_kind="landlord", payee_name="Vuokrakodit Oy")
    told.payment(whom, **paid)
    told.commitment(
        whom, provider="Apteekki Kanerva", at_most=Decimal("145.00"),
        given_on=date(2026, 11, 14), validity=DateRange(date(2026, 11, 15), date(2026, 11, 29)),
    )  # fmt: skip
    told.call(
        whom, kind="apply_for_benefit", benefit_id="student_aid", state="neglected",
        given_on=date(2026, 11, 8), due_on=date(2026, 12, 9),
    )  # fmt: skip
    claimed = told.assistance(whom, kind="recovery", decided_on=date(2026, 11, 16))
    told.recovery(whom, **ours, decision=claimed, claimed_on=date(2026, 11, 17))


WAYS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a county": ("other_benefits", PIRKANMAA, {}),
    "a municipality": ("integration_benefits", TAMPERE, {}),
    "Helsinki": ("integration_benefits", HELSINKI, {}),
    "an agreement that withholds fields": (
        *("other_benefits", PIRKANMAA),
        {"withheld_fields": [one.value for one in Field]},
    ),
    "an agreement that withholds groups": (
        *("other_benefits", PIRKANMAA),
        {"withheld_groups": ["insurance", "recovery", "data_from_others"]},
    ),
    "an agreement that withholds a benefit": (
        *("other_benefits", PIRKANMAA),
        {"withheld_benefits": ["national_pension"]},
    ),
}


@pytest.mark.parametrize(("purpose", "business_id", "narrowed"), WAYS.values(), ids=WAYS)
def test_the_fields_of_benefits_are_those_of_the_page(
    purpose: str, business_id: str, narrowed: dict[str, Any]
) -> None:
    everything()
    answer, page = both(purpose, business_id, narrowed, BENEFITS)
    groups = answer["groups"]
    for group in DataGroup:
        section = part(page, f'id="{group}"', "</section>")
        worded = said(OF_BENEFITS[group], section)
        assert {*paths(groups.get(group, []))} - {"changed"} == worded, group
    assert set(groups) == {group for group in DataGroup if f'id="{group}"' in page}


def test_the_fields_of_the_person_are_those_of_the_page() -> None:
    everything()
    answer, page = both("other_benefits", PIRKANMAA, {}, BENEFITS)
    head = part(page, "<main", 'id="tab"')
    fields = {*paths(answer["customer"])} - {"protected", "home_municipality"}
    assert fields == said(OF_THE_PERSON, head)


@pytest.mark.parametrize(
    "narrowed",
    [
        {},
        {"withheld_fields": [one.value for one in Field]},
        {"withheld_groups": ["payments", "pendency"]},
    ],
)
def test_the_fields_of_assistance_are_those_of_the_page(narrowed: dict[str, Any]) -> None:
    everything()
    answer, page = both("social_assistance", PIRKANMAA, narrowed, ASSISTANCE)
    text = part(page, 'id="tab"', "</main>")
    assistance = {
        name: one for name, one in answer["assistance"].items() if name not in {"made_at", "on"}
    }
    worded = said(OF_ASSISTANCE, text)
    assert {*paths(assistance)} - WITHOUT_WORDS == worded


def test_every_field_that_a_group_can_have_is_compared() -> None:
    told_of = {name: of.__args__[0].model_fields for name, (of, _field) in OF_GROUPS.items()}
    for group, fields in told_of.items():
        assert set(fields) - {"changed"} == set(OF_BENEFITS[group]), group


def both(purpose: str, business_id: str, narrowed: dict[str, Any], address: str) -> tuple[Any, str]:
    """What a system is answered, and the page that an official sees, under the same agreement."""
    if business_id != PIRKANMAA:
        agree_otherwise(business_id, by_technical_interface=True)
    if narrowed:
        with owning():
            agreed_purposes(business_id).filter(purpose=purpose).update(**narrowed)
    registered(business_id)
    answer = System(business_id).enter().post(address, {"hetu": CUSTOMER}, Kelmu_Purpose=purpose)
    assert answer.status_code == 200, answer.content
    browser = client_of(official(business_id, *Mandate))
    browser.cookies["kelmu-language"] = "en"
    page = browser.get(look_up(browser, purpose=purpose))
    return answer.json(), page.content.decode()
