"""What cannot stand in the database, whoever writes it: each constraint broken once."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from audit.pseudonyms import subject_of
from organisations.models import (
    AgreedPurpose,
    Agreement,
    Contact,
    CountyMembership,
    Municipality,
    Organisation,
    validate_business_id,
)
from tests.acting import OFFICIAL, PIRKANMAA, organisation, owning

pytestmark = pytest.mark.django_db
SINCE_2023 = DateRange(date(2023, 1, 1), None)


def agreement() -> Agreement:
    return Agreement.objects.get(organisation__business_id=PIRKANMAA)


def an_organisation(**changed: object) -> Organisation:
    fields: dict[str, object] = {
        "name_fi": "Uusi",
        "name_sv": "Ny",
        "business_id": "9900199-5",
        "type": "other_authority",
        "validity": SINCE_2023,
    }
    return Organisation(**fields | changed)


def a_contact() -> Contact:
    return Contact(
        agreement_id=agreement().pk,
        role=Contact.Role.SUPERVISOR,
        name="Aino Virkailija",
        subject_id=subject_of(OFFICIAL),
        validity=SINCE_2023,
    )


BROKEN: dict[str, Callable[[], list[Model]]] = {
    "one_agreement_at_a_time": lambda: [
        Agreement(
            organisation_id=organisation().pk,
            number="KELMU-SECOND",
            signed_on=date(2024, 1, 1),
            validity=DateRange(date(2024, 1, 1), date(2024, 1, 2)),
        )
    ],
    "one_row_of_a_purpose_at_a_time": lambda: [
        AgreedPurpose(
            agreement_id=agreement().pk,
            purpose="other_benefits",
            laws=["703/2023"],
            validity=DateRange(date(2025, 1, 1), date(2025, 1, 2)),
        )
    ],
    "an_agreed_purpose_names_its_law": lambda: [
        AgreedPurpose(
            agreement_id=agreement().pk, purpose="unheard_of", laws=[], validity=SINCE_2023
        )
    ],
    "an_agreed_look_back_is_a_time": lambda: [
        AgreedPurpose(
            agreement_id=agreement().pk,
            purpose="unheard_of",
            laws=["703/2023"],
            look_back_months=0,
            validity=SINCE_2023,
        )
    ],
    "a_person_holds_a_role_once": lambda: [a_contact(), a_contact()],
    "one_county_at_a_time": lambda: [
        CountyMembership(
            municipality_id="837",
            county_id="17",
            validity=DateRange(date(2026, 1, 1), date(2026, 2, 1)),
        )
    ],
    "only_an_ended_municipality_has_a_successor": lambda: [
        Municipality(
            code="999",
            name_fi="Uusi",
            name_sv="Ny",
            language="fi",
            successor_id="837",
            validity=SINCE_2023,
        )
    ],
    "form_of_a_business_id": lambda: [an_organisation(business_id="99001995")],
    "organisations_organisation_business_id_key": lambda: [an_organisation(business_id=PIRKANMAA)],
    "an_organisation_serves_what_its_type_says": lambda: [an_organisation(county_id="08")],
}


@pytest.mark.parametrize(("constraint", "rows"), BROKEN.items(), ids=BROKEN)
def test_it_is_refused(constraint: str, rows: Callable[[], list[Model]]) -> None:
    with owning(), pytest.raises(IntegrityError) as raised, transaction.atomic():
        for row in rows():
            row.save(using="owner")
    diagnosis = getattr(raised.value.__cause__, "diag", None)
    assert diagnosis
    assert diagnosis.constraint_name == constraint


@pytest.mark.parametrize(
    ("kind", "serves"),
    [
        ("wellbeing_county", {}),
        ("wellbeing_county", {"municipality_id": "837"}),
        ("wellbeing_county", {"county_id": "08", "municipality_id": "837"}),
        ("municipality", {}),
        ("municipality", {"county_id": "08"}),
        ("helsinki", {"county_id": "08", "municipality_id": "091"}),
        ("joint_authority", {"municipality_id": "536"}),
        ("other_authority", {"county_id": "17"}),
        ("ministry", {}),
    ],
)
def test_an_organisation_serves_what_its_type_says(kind: str, serves: dict[str, str]) -> None:
    with (
        owning(),
        pytest.raises(IntegrityError, match="serves_what_its_type"),
        transaction.atomic(),
    ):
        an_organisation(type=kind, **serves).save(using="owner")


def test_agreements_may_follow_each_other_day_by_day() -> None:
    first = agreement()
    with owning():
        first.validity = DateRange(date(2023, 1, 1), date(2026, 1, 1))
        first.save(using="owner")
        Agreement(
            organisation_id=first.organisation_id,
            number="KELMU-NEXT",
            signed_on=date(2025, 12, 1),
            validity=DateRange(date(2026, 1, 1), None),
        ).save(using="owner")
    assert Agreement.objects.filter(organisation=first.organisation_id).count() == 2


@pytest.mark.parametrize("business_id", ["9900100-2", "0246246-0"])
def test_a_business_id_with_a_right_check_digit_is_taken(business_id: str) -> None:
    validate_business_id(business_id)


@pytest.mark.parametrize(
    "business_id", ["9900100-3", "99001002", "990010-2", "FI99001002", "9900100-2 ", "", "x"]
)
def test_what_is_no_business_id_is_refused(business_id: str) -> None:
    with pytest.raises(ValidationError):
        validate_business_id(business_id)


@pytest.mark.parametrize(
    "table", ["municipality", "county", "organisation", "agreement", "agreedpurpose", "contact"]
)
def test_the_application_only_reads_what_was_agreed(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%(table)s, 'SELECT'),"
            " has_table_privilege(%(table)s, 'INSERT, UPDATE, DELETE, TRUNCATE')",
            {"table": f"organisations_{table}"},
        )
        assert cursor.fetchone() == (True, False)
