"""What cannot stand in the database, whoever writes it: each constraint broken once."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from audit.pseudonyms import subject_of
from organisations.models import (
    AgreedPurpose,
    Agreement,
    AgreementVersion,
    Contact,
    CountyMembership,
    Deadline,
    Enquiry,
    Municipality,
    Organisation,
    Payee,
    validate_business_id,
    validate_iban,
)
from tests.acting import OFFICIAL, PIRKANMAA, organisation, owning
from tests.agreeing import BEFORE, PREPARER, accepted, version_of
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
SINCE_2023 = DateRange(date(2023, 1, 1), None)
EARLIER = DateRange(date(2022, 1, 1), date(2022, 2, 1))
NEVER = DateRange(TODAY, TODAY)
CHECKER = UUID(int=3)
READ = ["county", "organisation", "agreement", "agreementversion", "contact", "payee"]
IBAN = "FI2112345600000785"


def agreement() -> Agreement:
    return Agreement.objects.get(organisation__business_id=PIRKANMAA)


def a_version(**changed: object) -> AgreementVersion:
    fields = {"agreement_id": agreement().pk, "number": 2} | accepted(EARLIER)
    return AgreementVersion(**fields | changed)


def a_payee(**changed: object) -> Payee:
    fields = {"organisation_id": organisation().pk, "name": "Talouspalvelut", "iban": IBAN}
    return Payee(**fields | accepted(SINCE_2023) | changed)


def undecided(**changed: object) -> dict[str, object]:
    """What nobody has decided on yet."""
    nobody = {"validity": None, "decision": "", "decided_by": None, "decided_at": None}
    return nobody | {"decided_by_name": ""} | changed


def an_organisation(**changed: object) -> Organisation:
    fields: dict[str, object] = {
        "name_fi": "Uusi",
        "name_sv": "Ny",
        "business_id": "9900199-3",
        "type": "other_authority",
        "validity": SINCE_2023,
    }
    return Organisation(**fields | changed)


def a_contact() -> Contact:
    return Contact(
        organisation_id=organisation().pk,
        role=Contact.Role.SUPERVISOR,
        name="Aino Virkailija",
        subject_id=subject_of(OFFICIAL),
        **accepted(SINCE_2023),
    )


def an_enquiry(**changed: object) -> Enquiry:
    return Enquiry(
        organisation_name="Uusi",
        legislation="laki",
        contact_name="Uuno",
        contact_email="uuno@example.fi",
        channel="form",
        language="fi",
        received_on=TODAY,
        **changed,
    )


def changed[Row: Model](row: Row, **fields: object) -> Row:
    for name, value in fields.items():
        setattr(row, name, value)
    return row


BROKEN: dict[str, Callable[[], list[Model]]] = {
    "one_agreement_at_a_time": lambda: [
        Agreement(
            organisation_id=organisation().pk,
            number="KELMU-SECOND",
            step="signed_by_kela",
            signed_on=date(2024, 1, 1),
            validity=DateRange(date(2024, 1, 1), date(2024, 1, 2)),
        )
    ],
    "one_row_of_a_purpose_at_a_time": lambda: [
        AgreedPurpose(
            version_id=version_of().pk,
            purpose="other_benefits",
            laws=["703/2023"],
            validity=DateRange(date(2025, 1, 1), date(2025, 1, 2)),
        )
    ],
    "an_agreed_purpose_names_its_law": lambda: [
        AgreedPurpose(
            version_id=version_of().pk, purpose="unheard_of", laws=[], validity=SINCE_2023
        )
    ],
    "an_agreed_look_back_is_a_time": lambda: [
        AgreedPurpose(
            version_id=version_of().pk,
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
    "organisations_organisation_business_id_key": lambda: [an_organisation(business_id=PIRKANMAA)],
    "an_organisation_serves_what_its_type_says": lambda: [an_organisation(county_id="08")],
    "only_an_ended_organisation_is_merged": lambda: [
        an_organisation(merged_into_id=organisation().pk)
    ],
    "only_what_both_signed_is_in_force": lambda: [
        Agreement(organisation_id=organisation().pk, number="N", step="sent", validity=EARLIER)
    ],
    "an_end_has_its_day": lambda: [
        Agreement(organisation_id=organisation().pk, number="N", end_reason="Päättyi")
    ],
    "one_version_of_a_number": lambda: [a_version(number=1)],
    "one_version_at_a_time": lambda: [a_version(**accepted(SINCE_2023))],
    "an_agreement_names_a_way_of_use": lambda: [a_version(by_user_interface=False)],
    "documents_are_kept_for_some_time": lambda: [a_version(documents_kept_days=13)],
    "agreementversion_holds_what_was_accepted": lambda: [a_version(decision="refused")],
    "agreementversion_says_who_decided": lambda: [a_version(decided_by=None)],
    "agreementversion_takes_two_people": lambda: [a_version(decided_by=PREPARER)],
    "contact_takes_two_people": lambda: [changed(a_contact(), decided_by=PREPARER)],
    "payee_holds_what_was_accepted": lambda: [a_payee(**undecided(validity=SINCE_2023))],
    "payee_takes_two_people": lambda: [a_payee(decided_by=PREPARER)],
    "one_row_of_an_account_at_a_time": lambda: [a_payee(), a_payee()],
    "a_check_is_by_somebody_else": lambda: [
        a_payee(checked_by=PREPARER, checked_at=BEFORE, **undecided())
    ],
    "payee_is_for_some_time": lambda: [a_payee(**undecided(wanted=NEVER))],
    "an_account_holds_as_it_was_proposed": lambda: [a_payee(wanted=EARLIER)],
    "who_logs_in_is_known": lambda: [changed(a_contact(), subject_id=None)],
    "one_deadline_a_thing": lambda: [
        Deadline(agreement_id=agreement().pk, awaited="payees", due_on=date(2022, 10, 31)),
        Deadline(agreement_id=agreement().pk, awaited="payees", due_on=date(2022, 11, 30)),
    ],
    "a_right_belongs_to_an_organisation": lambda: [
        an_enquiry(answer="right", answer_text="On.", answered_on=TODAY, answered_by=PREPARER)
    ],
    "an_answer_says_who_when_and_why": lambda: [an_enquiry(answer="no_right")],
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
            step="signed_by_kela",
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


@pytest.mark.parametrize("business_id", ["9900199-4", "99001993", "9900199-", "990199-3", "", "x"])
def test_what_is_no_business_id_cannot_stand_there(business_id: str) -> None:
    with owning(), pytest.raises(IntegrityError, match="a_right_business_id"), transaction.atomic():
        an_organisation(business_id=business_id).save(using="owner")


@pytest.mark.parametrize("iban", ["FI2112345600000786", "FI21 1234 5600 0007 85", "FI21", "", "x"])
def test_what_is_no_account_number_cannot_stand_there(iban: str) -> None:
    with pytest.raises(ValidationError):
        validate_iban(iban)
    with owning(), pytest.raises(IntegrityError, match="a_right_iban"), transaction.atomic():
        a_payee(iban=iban).save(using="owner")


def test_an_account_that_replaces_another_holds_when_somebody_has_checked_it() -> None:
    with owning():
        old = a_payee(**accepted(EARLIER))
        old.save(using="owner")
        with pytest.raises(IntegrityError, match="change_of_account"), transaction.atomic():
            a_payee(iban="FI4950009420028730", replaces_id=old.pk).save(using="owner")
        checked: dict[str, object] = {"checked_by": CHECKER, "checked_at": BEFORE}
        new = a_payee(iban="FI4950009420028730", replaces_id=old.pk, **checked)
        new.save(using="owner")
    assert new.pk


EARLIER_END = DateRange(date(2023, 1, 1), date(2023, 1, 15))


@pytest.mark.parametrize(
    ("row", "shorter"),
    [
        (a_version, DateRange(date(2022, 1, 1), date(2022, 1, 15))),
        (a_contact, EARLIER_END),
        (a_payee, EARLIER_END),
    ],
)
def test_what_was_decided_does_not_change_but_for_its_end(
    row: Callable[[], Model], shorter: DateRange
) -> None:
    one = row()
    with owning():
        one.save(using="owner")
        rows = type(one)._default_manager.using("owner").filter(pk=one.pk)  # noqa: SLF001 - Django's documented name
        rows.update(validity=shorter)
        for change in ({"decided_by_name": "Joku muu"}, {"decision": "refused", "validity": None}):
            with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
                rows.update(**change)
        with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
            rows.delete()


@pytest.mark.parametrize("role", ["billing", "data_protection_officer"])
def test_who_does_not_log_in_is_known_by_a_name_alone(role: str) -> None:
    contact = changed(a_contact(), subject_id=None, role=role)
    with owning():
        contact.save(using="owner")
    assert contact.pk


@pytest.mark.parametrize("typed", ["parnu", "PÄRNÜ", "Pärnü"])
def test_a_name_is_found_whatever_its_letters_look_like(typed: str) -> None:
    with owning():
        an_organisation(name_fi="Uusi Pärnü").save(using="owner")
    assert Organisation.objects.filter(name_fi__plain__contains=typed).exists()


@pytest.mark.parametrize("table", ["county", "agreedpurpose", "agreementevent"])
def test_the_application_does_not_change(table: str) -> None:
    assert not may(table, "UPDATE")


@pytest.mark.parametrize("table", [*READ, "countymembership", "municipality"])
def test_the_application_removes_nothing_but_drafts(table: str) -> None:
    assert may(table, "SELECT")
    assert not may(table, "DELETE, TRUNCATE")


def may(table: str, what: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s)", [f"organisations_{table}", what])
        (answer,) = cursor.fetchone()
    return bool(answer)
