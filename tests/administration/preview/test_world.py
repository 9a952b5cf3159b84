"""The world of a preview: nothing but the synthetic customer can be read in it."""

from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from administration.preview.world import AS_AGREED, AS_THEY_ARE, world_of
from audit import services as log
from audit.models import ActKind
from authorizations.door import (
    Act,
    who,
    write_act,
    write_action_act,
    write_action_list,
    write_list_act,
)
from authorizations.refusals import Refused
from authorizations.rights import SYNTHETIC_CUSTOMER, Right
from authorizations.rulebook import Action, DataGroup, Field, Listing
from benefits import words
from benefits.models import CalculationLine, Decision, Payment, Recovery
from benefits.reference import benefits
from benefits.social_assistance import words as own_words
from customers.models import Customer, IdentityCode
from kelmu import clock
from notifications.listings.shapes import SHAPES
from notifications.listings.words import PUBLISHED, SHARES_FROM_2025, SHARES_UNTIL_2024
from notifications.models import Publication
from payment_demands.models import Demand, Version
from payment_demands.terms import Terms
from tests.acting import customer, kela_admin, right_of
from tests.administration.preview.previewing import log_of, previewer
from tests.agreeing import version_of
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
DAYS = [date(2021, 1, 1), date(2022, 12, 31), date(2024, 2, 29), TODAY, date(2031, 7, 31)]
COLUMNS = """
    SELECT relname, array_agg(attname::text ORDER BY attname)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p', 'v') AND NOT relispartition
        AND attnum > 0 AND NOT attisdropped
    GROUP BY relname
"""

# The tables whose rows are of a customer, or of something that is.
OF_CUSTOMERS = """
    WITH RECURSIVE of_customer (id) AS (
        SELECT 'customers_customer'::regclass::oid
        UNION
        SELECT conrelid FROM pg_constraint JOIN of_customer ON confrelid = id
    )
    SELECT id::regclass::text FROM of_customer
"""

# What each view of the world is made of, with every schema named.
VIEWS = """
    SELECT c.relname, pg_get_viewdef(c.oid) FROM pg_class AS c
    WHERE c.relnamespace = 'preview'::regnamespace AND c.relkind = 'v'
"""


def world(on: date = TODAY) -> Any:
    return world_of(version_of(), on, right_of(kela_admin("preparing")))


def columns_of(schema: str) -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [schema])
        return dict(cursor.fetchall())


def test_no_table_that_names_a_customer_is_there_as_it_is() -> None:
    with connection.cursor() as cursor:
        cursor.execute(OF_CUSTOMERS)
        of_customers = {name for (name,) in cursor.fetchall()}
    assert {"customers_customer", "benefits_payment", "benefits_attachment"} < of_customers
    assert not of_customers & {*AS_THEY_ARE, *AS_AGREED}


def test_each_table_has_the_columns_that_code_asks_for() -> None:
    real, previewed = columns_of("public"), columns_of("preview")
    assert {name: real[name] for name in previewed if name in real} == {
        name: previewed[name] for name in previewed if name in real
    }
    assert set(previewed) - set(real) == {
        "file",
        "granted",
        "assisted",
        "forwarded",
        "published",
        "notifications_handling_id_seq",
    }


def test_there_is_one_customer_and_it_is_the_synthetic_one() -> None:
    customer()
    with world():
        assert list(Customer.objects.values_list("pk", flat=True)) == [SYNTHETIC_CUSTOMER]
        assert list(IdentityCode.objects.values_list("code", flat=True)) == ["131085-900D"]
    assert Customer.objects.count() == 1
    assert not Customer.objects.filter(pk=SYNTHETIC_CUSTOMER).exists()


def test_what_was_prepared_outside_is_asked_anew_in_a_preview_and_again_after_it() -> None:
    customer()
    names = Customer.objects.values_list("family_name", flat=True)
    for _ in range(20):
        assert list(names.all()) == ["Esimerkki"]
    with world():
        assert [list(names.all()) for _ in range(20)] == [["Esikatselu"]] * 20
    assert list(names.all()) == ["Esimerkki"]


