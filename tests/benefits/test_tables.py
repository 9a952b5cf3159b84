"""How a row of a data group reads in its table."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from benefits import tables
from benefits.queries import customer_benefits
from benefits.rows import CustomerBenefits
from kelmu.tables import Table
from tests import told
from tests.acting import PIRKANMAA, TAMPERE, customer
from tests.benefits.opened import act_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def eino() -> UUID:
    return customer()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def found(eino: UUID, purpose: str = "other_benefits", at: str = PIRKANMAA) -> CustomerBenefits:
    return customer_benefits(act_of(eino, purpose, at))


def cells(table: Table) -> dict[str, str]:
    """The cells of the table's only row, by their headings."""
    [(_mark, line)] = table.lines()
    return {column.label: str(text) for column, text in line}


def test_a_decision_tells_its_grounds_beside_the_law(eino: UUID) -> None:
    told.decision(eino)
    row = cells(tables.decisions(found(eino).decisions or ()))
    assert row["Grounds"] == "the conditions are met (568/2007 10\N{NO-BREAK SPACE}§)"
    assert row["Decision"] == "granted"


@pytest.mark.parametrize(
    ("upper", "replaced_on", "time"),
    [
        (None, None, "1.1.2026–"),
        (None, date(2026, 6, 1), "1.1.–31.5.2026"),
        (date(2026, 9, 1), None, "1.1.–31.8.2026"),
        (date(2026, 9, 1), date(2026, 6, 1), "1.1.–31.5.2026"),
        (date(2026, 9, 1), date(2026, 11, 1), "1.1.–31.8.2026"),
    ],
)
def test_a_decision_concerns_the_time_until_a_later_one_holds(
    eino: UUID, upper: date | None, replaced_on: date | None, time: str
) -> None:
    told.decision(eino, validity=DateRange(date(2026, 1, 1), upper), replaced_on=replaced_on)
    assert cells(tables.decisions(found(eino).decisions or ()))["For the time"] == time


def test_a_decision_on_a_coming_time_says_so(eino: UUID) -> None:
    told.decision(eino, validity=DateRange(date(2027, 1, 1), None))
    row = cells(tables.decisions(found(eino).decisions or ()))
    assert row["Decision"] == "granted, to come"


def test_a_payment_tells_why_less_was_paid_and_to_whom(eino: UUID) -> None:
    told.payment(eino, payee_kind="authority", payee_name="Pirkanmaan hyvinvointialue")
    row = cells(tables.payments(found(eino).payments or ()))
    assert "€100.00" in row["Deductions"]
    assert "recovery" in row["Deductions"]
    assert row["Payee"] == "Pirkanmaan hyvinvointialue, …\N{WORD JOINER}1234"


def test_integration_work_reads_neither_the_reason_nor_the_name_nor_the_account(
    eino: UUID,
) -> None:
    told.payment(eino, payee_kind="authority", payee_name="Pirkanmaan hyvinvointialue")
    row = cells(tables.payments(found(eino, "integration_benefits", TAMPERE).payments or ()))
    assert row["Deductions"] == "€100.00"
    assert row["Payee"] == "an authority, on its demand"


def test_a_recovery_tells_the_day_of_its_decision(eino: UUID) -> None:
    decision = told.decision(
        eino, benefit_id="general_housing_allowance", kind="recovery", decided_on=date(2026, 5, 8)
    )
    told.recovery(eino, decision=decision)
    row = cells(tables.recovery(found(eino).recovery or ()))
    assert row["Decided"] == "8.5.2026"


def test_an_insurance_abroad_names_the_country(eino: UUID) -> None:
    told.insurance(eino, covered=False, country="SE", basis="employment")
    row = cells(tables.insurance(found(eino).insurance or ()))
    assert (row["Covered in Finland"], row["Country"]) == ("no", "Sweden")


def test_a_pension_of_others_tells_payer_amount_and_since_when(eino: UUID) -> None:
    told.data_from_others(eino, gross=Decimal("1412.30"))
    row = cells(tables.data_from_others(found(eino).data_from_others or ()))
    assert row == {
        "Pension": "Earnings-related old-age pension",
        "Payer": "Eläkevakuutus Havu",
        "Gross a month": "€1,412.30",
        "Period": "1.11.2017–",
    }
