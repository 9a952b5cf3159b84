"""What leaves the database of basic social assistance, and what stands on top of the page."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django import DjangoAssertNumQueries

from authorizations import rulebook
from authorizations.door import Act
from authorizations.rulebook import DataGroup, Field
from benefits.social_assistance.queries import customer_assistance
from benefits.social_assistance.rows import CustomerAssistance
from intake.models import Delivery
from tests import told
from tests.acting import customer, official, owning, right_of

pytestmark = pytest.mark.django_db

BENEFIT = "basic_social_assistance"
LONG_AGO = DateRange(date(2021, 1, 1), date(2021, 2, 1))
PARTS = ("applications", "calls", "decisions", "payments", "commitments", "recovery")


@pytest.fixture
def pekka() -> UUID:
    return customer()


def act_of(pekka: UUID, **narrowed: Any) -> Act:
    right = right_of(official())
    purpose = replace(right.purpose("social_assistance"), **narrowed)
    return Act(uuid4(), right, purpose, pekka)


def seen(pekka: UUID, **narrowed: Any) -> CustomerAssistance:
    return customer_assistance(act_of(pekka, **narrowed))


def pay(pekka: UUID, **fields: Any) -> None:
    told.payment(pekka, **{"benefit_id": BENEFIT} | fields)


def tell_everything(pekka: UUID) -> None:
    decision = told.assistance(pekka)
    told.member(decision)
    told.line(decision)
    application = told.application(pekka, state="decided", decision=decision)
    told.attachment(application)
    told.commitment(pekka)
    told.call(pekka)
    pay(pekka)
    told.recovery(pekka, benefit_id=BENEFIT)


def opened(found: CustomerAssistance) -> set[str]:
    """The parts that hold something."""
    return {name for name in PARTS if getattr(found, name)}


def test_everything_is_read_in_one_statement_and_noted_in_another(
    pekka: UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tell_everything(pekka)
    act = act_of(pekka)
    with django_assert_num_queries(2):
        found = customer_assistance(act)
    assert opened(found) == {*PARTS}


@pytest.mark.parametrize(
    ("group", "parts"),
    [
        (DataGroup.PENDENCY, {"applications", "calls"}),
        (DataGroup.DECISIONS, {"decisions"}),
        (DataGroup.PAYMENTS, {"payments", "commitments"}),
        (DataGroup.RECOVERY, {"recovery"}),
    ],
)
def test_an_agreement_that_opens_one_group_opens_no_more(
    pekka: UUID, group: DataGroup, parts: set[str]
) -> None:
    tell_everything(pekka)
    found = seen(pekka, data_groups=(group,))
    assert opened(found) == parts
    assert all(getattr(found, name) is None for name in PARTS if name not in parts)


def test_a_field_that_is_withheld_is_nowhere(pekka: UUID) -> None:
    reduced = told.assistance(pekka, amount=Decimal("462.74"))
    told.member(reduced)
    cut = {"reduction": 20, "reduction_ground": "refused_work", "amount": Decimal("462.74")}
    told.line(reduced, **cut)
    pay(pekka, payee_kind="landlord", payee_name="Vuokrakodit Oy")
    withheld = (Field.GROUNDS, Field.PAYEE_NAME)
    found = seen(pekka, withheld_fields=withheld)
    assert found.decisions and found.payments
    assert found.decisions[0].decision.grounds is None
    assert [(line.reduction, line.ground) for line in found.decisions[0].lines] == [(20, None)]
    assert found.payments[0].payee_name == ""
    assert seen(pekka).decisions != found.decisions


def test_an_agreement_that_leaves_the_benefit_out_opens_nothing(pekka: UUID) -> None:
    tell_everything(pekka)
    withheld = frozenset({rulebook.Benefit.BASIC_SOCIAL_ASSISTANCE})
    benefits = replace(act_of(pekka).purpose.benefits, exclude=withheld)
    assert seen(pekka, benefits=benefits).is_empty


def test_other_benefits_are_not_read(pekka: UUID) -> None:
    told.decision(pekka)
    told.payment(pekka)
    told.recovery(pekka)
    assert seen(pekka).is_empty


def test_another_customers_rows_are_not_read(pekka: UUID) -> None:
    tell_everything(customer("081099-9436"))
    assert seen(pekka).is_empty


def test_a_decision_comes_with_its_household_and_calculation(pekka: UUID) -> None:
    decision = told.assistance(pekka, amount=Decimal("954.41"))
    told.member(decision)
    told.member(decision, 2, role="child", age_group="under_10")
    child = {"member": 2, "item": "younger_child_1", "stated": Decimal("375.98")}
    told.lines(decision, {}, child)
    [row] = seen(pekka).decisions or ()
    assert [(m.role.value, m.age_group.value) for m in row.household] == [
        ("applicant", "adult"),
        ("child", "under_10"),
    ]
    assert [(line.item.value, str(line.amount)) for line in row.lines] == [
        ("living_alone", "578.43"),
        ("younger_child_1", "375.98"),
    ]


def test_an_application_tells_what_is_still_to_come(pekka: UUID) -> None:
    application = told.application(pekka, state="awaiting", is_urgent=True)
    told.attachment(application, kind="medical_bill", received_on=None)
    told.attachment(application)
    row = seen(pekka).latest_application
    assert row is not None
    assert row.is_urgent and row.is_under_way
    assert [(one.kind.value, one.received_on) for one in row.attachments] == [
        ("bank_statement", date(2026, 11, 2)),
        ("medical_bill", None),
    ]


def test_what_is_over_reaches_back_36_months(pekka: UUID) -> None:
    for day in (date(2023, 11, 19), date(2023, 11, 20)):
        told.application(pekka, arrived_on=day, state="decided")
        told.assistance(pekka, decided_on=day, validity=LONG_AGO, replaced_on=day)
        pay(pekka, paid_on=day)
        paid_back = {"open_amount": 0, "state": "paid"}
        told.recovery(pekka, benefit_id=BENEFIT, claimed_on=day, **paid_back)
    found = seen(pekka)
    for rows in (found.applications, found.decisions, found.payments, found.recovery):
        assert rows is not None
        assert len(rows) == 1


def test_a_commitment_is_shown_while_it_reaches_into_the_look_back(pekka: UUID) -> None:
    for last in (date(2023, 11, 19), date(2023, 11, 20)):
        validity = DateRange(date(2020, 1, 1), last, "[]")
        told.commitment(pekka, given_on=date(2020, 1, 1), validity=validity)
    assert [row.last for row in seen(pekka).commitments or ()] == [date(2023, 11, 20)]


def test_an_old_application_under_way_and_an_old_open_call_are_shown(pekka: UUID) -> None:
    told.application(pekka, arrived_on=date(2019, 1, 1))
    told.call(pekka)
    found = seen(pekka)
    assert found.applications and found.calls


def test_on_top_are_the_latest_application_the_decision_in_force_and_the_next_payment(
    pekka: UUID,
) -> None:
    told.application(pekka, arrived_on=date(2026, 10, 1), state="decided")
    told.application(pekka, arrived_on=date(2026, 11, 19))
    earlier = DateRange(date(2026, 10, 1), date(2026, 11, 1))
    told.assistance(pekka, decided_on=date(2026, 11, 19), validity=earlier)
    told.assistance(pekka, amount=Decimal("600.00"))
    landlord = {"payee_kind": "landlord", "payee_name": "Vuokrakodit Oy"}
    for day, fields in [
        (date(2027, 1, 4), {}),
        (date(2026, 12, 1), {}),
        (date(2026, 12, 1), landlord),
        (date(2026, 11, 2), {"state": "paid"}),
    ]:
        pay(pekka, **{"paid_on": day, "state": "scheduled"} | fields)
    found = seen(pekka)
    assert found.latest_application and found.in_force
    assert found.latest_application.arrived_on == date(2026, 11, 19)
    assert found.in_force.amount == Decimal("600.00")
    assert [(row.paid_on, row.payee.value) for row in found.next_payments] == [
        (date(2026, 12, 1), "landlord"),
        (date(2026, 12, 1), "customer"),
    ]


def test_nothing_is_in_force_when_the_decision_was_a_refusal(pekka: UUID) -> None:
    told.assistance(pekka, kind="rejected", amount=None, amount_unit="")
    assert seen(pekka).in_force is None


def test_months_stand_newest_first_with_what_was_calculated_and_paid(pekka: UUID) -> None:
    decision = told.assistance(pekka, validity=DateRange(date(2026, 10, 1), date(2026, 12, 1)))
    told.member(decision)
    told.line(decision, month=date(2026, 10, 1))
    told.line(decision)
    pay(pekka)
    december = DateRange(date(2026, 12, 1), date(2027, 1, 1))
    pay(pekka, period=december, paid_on=date(2026, 12, 1), state="scheduled")
    months = seen(pekka).months
    assert [(m.first.month, len(m.calculations), len(m.payments)) for m in months] == [
        (12, 0, 1),
        (11, 1, 1),
        (10, 1, 0),
    ]
    assert months[1].calculations[0].result == Decimal("578.43")


def test_where_income_suffices_the_result_is_nothing(pekka: UUID) -> None:
    rejected = told.assistance(pekka, kind="rejected", amount=None, amount_unit="")
    told.member(rejected)
    income = {"part": "income", "item": "pension", "stated": Decimal("600.00")}
    told.lines(rejected, {}, income)
    [calculation] = seen(pekka).months[0].calculations
    assert calculation.difference == Decimal("-21.57")
    assert calculation.result == 0


def test_the_age_of_the_data_is_that_of_the_oldest_shown_file(pekka: UUID) -> None:
    assert seen(pekka).oldest is None
    for file, hour in [
        ("payments.csv", 9),
        ("social_assistance_calculations.csv", 6),
        ("social_assistance_calls.csv", 3),
    ]:
        batch = told.batch(made_at=datetime(2026, 11, 20, hour, tzinfo=UTC))
        with owning():
            Delivery.objects.using("owner").create(
                batch=batch, file=file, sha256="0" * 64, rows=1, merged=1, unchanged=0, rejected=0
            )
    groups = (DataGroup.DECISIONS, DataGroup.PAYMENTS)
    assert seen(pekka, data_groups=groups).oldest == datetime(2026, 11, 20, 6, tzinfo=UTC)
    assert seen(pekka).oldest == datetime(2026, 11, 20, 3, tzinfo=UTC)
