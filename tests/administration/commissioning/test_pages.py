"""One page that both sides see, and what each side records on it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from authorizations.rulebook import Mandate
from organisations.models import (
    Agreement,
    CommissioningRecord,
    Contact,
    RecordedStep,
    StepState,
)
from tests.acting import PIRKANMAA, entries, organisation, owning
from tests.administration.kela import Admin
from tests.administration.people import (
    AUTHORIZER,
    KESKI_SUOMI,
    SIGNATORY,
    TECHNICAL,
    named,
    of_keski_suomi,
)
from tests.agreeing import PREPARER, agreements_of
from tests.authorizations.reviewing import told
from tests.harness import TODAY

pytestmark = pytest.mark.django_db

OWN = "/agreement/commissioning/"
MANDATE_RIGHTS = f"{OWN}mandate_rights/"
NAMES = ["Martta Myöntäjä", "Vilma Valtuuttava"]


@pytest.fixture
def agreement() -> Agreement:
    return agreements_of(KESKI_SUOMI).get()


@pytest.fixture
def at_kela(agreement: Agreement) -> str:
    return f"/kela/agreements/{agreement.pk}/commissioning/"


def test_both_sides_see_the_same_steps(at_kela: str) -> None:
    theirs, ours = Admin("preparing").get(at_kela), of_keski_suomi(SIGNATORY).get(OWN)
    for page in (theirs, ours):
        assert "Data security assessed" in page
        assert "Right to grant mandates" in page
        assert "Authorizers: Martta Myöntäjä, Vilma Valtuuttava" in page
        assert "user interface, with Suomi.fi mandates" in page
        assert "Agreement signed, Data security assessed, Right to grant mandates" in page
        assert "Changes implemented, New mandate from DVV, if needed" in page


def test_the_organisation_records_its_step_and_kela_sees_it(at_kela: str) -> None:
    vilma = of_keski_suomi(AUTHORIZER)
    typed = {"state": "asked", "on": "2026-11-18", "people": NAMES, "note": "DVV 123"}
    assert vilma.post(MANDATE_RIGHTS, **typed) == OWN
    told = "applied for: Martta Myöntäjä, Vilma Valtuuttava, 18.11.2026"
    for page in (vilma.get(OWN), Admin("approving").get(at_kela)):
        assert told in page
        assert "DVV 123" in page


def test_what_is_recorded_stands_in_the_log(agreement: Agreement) -> None:
    of_keski_suomi(SIGNATORY).post(f"{OWN}employees_told/", state="done", on="2026-11-18")
    [entry] = [one for one in entries(KESKI_SUOMI) if one.act == "record_commissioning"]
    assert entry.office == "signatory"
    assert entry.details == {
        "agreement": agreement.number,
        "step": "employees_told",
        "state": "done",
        "on": "2026-11-18",
    }


def test_kela_records_its_own_steps(at_kela: str) -> None:
    anna = Admin("preparing")
    assert anna.post(f"{at_kela}implemented/", state="done", on="2026-11-18") == at_kela
    assert anna.post(f"{at_kela}new_mandate/", state="not_needed", on="2026-11-18") == at_kela
    assert "no new mandate is needed, 18.11.2026" in of_keski_suomi(SIGNATORY).get(OWN)


@pytest.mark.parametrize("step", ["mandate_rights", "employees_told", "tested", "nonsense"])
def test_kela_does_not_record_what_is_the_organisations_or_derived(at_kela: str, step: str) -> None:
    Admin("preparing").post(f"{at_kela}{step}/", 404, state="done", on="2026-11-18")


@pytest.mark.parametrize("step", ["implemented", "new_mandate", "security", "agreement"])
def test_nor_does_the_organisation_what_is_kelas_or_derived(step: str) -> None:
    of_keski_suomi(SIGNATORY).post(f"{OWN}{step}/", 404, state="done", on="2026-11-18")


@pytest.mark.parametrize("group", ["approving", "service_desk", "oversight"])
def test_at_kela_only_those_who_prepare_record(at_kela: str, group: str) -> None:
    admin = Admin(group)
    admin.post(f"{at_kela}implemented/", 403, state="done", on="2026-11-18")
    assert "Record how it stands" not in admin.get(at_kela)


def test_a_step_is_taken_back_and_its_history_stays(agreement: Agreement) -> None:
    kirsi = of_keski_suomi(SIGNATORY)
    kirsi.post(f"{OWN}employees_told/", state="done", on="2026-11-18")
    kirsi.post(f"{OWN}employees_told/", state="open", on="2026-11-19", note="väärä ohje")
    assert "not told yet, 19.11.2026" in kirsi.get(OWN)
    assert agreement.commissioning_records.count() == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"state": "", "on": "2026-11-18"}, "Choose how it stands."),
        ({"state": "not_needed", "on": "2026-11-18"}, "Select a valid choice"),
        ({"state": "asked", "on": "31.2.2026"}, "This is not a day."),
        ({"state": "asked", "on": "2026-11-21"}, "The day is still to come."),
        ({"state": "asked", "on": "2026-11-18"}, "Say for whom"),
        ({"state": "asked", "on": "2026-11-18", "people": ["Joku Muu"]}, "Select a valid choice"),
        ({"state": "asked", "on": "2026-11-18", "note": "131052-9085"}, "identity code"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_recorded(
    agreement: Agreement, typed: dict[str, object], says: str
) -> None:
    page = of_keski_suomi(AUTHORIZER).post(MANDATE_RIGHTS, 422, **typed)
    assert says in page
    assert agreement.commissioning_records.count() == 0


def test_fewer_than_two_authorizers_are_warned_of(at_kela: str) -> None:
    warning = "Only one authorizer is named: Vilma Valtuuttava."
    assert "authorizer is named" not in of_keski_suomi(SIGNATORY).get(OWN)
    with owning():
        Contact.objects.using("owner").filter(name="Martta Myöntäjä").update(
            validity=DateRange(TODAY - timedelta(days=9), TODAY)
        )
    assert warning in of_keski_suomi(SIGNATORY).get(OWN)
    assert warning in Admin("preparing").get(at_kela)


def test_mandates_are_seen_from_the_log_alone(settings: Settings, at_kela: str) -> None:
    day = TODAY - timedelta(days=2)
    told(settings, day, Mandate.SOCIAL_ASSISTANCE_CUSTOMERS, business_id=KESKI_SUOMI)
    page = Admin("preparing").get(at_kela)
    assert "first seen on 18.11.2026" in page
    assert "Eetu" not in page


def test_with_the_technical_interface_alone_there_are_no_mandates_to_grant(at_kela: str) -> None:
    version = agreements_of(KESKI_SUOMI).get().versions.get()
    with owning(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE organisations_agreementversion DISABLE TRIGGER keep_decided")
        cursor.execute(
            "UPDATE organisations_agreementversion SET by_user_interface = false,"
            " by_technical_interface = true WHERE id = %s",
            [version.pk],
        )
    tekla = of_keski_suomi(TECHNICAL)
    assert "the steps of mandates fall away" in tekla.get(OWN)
    tekla.post(f"{OWN}access_attested/", state="done", on="2026-11-18")
    assert "attested, 18.11.2026" in Admin("preparing").get(at_kela)


def test_each_look_of_kela_is_recorded(at_kela: str) -> None:
    Admin("oversight").get(at_kela)
    [entry] = [one for one in entries(KESKI_SUOMI) if one.act == "view_commissioning"]
    assert entry.office == "oversight"


class TestListOfKela:
    def test_it_says_for_whom_each_waits(self) -> None:
        page = Admin("preparing").get("/kela/commissioning/")
        assert "Keski-Suomen hyvinvointialue" in page
        assert "Changes implemented, New mandate from DVV, if needed" in page
        assert "Pirkanmaan" not in page

    def test_it_names_those_in_use_whose_security_is_not_assessed(self) -> None:
        page = Admin("preparing").get("/kela/commissioning/security/")
        assert "Pirkanmaan hyvinvointialue" in page
        assert "Keski-Suomen" not in page

    def test_it_names_agreements_that_end_and_that_nothing_follows(self) -> None:
        page = Admin("preparing").get("/kela/commissioning/ending/")
        assert "No agreement ends soon" in page
        end_of(PIRKANMAA, TODAY + timedelta(days=30))
        assert "Pirkanmaan" in Admin("preparing").get("/kela/commissioning/ending/")

    def test_another_list_is_not_there(self) -> None:
        Admin("preparing").get("/kela/commissioning/nonsense/", 404)

    @pytest.mark.parametrize("which", ["under-way", "security", "ending"])
    def test_it_takes_less_than_eight_statements(
        self, which: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        admin = Admin("preparing")
        with django_assert_max_num_queries(7):
            admin.get(f"/kela/commissioning/{which}/")


def end_of(business_id: str, day: object) -> None:
    with owning():
        agreements = agreements_of(business_id).filter(validity__contains=TODAY)
        start = agreements.get().validity.lower
        agreements.update(validity=DateRange(start, day))


@pytest.mark.parametrize(
    ("step", "state", "people"),
    [
        (RecordedStep.IMPLEMENTED, StepState.ASKED, []),
        (RecordedStep.EMPLOYEES_TOLD, StepState.NOT_NEEDED, []),
        (RecordedStep.EMPLOYEES_TOLD, StepState.DONE, ["Vilma"]),
        (RecordedStep.MANDATE_RIGHTS, StepState.DONE, []),
    ],
)
def test_the_database_takes_no_record_that_makes_no_sense(
    agreement: Agreement, step: RecordedStep, state: StepState, people: list[str]
) -> None:
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        CommissioningRecord.objects.create(
            agreement_id=agreement.pk,
            step=step,
            state=state,
            people=people,
            on=TODAY,
            by=PREPARER,
            by_name="Anna",
            at=timezone.now(),
        )


def test_the_own_pages_are_those_of_the_own_organisation() -> None:
    named(Contact.Role.SIGNATORY, PIRKANMAA).post(
        f"{OWN}employees_told/", state="done", on="2026-11-18"
    )
    [record] = CommissioningRecord.objects.all()
    assert record.agreement.organisation_id == organisation(PIRKANMAA).pk