def test_whatever_else_there_is_has_no_rows() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = ''")
        cursor.execute(VIEWS)
        definitions = dict(cursor.fetchall())
        cursor.execute("SET LOCAL search_path = public")
    real = columns_of("public")
    reading = {name for name, text in definitions.items() if f"public.{name}" in text}
    assert set(real) <= set(definitions)
    empty = {name for name in reading if definitions[name].endswith("WHERE false;")}
    assert reading - empty == {*AS_THEY_ARE, *AS_AGREED}
    assert {"audit_entry", "authorizations_session", "notifications_answer"} < empty


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT audit_write('{}'::jsonb, '{}')",
        "UPDATE organisations_organisation SET name_fi = ''",
        "DELETE FROM benefits_payment",
        "INSERT INTO customers_customer (id) VALUES (NULL)",
    ],
)
def test_nothing_can_be_written(statement: str) -> None:
    with world(), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


def test_after_the_preview_everything_is_as_before() -> None:
    with world(date(2022, 1, 1)):
        assert clock.shown_day() == clock.shown_moment().date() == date(2022, 1, 1)
        assert clock.today() == TODAY  # by which goes what is kept between requests
    assert clock.shown_day() == TODAY
    with pytest.raises(KeyError), world(date(2022, 1, 1)):
        raise KeyError
    assert clock.shown_day() == TODAY
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")


def test_the_door_opens_nobody_else_in_a_preview() -> None:
    right = previewed_right()
    purpose = right.purpose("other_benefits")
    act = write_act(ActKind.OPEN, right, purpose, SYNTHETIC_CUSTOMER)
    assert act == Act(right.preview.entry, right, purpose, SYNTHETIC_CUSTOMER)  # type: ignore[union-attr]  # it is a preview
    somebody = customer()
    with pytest.raises(Refused):
        write_act(ActKind.OPEN, right, purpose, somebody)
    action = right.action(Action.PAYMENT_DEMANDS)
    assert write_action_act(ActKind.VIEW, right, action, SYNTHETIC_CUSTOMER).id == act.id
    with pytest.raises(Refused):
        write_action_act(ActKind.VIEW, right, action, somebody)


def test_lists_of_a_preview_are_of_the_row_of_its_page() -> None:
    right = previewed_right()
    told = {"persons": [SYNTHETIC_CUSTOMER], "kind": ActKind.VIEW, "right": right}
    purpose, action = right.purpose("other_benefits"), right.action(Action.PAYMENT_DEMANDS)
    entry = right.preview.entry  # type: ignore[union-attr]  # it is a preview
    assert write_list_act(**told, purpose=purpose, municipality="837").id == entry  # type: ignore[arg-type]  # of several kinds
    assert write_action_list(**told, action=action) == entry  # type: ignore[arg-type]  # the same
    assert len(log_of()) == 1


def test_a_preview_writes_nothing_for_the_organisation() -> None:
    with pytest.raises(log.NotWritten), transaction.atomic():
        log.write(log.Row(act=ActKind.VIEW, **who(previewed_right())))


def previewed_right() -> Right:
    right: Right = previewer().see().context["right"]
    return right


@pytest.mark.parametrize("what", ["customer", "organisation_id"])
def test_the_log_takes_no_preview_of_somebody_else(what: str) -> None:
    other = {"customer": customer(), "organisation_id": version_of().agreement.organisation_id}
    log.act_for(other["organisation_id"])  # type: ignore[arg-type]  # that one is a number
    with pytest.raises(log.NotWritten), transaction.atomic():
        log.write(log.Row(act=ActKind.PREVIEW, **{what: other[what]}))  # type: ignore[arg-type]  # one of two


