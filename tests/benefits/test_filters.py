"""The page narrowed by benefit, period, state and change, sorted and paged."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authorizations.rulebook import DataGroup
from benefits.rows import CustomerBenefits
from tests import told
from tests.acting import TAMPERE, customer
from tests.benefits.opened import act_of, form_of, narrowed
from tests.harness import TODAY

pytestmark = pytest.mark.django_db

HOUSING = "pensioners_housing_allowance"
FOUND = {
    DataGroup.PENDENCY: "pendency",
    DataGroup.DECISIONS: "decisions",
    DataGroup.PAYMENTS: "payments",
    DataGroup.RECOVERY: "recovery",
}


@pytest.fixture
def eino() -> UUID:
    return customer()


@pytest.fixture
def with_two_benefits(eino: UUID) -> UUID:
    """A row of each of two benefits in every group, the second in another state and year."""
    told.matter(eino, benefit_id="national_pension")
    told.matter(eino, benefit_id=HOUSING, state="received", arrived_on=date(2025, 11, 3))
    told.decision(eino)
    old = {"decided_on": date(2025, 1, 5), "validity": DateRange(date(2025, 1, 1), TODAY)}
    told.decision(eino, benefit_id=HOUSING, kind="revised", **old)
    told.payment(eino)
    told.payment(eino, benefit_id=HOUSING, paid_on=date(2025, 11, 4), state="returned")
    told.recovery(eino, benefit_id="national_pension")
    old_claim = {"claimed_on": date(2025, 5, 9), "state": "suspended"}
    told.recovery(eino, benefit_id=HOUSING, **old_claim)
    told.insurance(eino)
    told.medicine_cap(eino)
    return eino


def slugs(found: CustomerBenefits) -> dict[DataGroup, list[str]]:
    return {
        group: [row.benefit.slug for row in getattr(found, name)] for group, name in FOUND.items()
    }


def test_a_benefit_narrows_every_group_that_has_benefits(with_two_benefits: UUID) -> None:
    found = narrowed(with_two_benefits, benefit=HOUSING)
    assert slugs(found) == {group: [HOUSING] for group in FOUND}
    assert len(found.insurance or ()) == len(found.medicine_cap or ()) == 1


@pytest.mark.parametrize(
    "period",
    [
        {"since": "2026-01-02", "until": "2026-12-31"},
        {"since": "1.12.2025"},
    ],
)
def test_a_period_narrows_every_group(with_two_benefits: UUID, period: dict[str, Any]) -> None:
    found = slugs(narrowed(with_two_benefits, **period))
    assert found.pop(DataGroup.DECISIONS) == ["national_pension", HOUSING]  # both held then
    assert set(map(tuple, found.values())) == {("national_pension",)}


def test_a_period_has_both_its_days(eino: UUID) -> None:
    for day in range(1, 6):
        told.payment(eino, paid_on=date(2026, 10, day))
    payments = narrowed(eino, since="2026-10-02", until="2026-10-04").payments or ()
    assert [row.paid_on.day for row in payments] == [4, 3, 2]


def test_a_period_finds_what_held_or_lasts_in_it(with_two_benefits: UUID) -> None:
    before = narrowed(with_two_benefits, until="2024-12-31")
    assert before.decisions == ()
    assert before.medicine_cap == ()
    assert len(before.insurance or ()) == 1


@pytest.mark.parametrize(
    ("state", "group"),
    [
        ("pendency.received", DataGroup.PENDENCY),
        ("decisions.revised", DataGroup.DECISIONS),
        ("payments.returned", DataGroup.PAYMENTS),
        ("recovery.suspended", DataGroup.RECOVERY),
    ],
)
def test_a_state_narrows_its_own_group(
    with_two_benefits: UUID, state: str, group: DataGroup
) -> None:
    found = slugs(narrowed(with_two_benefits, state=state))
    assert found.pop(group) == [HOUSING]
    assert all(len(rows) == 2 for rows in found.values())


def test_everything_together_narrows_more(with_two_benefits: UUID) -> None:
    asked: dict[str, Any] = {
        "benefit": HOUSING,
        "since": "2026-01-01",
        "state": "payments.returned",
    }
    found = narrowed(with_two_benefits, **asked)
    assert found.payments == ()
    assert found.pages[DataGroup.PAYMENTS].total == 2


def test_only_what_has_changed_is_left(eino: UUID) -> None:
    told.payment(eino, paid_on=date(2026, 10, 1))
    looked_at = timezone.now()
    told.payment(eino, paid_on=date(2026, 9, 1))
    found = narrowed(eino, changed="on", previous=looked_at)
    assert [row.paid_on for row in found.payments or ()] == [date(2026, 9, 1)]


def test_the_overview_is_not_narrowed(with_two_benefits: UUID) -> None:
    told.payment(with_two_benefits, paid_on=date(2026, 12, 7), state="scheduled")
    asked: dict[str, Any] = {"benefit": HOUSING, "since": "2030-01-01", "state": "payments.paid"}
    whole, few = narrowed(with_two_benefits), narrowed(with_two_benefits, **asked)
    assert not any(page.found for group, page in few.pages.items() if group in FOUND)
    assert (few.applied, few.decided, few.others) == (whole.applied, whole.decided, whole.others)
    assert few.next_payments == whole.next_payments != ()
    assert few.months == whole.months


def test_the_benefits_to_choose_from_are_those_of_the_customer(with_two_benefits: UUID) -> None:
    told.payment(with_two_benefits, benefit_id="basic_social_assistance")
    act = act_of(with_two_benefits)
    form = form_of(act, benefit="child_benefit")
    form.offer_benefits(narrowed(with_two_benefits).benefits)
    offered = dict(form.fields["benefit"].choices)  # type: ignore[attr-defined]  # a ChoiceField
    assert set(offered) == {"", "child_benefit", "national_pension", HOUSING}


# --- what makes no sense ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"benefit": "no_such"}, "benefit"),
        ({"benefit": "basic_social_assistance"}, "benefit"),  # this purpose never shows it
        ({"since": "yesterday"}, "since"),
        ({"until": "2026-02-30"}, "until"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "until"),
        ({"state": "payments.lost"}, "state"),
        ({"state": "insurance.open"}, "state"),
        ({"payments_sort": "payee_name"}, "__all__"),
        ({"payments_sort": "--gross"}, "__all__"),
        ({"payments_sort": "gross; DROP TABLE payments"}, "__all__"),
        ({"payments_page": "0"}, "__all__"),
        ({"payments_page": "-1"}, "__all__"),
        ({"payments_page": "two"}, "__all__"),
        ({"payments_page": "1e9"}, "__all__"),
        ({"payments_page": "9999999"}, "__all__"),
    ],
)
def test_what_makes_no_sense_is_told_and_the_rest_holds(
    eino: UUID, asked: dict[str, Any], field: str
) -> None:
    form = form_of(act_of(eino), **{"changed": "on", "decisions_sort": "-amount"} | asked)
    assert list(form.errors) == [field]
    kept = {"changed": True, "decisions_sort": "-amount"}
    kept |= {"since": "2026-02-01"} if "2026-01-01" in asked.values() else {}
    assert form.filters.told() == kept


def test_a_purpose_offers_the_states_of_its_own_groups(eino: UUID) -> None:
    act = act_of(eino, "integration_benefits", TAMPERE)
    assert form_of(act, state="payments.paid").is_valid()
    assert not form_of(act, state="recovery.open").is_valid()


# --- order and pages ----------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["paid_on", "first", "gross", "tax", "deductions", "net"])
def test_payments_are_sorted_either_way(eino: UUID, field: str) -> None:
    for number in (2, 3, 1):
        gross = Decimal(number)
        amounts = {"gross": gross * 3, "tax": gross, "deductions": gross, "net": gross}
        first = date(2026, number, 1)
        period = DateRange(first, first + timedelta(days=20))
        told.payment(eino, paid_on=date(2026, number, 7), period=period, **amounts)
    up = [getattr(row, field) for row in narrowed(eino, payments_sort=field).payments or ()]
    down = [getattr(row, field) for row in narrowed(eino, payments_sort=f"-{field}").payments or ()]
    assert up == down[::-1]
    assert all(one < other for one, other in pairwise(up))


def test_benefits_are_sorted_by_their_names(eino: UUID) -> None:
    for benefit in ("national_pension", HOUSING, "child_benefit"):
        told.payment(eino, benefit_id=benefit)
    rows = narrowed(eino, payments_sort="benefit").payments or ()
    titles = [row.benefit.title for row in rows]
    assert titles == sorted(titles)


def test_rows_without_an_amount_come_last_either_way(eino: UUID) -> None:
    told.decision(eino)
    told.decision(eino, benefit_id=HOUSING, kind="rejected", amount=None, amount_unit="")
    for sort in ("amount", "-amount"):
        rows = narrowed(eino, decisions_sort=sort).decisions or ()
        assert [row.amount for row in rows] == [Decimal("784.52"), None]


@pytest.mark.parametrize(
    ("rows", "page", "shown", "number", "pages"),
    [
        (0, 1, 0, 1, 1),
        (1, 1, 1, 1, 1),
        (25, 1, 25, 1, 1),
        (25, 2, 25, 1, 1),
        (26, 1, 25, 1, 2),
        (26, 2, 1, 2, 2),
        (50, 2, 25, 2, 2),
        (50, 3, 25, 2, 2),
        (50, 999_999, 25, 2, 2),
    ],
)
def test_a_page_has_25_rows_and_the_last_one_the_rest(
    eino: UUID, rows: int, page: int, shown: int, number: int, pages: int
) -> None:
    told.payments(eino, [TODAY - timedelta(days=day) for day in range(rows)])
    found = narrowed(eino, payments_page=page)
    payments = found.pages[DataGroup.PAYMENTS]
    assert (len(payments.rows), payments.number, payments.pages) == (shown, number, pages)
    assert payments.found == rows


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sort=st.sampled_from(["", "gross", "-net", "benefit", "-paid_on"]))
def test_the_pages_together_are_all_rows_once(eino_with_60: UUID, sort: str) -> None:
    asked: dict[str, Any] = {"payments_sort": sort} if sort else {}
    pages = [narrowed(eino_with_60, payments_page=page, **asked).payments for page in (1, 2, 3)]
    together = [row for page in pages for row in page or ()]
    assert tuple(together) == narrowed(eino_with_60, whole=True, **asked).payments
    assert len(together) == 60


@pytest.fixture
def eino_with_60(eino: UUID) -> UUID:
    told.payments(eino, [TODAY - timedelta(days=day) for day in range(60)])
    return eino
