"""What the database itself refuses to hold of a customer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from customers.models import Customer, IdentityCode
from tests import told
from tests.acting import CUSTOMER, customer, owning

pytestmark = pytest.mark.django_db

OTHER_CODE = "081099-9436"


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield


def give_code(subject: UUID, code: str, *, is_current: bool) -> None:
    batch = told.batch()
    with owning():
        IdentityCode.objects.using("owner").create(
            code=code, customer_id=subject, is_current=is_current, batch=batch
        )


def test_a_customer_has_one_current_code_and_any_number_of_past_ones() -> None:
    eino = customer()
    give_code(eino, OTHER_CODE, is_current=False)
    with refused_by("one_current_code"):
        give_code(eino, "280292-9878", is_current=True)


def test_a_code_belongs_to_one_customer() -> None:
    customer()
    other = customer(OTHER_CODE)
    with refused_by("customers_identitycode_pkey"):
        give_code(other, CUSTOMER, is_current=False)


@pytest.mark.parametrize(
    "code", ["131052x9085", "131052-908", "13105A-9085", "131052-908I", "131052_9085", ""]
)
def test_a_code_has_the_form_of_a_hetu(code: str) -> None:
    eino = customer()
    with refused_by("form_of_a_hetu"):
        give_code(eino, code, is_current=False)


@pytest.mark.parametrize("sign", "+-YXWVUABCDEF")
def test_every_sign_of_2023_is_taken(sign: str) -> None:
    eino = customer()
    give_code(eino, f"131052{sign}908B", is_current=False)


def test_a_customer_has_a_name_and_a_language_that_kela_writes() -> None:
    with refused_by("a_customer_has_a_name"):
        customer(family_name="")
    with refused_by("a_language_that_kela_writes"):
        customer(language="en")


def test_nobody_dies_before_birth() -> None:
    with refused_by("nobody_dies_before_birth"):
        customer(died_on=date(1952, 10, 12))
    customer(died_on=date(1952, 10, 13))


@pytest.mark.parametrize(
    ("country", "since"),
    [("ES", None), ("", date(2025, 5, 1)), ("FI", date(2025, 5, 1)), ("es", date(2025, 5, 1))],
)
def test_abroad_is_a_country_since_a_day(country: str, since: date | None) -> None:
    with refused_by("abroad_means_a_country_since_a_day"):
        customer(country=country, abroad_since=since)


def test_the_application_cannot_change_a_customer() -> None:
    eino = customer()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Customer.objects.filter(pk=eino).update(protected=False)


def test_a_row_speaks_of_a_customer_without_the_code() -> None:
    customer()
    code = IdentityCode.objects.get()
    assert CUSTOMER not in f"{code} {code!r} {code.customer} {code.customer!r}"