@pytest.mark.parametrize("on", DAYS)
def test_every_day_has_rows_before_and_after_every_look_back(on: date) -> None:
    with world(on):
        for months in (1, 6, 12, 24, 36):
            since = on.replace(year=on.year - months // 12, day=1)
            assert Payment.objects.filter(paid_on__lt=since).exists()
            assert Payment.objects.filter(paid_on__gte=since, paid_on__lte=on).exists()
        assert Payment.objects.filter(state="scheduled", paid_on__gt=on).exists()
        assert not Payment.objects.filter(state="scheduled", paid_on__lte=on).exists()
        assert not Decision.objects.filter(decided_on__gt=on).exists()
        assert not Recovery.objects.filter(claimed_on__gt=on).exists()


@pytest.mark.parametrize("on", DAYS)
def test_there_is_every_benefit_of_the_day_and_none_that_does_not_exist(on: date) -> None:
    month = on.replace(day=1)
    of_day = {
        slug
        for slug, one in benefits().items()
        if one.valid_from <= month and (one.valid_to is None or one.valid_to > month)
    }
    with world(on):
        now = Decision.objects.filter(validity__contains=on)
        assert set(now.values_list("benefit", flat=True)) == of_day
        rows = [*Payment.objects.filter(paid_on__lte=on)]
    for row in rows:
        known = benefits()[row.benefit_id]
        assert known.valid_from <= row.period.lower
        assert known.valid_to is None or row.period.lower < known.valid_to


@pytest.mark.parametrize("on", DAYS)
def test_the_calculations_add_up_to_their_decisions_and_payments(on: date) -> None:
    with world(on):
        decisions = {row.pk: row for row in Decision.objects.all()}
        lines = list(CalculationLine.objects.all())
        payments = list(Payment.objects.filter(benefit="basic_social_assistance"))
    sums: dict[int, Decimal] = {}
    for line in lines:
        signed = -line.amount if line.part == "income" else line.amount
        sums[line.decision_id] = sums.get(line.decision_id, Decimal(0)) + signed
    assert len(sums) > 36
    for pk, total in sums.items():
        assert (decisions[pk].amount or 0) == max(total, 0)
        paid = sum(row.gross for row in payments if row.decision_id == pk)
        assert paid == (decisions[pk].amount or 0)
    assert any(total < 0 for total in sums.values())
    assert any(line.reduction for line in lines)


def test_there_are_rows_of_every_state_and_kind_that_can_be_withheld() -> None:
    with world():
        kinds = set(Decision.objects.values_list("kind", flat=True))
        states = set(Payment.objects.values_list("state", flat=True))
        reasons = set(Payment.objects.values_list("deduction_reason", flat=True))
        payees = set(Payment.objects.exclude(payee_name="").values_list("payee_kind", flat=True))
        calls = set(own_words.CallState)
    assert kinds == set(words.DecisionKind) - {"ended"}
    assert states == set(words.PaymentState)
    assert {"recovery", "payment_demand"} < reasons
    assert payees == {"authority", "landlord"}
    assert calls


def rows_of(one: Publication) -> QuerySet[Any, Any]:
    shape = SHAPES[Listing(one.listing)]
    return QuerySet(shape.model).filter(publication=one.pk)


@pytest.mark.parametrize("on", DAYS)
def test_the_lists_add_up_and_no_list_is_of_a_day_to_come(on: date) -> None:
    with world(on):
        lists = list(Publication.objects.filter(municipality="837"))
        rows = {one.pk: list(rows_of(one)) for one in lists}
    assert {one.listing for one in lists} == {one.value for one in PUBLISHED}
    for one in lists:
        assert one.period.lower < one.published_on <= on
        assert one.rows == len(rows[one.pk]) > 0
        amounts = [row.amount for row in rows[one.pk] if hasattr(row, "amount")]
        assert (one.total or 0) == sum(amounts)
    shares = {row.share for row in chain(*rows.values()) if hasattr(row, "share")}
    assert shares <= {*SHARES_UNTIL_2024, *SHARES_FROM_2025}


@pytest.mark.parametrize("on", DAYS)
def test_there_are_demands_in_every_state_that_lasts(on: date) -> None:
    with world(on):
        demands = list(Demand.objects.select_related("payee", "municipality"))
        versions = list(Version.objects.all())
    states = {one.state for one in demands}
    assert states == {"accepted", "registered", "rejected", "ended", "draft"}
    assert all(one.changed_on <= on for one in demands)
    assert sum(one.version for one in demands) == len(versions)
    assert all(Terms.of(one) for one in demands)


def test_every_group_shows_rows_and_every_field_that_can_be_withheld() -> None:
    page = previewer().open_customer()
    groups = {group["slug"]: group for group in page.context["groups"]}
    assert set(groups) == set(DataGroup)
    assert all(group["found"] for group in groups.values())
    assert not page.context["is_empty"]
    assert {field.split(".")[0] for field in Field} <= set(groups)
