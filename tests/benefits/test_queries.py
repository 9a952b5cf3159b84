"""What leaves the database for a purpose, and how the four questions are answered."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from authorizations.rulebook import DataGroup, Field
from benefits.queries import customer_benefits
from benefits.rows import CustomerBenefits
from intake.models import Delivery
from organisations.models import AgreedPurpose
from tests import told
from tests.acting import PIRKANMAA, TAMPERE, customer, owning
from tests.benefits.opened import act_of

pytestmark = pytest.mark.django_db

YEARS_AGO = DateRange(date(2021, 1, 1), date(2021, 2, 1))


@pytest.fixture
def eino() -> UUID:
    return customer()


def seen(eino: UUID, purpose: str = "other_benefits", at: str = PIRKANMAA) -> CustomerBenefits:
    return customer_benefits(act_of(eino, purpose, at))


def tell_everything(eino: UUID, benefit: str) -> None:
    told.matter(eino, benefit_id=benefit)
    told.decision(eino, benefit_id=benefit)
    told.payment(eino, benefit_id=benefit)
    told.recovery(eino, benefit_id=benefit)


def test_everything_is_read_in_one_statement(
    eino: UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tell_everything(eino, "national_pension")
    told.insurance(eino)
    told.medicine_cap(eino)
    told.data_from_others(eino)
    act = act_of(eino)
    with django_assert_num_queries(1):
        found = customer_benefits(act)
    assert found.pendency and found.decisions and found.payments
    assert found.insurance and found.recovery and found.medicine_cap
    assert found.data_from_others


def test_an_amount_keeps_its_cents(eino: UUID) -> None:
    told.payment(eino, gross="9999999999.10", tax=0, net="9999999899.10")
    payments = seen(eino).payments
    assert payments is not None
    assert str(payments[0].gross) == "9999999999.10"


@pytest.mark.parametrize("slug", ["basic_social_assistance", "earnings_related_allowance"])
@pytest.mark.parametrize(
    ("purpose", "at"), [("other_benefits", PIRKANMAA), ("integration_benefits", TAMPERE)]
)
def test_the_tab_never_shows_social_assistance_nor_earnings_related_allowance(
    eino: UUID, purpose: str, at: str, slug: str
) -> None:
    tell_everything(eino, slug)
    assert seen(eino, purpose, at).is_empty


def test_what_is_hidden_leaves_no_trace(eino: UUID) -> None:
    before = seen(eino)
    tell_everything(eino, "basic_social_assistance")
    assert seen(eino) == before


def test_social_assistance_shows_basic_social_assistance_only(eino: UUID) -> None:
    tell_everything(eino, "basic_social_assistance")
    tell_everything(eino, "national_pension")
    told.insurance(eino)
    told.medicine_cap(eino)
    found = seen(eino, "social_assistance")
    assert found.insurance is None
    assert found.medicine_cap is None
    groups = (found.pendency, found.decisions, found.payments, found.recovery)
    slugs = [[row.benefit.slug for row in rows or ()] for rows in groups]
    assert slugs == [["basic_social_assistance"]] * 4


def test_integration_work_sees_no_insurance_recovery_or_medicine(eino: UUID) -> None:
    tell_everything(eino, "labour_market_subsidy")
    told.insurance(eino)
    told.medicine_cap(eino)
    told.data_from_others(eino)
    found = seen(eino, "integration_benefits", TAMPERE)
    assert (found.insurance, found.recovery, found.medicine_cap) == (None, None, None)
    assert found.data_from_others is None
    assert found.pendency and found.decisions and found.payments


def test_integration_work_is_not_told_to_whom_and_why_less_was_paid(eino: UUID) -> None:
    told.payment(eino, payee_kind="authority", payee_name="Pirkanmaan hyvinvointialue")
    with CaptureQueriesContext(connection) as queries:
        [row] = seen(eino, "integration_benefits", TAMPERE).payments or ()
    assert (row.payee_name, row.account_last4, row.deduction_reason) == ("", "", None)
    asked = queries[-1]["sql"]
    assert "deductions" in asked
    for field in ("payee_name", "account_last4", "deduction_reason"):
        assert field not in asked


@pytest.mark.parametrize("field", Field)
def test_a_field_that_the_agreement_withholds_does_not_leave_the_query(
    eino: UUID, field: Field
) -> None:
    tell_everything(eino, "national_pension")
    told.data_from_others(eino)
    group, _, name = field.partition(".")
    with owning():
        AgreedPurpose.objects.using("owner").filter(purpose="other_benefits").update(
            withheld_fields=[field]
        )
    with CaptureQueriesContext(connection) as queries:
        [row] = getattr(seen(eino), group)
    assert not getattr(row, name)
    assert f'"{name}"' not in queries[-1]["sql"]


def test_a_decision_on_a_coming_time_is_shown_however_long_ago_it_was_made(eino: UUID) -> None:
    coming = DateRange(date(2027, 1, 1), None)
    told.decision(eino, decided_on=date(2022, 1, 5), validity=coming)
    [row] = seen(eino).decisions or ()
    assert row.is_coming_on(date(2026, 12, 31))
    assert not row.is_coming_on(date(2027, 1, 1))
    assert not row.in_force_on(date(2026, 12, 31))


def test_what_is_to_come_is_another_benefit_too_after_what_is_in_force(eino: UUID) -> None:
    coming = DateRange(date(2027, 1, 1), None)
    told.decision(eino, decided_on=date(2026, 3, 1), benefit_id="student_aid")
    told.decision(eino, decided_on=date(2026, 2, 1), validity=coming)
    told.decision(
        eino, benefit_id="guarantee_pension", validity=DateRange(date(2026, 1, 1), coming.lower)
    )
    told.decision(eino, benefit_id="guarantee_pension", validity=coming)
    others = [(row.benefit.slug, row.first) for row in seen(eino).others]
    assert others == [
        ("national_pension", date(2027, 1, 1)),
        ("guarantee_pension", date(2026, 1, 1)),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"replaced_on": date(2027, 1, 1)},
        {"kind": "rejected", "amount": None, "amount_unit": ""},
        {"validity": DateRange(date(2026, 11, 20), None)},
    ],
)
def test_what_was_refused_or_replaced_or_began_is_not_to_come(
    eino: UUID, changed: dict[str, Any]
) -> None:
    told.decision(eino, **{"validity": DateRange(date(2027, 1, 1), None)} | changed)
    [row] = seen(eino).decisions or ()
    assert not row.is_coming_on(date(2026, 11, 20))


def test_another_customers_rows_are_not_read(eino: UUID) -> None:
    tell_everything(customer("081099-9436"), "national_pension")
    assert seen(eino).is_empty


def test_payments_reach_back_36_months_for_other_benefits(eino: UUID) -> None:
    for day in (date(2023, 11, 19), date(2023, 11, 20), date(2026, 12, 7)):
        told.payment(eino, paid_on=day, state="scheduled")
    days = [row.paid_on for row in seen(eino).payments or ()]
    assert days == [date(2026, 12, 7), date(2023, 11, 20)]


def test_payments_reach_back_12_months_for_integration_work(eino: UUID) -> None:
    for day in (date(2025, 11, 19), date(2025, 11, 20)):
        told.payment(eino, paid_on=day)
    found = seen(eino, "integration_benefits", TAMPERE)
    assert [row.paid_on for row in found.payments or ()] == [date(2025, 11, 20)]


def test_an_old_decision_is_shown_while_it_is_in_force(eino: UUID) -> None:
    long_ago = date(2011, 3, 1)
    told.decision(eino, decided_on=long_ago, validity=DateRange(long_ago, None))
    told.decision(
        eino, benefit_id="guarantee_pension", decided_on=long_ago, validity=YEARS_AGO
    )  # in force no more
    assert [row.benefit.slug for row in seen(eino).decisions or ()] == ["national_pension"]


def test_an_old_decision_that_was_replaced_is_gone(eino: UUID) -> None:
    long_ago = date(2011, 3, 1)
    validity = DateRange(long_ago, None)
    told.decision(eino, decided_on=long_ago, validity=validity, replaced_on=date(2026, 11, 20))
    assert seen(eino).decisions == ()


def test_an_old_decision_holds_until_the_day_that_it_is_replaced(eino: UUID) -> None:
    long_ago = date(2011, 3, 1)
    validity = DateRange(long_ago, None)
    told.decision(eino, decided_on=long_ago, validity=validity, replaced_on=date(2026, 11, 21))
    decisions = seen(eino).decisions or ()
    assert [row.in_force_on(date(2026, 11, 20)) for row in decisions] == [True]
    assert [row.in_force_on(date(2026, 11, 21)) for row in decisions] == [False]


def test_an_old_claim_is_shown_while_something_is_open(eino: UUID) -> None:
    told.recovery(eino, claimed_on=date(2015, 1, 1))
    told.recovery(eino, claimed_on=date(2015, 1, 2), open_amount=0, state="paid")
    assert [row.claimed_on for row in seen(eino).recovery or ()] == [date(2015, 1, 1)]


def test_insurance_that_ended_before_the_look_back_is_not_shown(eino: UUID) -> None:
    abroad = {"covered": False, "country": "SE", "basis": "employment"}
    told.insurance(eino, validity=DateRange(date(2020, 1, 1), date(2023, 11, 20)), **abroad)
    told.insurance(eino, validity=DateRange(date(2023, 11, 20), date(2023, 11, 22)), **abroad)
    told.insurance(eino, validity=DateRange(date(2024, 1, 1), None))
    rows = [(row.first, row.last) for row in seen(eino).insurance or ()]
    assert rows == [(date(2024, 1, 1), None), (date(2023, 11, 20), date(2023, 11, 21))]


def test_a_pension_of_others_is_shown_while_it_lasts_and_as_far_back_as_the_rest(
    eino: UUID,
) -> None:
    told.data_from_others(eino, validity=DateRange(date(2020, 1, 1), date(2023, 11, 20)))
    told.data_from_others(eino, validity=DateRange(date(2023, 11, 20), date(2024, 1, 1)))
    told.data_from_others(eino, validity=DateRange(date(2024, 1, 1), None), gross="420.00")
    rows = [(row.first, row.last, row.gross) for row in seen(eino).data_from_others or ()]
    assert rows == [
        (date(2024, 1, 1), None, Decimal("420.00")),
        (date(2023, 11, 20), date(2023, 12, 31), Decimal("412.30")),
    ]


def test_a_claim_tells_the_day_of_its_decision_and_a_payment_why_less_came(eino: UUID) -> None:
    decision = told.decision(
        eino, benefit_id="general_housing_allowance", kind="recovery", decided_on=date(2026, 5, 8)
    )
    told.recovery(eino, decision=decision)
    told.payment(eino)
    found = seen(eino)
    assert [row.decided_on for row in found.recovery or ()] == [date(2026, 5, 8)]
    assert [row.deduction_reason for row in found.payments or ()] == ["recovery"]
    assert [row.grounds for row in found.decisions or ()] == ["conditions_met"]


def test_a_matter_that_is_decided_is_pending_no_more(eino: UUID) -> None:
    told.matter(eino, state="decided")
    told.matter(eino, state="withdrawn")
    assert seen(eino).applied == ()


def test_the_newest_decision_answers_whether_it_has_been_decided(eino: UUID) -> None:
    told.decision(eino, decided_on=date(2026, 1, 5))
    told.decision(eino, benefit_id="pensioners_housing_allowance", decided_on=date(2026, 2, 1))
    told.decision(eino, benefit_id="pensioners_care_allowance", decided_on=date(2026, 1, 2))
    found = seen(eino)
    assert found.decided is not None
    assert found.decided.benefit.slug == "pensioners_housing_allowance"
    others = [row.benefit.slug for row in found.others]
    assert others == ["national_pension", "pensioners_care_allowance"]


def test_a_benefit_that_was_refused_or_is_over_is_no_other_benefit(eino: UUID) -> None:
    told.decision(eino, decided_on=date(2026, 3, 1), benefit_id="student_aid")
    told.decision(
        eino, benefit_id="sickness_allowance", kind="rejected", amount=None, amount_unit=""
    )
    told.decision(
        eino,
        benefit_id="rehabilitation_allowance",
        validity=DateRange(date(2026, 1, 1), date(2026, 11, 20)),
    )
    assert seen(eino).others == ()


def test_the_next_payment_of_each_benefit_is_told_soonest_first(eino: UUID) -> None:
    housing = "pensioners_housing_allowance"
    for benefit, day, state in [
        ("national_pension", date(2026, 12, 7), "scheduled"),
        ("national_pension", date(2027, 1, 7), "scheduled"),
        (housing, date(2026, 12, 4), "scheduled"),
        (housing, date(2026, 11, 19), "scheduled"),
        ("student_aid", date(2026, 12, 1), "cancelled"),
    ]:
        told.payment(eino, benefit_id=benefit, paid_on=day, state=state)
    coming = [(row.benefit.slug, row.paid_on) for row in seen(eino).next_payments]
    assert coming == [(housing, date(2026, 12, 4)), ("national_pension", date(2026, 12, 7))]


def test_the_next_payment_is_told_whole_when_a_part_of_it_goes_to_another(eino: UUID) -> None:
    day = date(2026, 12, 7)
    for payee, name, net in (("customer", "", "544.52"), ("authority", "Pirkanmaa", "240.00")):
        to = {"payee_kind": payee, "payee_name": name, "gross": net, "net": net}
        to |= {"tax": "0", "deductions": "0", "deduction_reason": ""}
        told.payment(eino, paid_on=day, state="scheduled", **to)
    coming = [(row.payee_name, str(row.net)) for row in seen(eino).next_payments]
    assert coming == [("Pirkanmaa", "240.00"), ("", "544.52")]


def test_the_age_of_the_data_is_that_of_the_newest_delivery_of_each_shown_file(eino: UUID) -> None:
    assert seen(eino).oldest is None
    for file, hour in [
        ("payments.csv", 3),
        ("payments.csv", 9),
        ("decisions.csv", 6),
        ("medicine_caps.csv", 1),  # not shown to integration work
    ]:
        made_at = datetime(2026, 11, 20, hour, tzinfo=UTC)
        batch = told.batch(made_at=made_at)
        with owning():
            Delivery.objects.using("owner").create(
                batch=batch, file=file, sha256="0" * 64, rows=1, merged=1, unchanged=0, rejected=0
            )
    found = seen(eino, "integration_benefits", TAMPERE)
    assert found.oldest == datetime(2026, 11, 20, 6, tzinfo=UTC)
    assert found.made_at[DataGroup.PAYMENTS] == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert set(found.made_at) == {DataGroup.DECISIONS, DataGroup.PAYMENTS}


PREPARED = "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE '%WITH told AS%'"


def test_what_is_asked_again_and_again_is_planned_once_for_a_connection(eino: UUID) -> None:
    for _ in range(20):
        seen(eino)
    with connection.cursor() as cursor:
        cursor.execute(PREPARED)
        assert [plans > 0 for (plans,) in cursor.fetchall()] == [True]
