"""The right of a request: proof of role, agreement in force and rulebook, and all three."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from audit.pseudonyms import subject_of
from authorizations.refusals import NotLoggedIn, Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import Action, Mandate, Tab
from authorizations.session_store import SessionStore
from demo.environment import Urls
from organisations.models import Agreement, AgreementVersion, Contact, Organisation
from tests.acting import (
    HELSINKI,
    PIRKANMAA,
    TAMPERE,
    client_of,
    entries,
    kela_admin,
    official,
    organisation,
    owning,
    right_of,
    session,
)
from tests.agreeing import accepted, agree_on, agree_otherwise, agreed_purposes, version_of
from tests.harness import TODAY

MARIEHAMN = "9900108-8"
START = date(2023, 1, 1)
LAST_MONTH = TODAY - timedelta(days=30)
TOMORROW = TODAY + timedelta(days=1)
EVERY_MANDATE = [*Mandate]


def narrow(**terms: object) -> None:
    """Let the agreement of Pirkanmaa leave something out of the other benefits."""
    with owning():
        agreed_purposes().filter(purpose="other_benefits", validity__contains=TODAY).update(**terms)


def agree(**changed: object) -> None:
    with owning():
        Agreement.objects.using("owner").filter(organisation__business_id=PIRKANMAA).update(
            **changed
        )


def refusal(store: SessionStore) -> Reason:
    with pytest.raises(Refused) as raised:
        right_of(store)
    return raised.value.reason


def purposes(right: Right) -> list[str]:
    return [opened.purpose.value for opened in right.purposes]


@pytest.mark.django_db
class TestByMandate:
    def test_mandate_agreement_and_rulebook_open_a_purpose(self) -> None:
        right = right_of(official())
        assert purposes(right) == ["other_benefits", "social_assistance"]
        assert right.by_mandate
        assert right.acting_for.business_id == PIRKANMAA
        assert (right.on, right.roles, right.kela_groups) == (TODAY, (), ())

    def test_one_statement_finds_it(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        store = official(PIRKANMAA, *EVERY_MANDATE)
        with django_assert_num_queries(1):
            right_of(store)

    def test_a_mandate_opens_its_own_purposes_and_no_other(self) -> None:
        right = right_of(official(PIRKANMAA, Mandate.SOCIAL_ASSISTANCE_CUSTOMERS))
        assert purposes(right) == ["social_assistance_notifications"]
        assert right.purposes_with(Tab.BENEFITS) == ()

    def test_a_mandate_of_another_kind_of_organisation_opens_nothing(self) -> None:
        right = right_of(official(TAMPERE, Mandate.LABOUR_MARKET_SUBSIDY_300_DAYS))
        assert (purposes(right), right.by_mandate) == ([], True)

    def test_the_same_mandate_opens_less_in_a_municipality(self) -> None:
        assert purposes(right_of(official(TAMPERE))) == ["integration_benefits"]

    def test_what_was_allowed_on_a_day_of_2022_is_judged_by_that_day(
        self, settings: Settings
    ) -> None:
        settings.KELMU_TODAY = date(2022, 12, 15)
        assert purposes(right_of(official(TAMPERE))) == ["other_benefits", "social_assistance"]
        assert refusal(official(PIRKANMAA)) is Reason.NO_AGREEMENT  # it starts on 1.1.2023

    def test_without_a_mandate_nothing_is_open(self) -> None:
        store = session(uuid4(), organisation_id=organisation().pk)
        right = right_of(store)
        assert (right.by_mandate, right.purposes) == (False, ())
        assert client_of(store).get("/start/").status_code == 403

    def test_a_purpose_that_is_not_open_is_refused_by_name(self) -> None:
        with pytest.raises(Refused) as raised:
            right_of(official()).purpose("typ_service")
        assert raised.value.reason is Reason.PURPOSE_NOT_OPEN
        assert raised.value.purpose == "typ_service"

    def test_an_action_that_is_not_open_is_refused_by_name(self) -> None:
        right = right_of(official())
        assert right.action(Action.PAYMENT_DEMANDS).mandates
        with pytest.raises(Refused) as raised:
            right.action(Action.SEND_DOCUMENT)
        assert raised.value.reason is Reason.ACTION_NOT_OPEN

    @pytest.mark.parametrize(("minutes", "too_old"), [(119, False), (121, True)])
    def test_mandates_age(self, minutes: int, too_old: bool) -> None:
        read_at = timezone.now() - timedelta(minutes=minutes)
        assert right_of(official(read_at=read_at)).mandates_are_too_old is too_old

    def test_nobody_without_a_session_has_a_right(self) -> None:
        with pytest.raises(NotLoggedIn):
            right_of(SessionStore("made up"))


@pytest.mark.django_db
class TestAgreement:
    @pytest.mark.parametrize(
        ("first", "end", "in_force"),
        [
            (START, None, True),
            (START, TODAY, False),  # ended yesterday
            (START, TOMORROW, True),  # ends today
            (TODAY, None, True),  # starts today
            (TOMORROW, None, False),
        ],
    )
    def test_it_is_judged_by_today(self, first: date, end: date | None, in_force: bool) -> None:
        agree(validity=DateRange(first, end))
        store = official()
        if in_force:
            assert right_of(store).purposes
        else:
            assert refusal(store) is Reason.NO_AGREEMENT

    def test_a_change_holds_from_the_next_request_on(self) -> None:
        store = official()
        assert right_of(store).purposes
        agree(validity=DateRange(START, TODAY))
        assert refusal(store) is Reason.NO_AGREEMENT

    def test_its_end_is_told_and_written(self) -> None:
        agree(validity=DateRange(START, TODAY))
        answer = client_of(official()).get("/start/")
        assert answer.status_code == 403
        [entry] = entries()
        assert (entry.act, entry.outcome) == ("refusal", "refused")
        assert entry.details == {"reason": "no_agreement", "part": "agreement"}

    def test_one_for_the_technical_interface_alone_opens_no_page(self) -> None:
        agree_otherwise(by_user_interface=False, by_technical_interface=True)
        assert refusal(official()) is Reason.NO_AGREEMENT

    def test_one_for_the_technical_interface_alone_leaves_offices_as_they_are(self) -> None:
        agree_otherwise(by_user_interface=False, by_technical_interface=True)
        authorizer = subject_of("170868-9664")
        assert right_of(official(subject=authorizer, by_role=True)).roles == ("authorizer",)

    def test_a_version_that_nobody_has_accepted_changes_nothing(self) -> None:
        nobody = {"validity": None, "decision": "", "decided_by": None, "decided_at": None}
        with owning():
            AgreementVersion.objects.using("owner").create(
                agreement_id=version_of().agreement_id,
                number=2,
                **accepted(DateRange(LAST_MONTH, None)) | nobody,
            )
        assert right_of(official()).acting_for.agreement.endswith("/1")
        assert "other_benefits" in purposes(right_of(official()))

    def test_a_version_holds_from_its_day_on(self, settings: Settings) -> None:
        agree_otherwise(requires_case_reference=True)
        assert right_of(official()).acting_for.agreement.endswith("/2")
        settings.KELMU_TODAY = TODAY - timedelta(days=2)
        assert right_of(official()).acting_for.agreement.endswith("/1")

    def test_none_at_all_opens_nothing(self) -> None:
        agree(validity=None)
        assert refusal(official()) is Reason.NO_AGREEMENT

    def test_an_organisation_that_has_ended_opens_nothing(self) -> None:
        with owning():
            Organisation.objects.using("owner").filter(business_id=PIRKANMAA).update(
                validity=DateRange(START, TODAY)
            )
        assert refusal(official()) is Reason.NO_AGREEMENT

    @pytest.mark.parametrize(
        ("first", "end", "is_open"),
        [
            (LAST_MONTH, TODAY, False),
            (LAST_MONTH, TOMORROW, True),
            (TODAY, None, True),
            (TOMORROW, None, False),
        ],
    )
    def test_a_purpose_is_open_while_it_is_agreed(
        self, first: date, end: date | None, is_open: bool
    ) -> None:
        with owning():
            agreed_purposes().filter(purpose="other_benefits", validity__contains=TODAY).update(
                validity=DateRange(first, end)
            )
        assert ("other_benefits" in purposes(right_of(official()))) is is_open

    def test_what_is_agreed_and_not_in_the_rulebook_opens_nothing(self) -> None:
        agree_on("other_benefits", DateRange(START, None), TAMPERE)
        assert purposes(right_of(official(TAMPERE))) == ["integration_benefits"]

    def test_it_narrows_what_the_rulebook_opens(self) -> None:
        whole = right_of(official()).purpose("other_benefits")
        narrow(
            withheld_groups=["insurance", "recovery"],
            withheld_benefits=["student_aid"],
            withheld_fields=["payments.account_last4", "decisions.grounds"],
            look_back_months=6,
        )
        narrowed = right_of(official()).purpose("other_benefits")
        assert {*whole.data_groups} - {*narrowed.data_groups} == {"insurance", "recovery"}
        assert whole.benefits.allows("student_aid")
        assert not narrowed.benefits.allows("student_aid")
        assert narrowed.benefits.allows("national_pension")
        assert narrowed.withheld_fields == ("decisions.grounds", "payments.account_last4")
        assert (whole.look_back_months, narrowed.look_back_months) == (36, 6)

    def test_what_others_tell_is_for_counties_and_helsinki_and_not_for_aland(self) -> None:
        told = {
            at: "data_from_others" in right_of(official(at)).purpose("other_benefits").data_groups
            for at in (PIRKANMAA, HELSINKI, MARIEHAMN)
        }
        assert told == {PIRKANMAA: True, HELSINKI: True, MARIEHAMN: False}

    def test_it_never_opens_more_than_the_rulebook(self) -> None:
        narrow(look_back_months=600)
        assert right_of(official()).purpose("other_benefits").look_back_months == 36

    @pytest.mark.parametrize("what", ["groups", "benefits", "fields"])
    def test_a_word_that_the_rulebook_does_not_know_closes_everything(self, what: str) -> None:
        narrow(**{f"withheld_{what}": ["diaries"]})
        assert client_of(official()).get("/start/").status_code == 500

    def test_it_can_demand_a_case_reference(self) -> None:
        assert not right_of(official()).acting_for.requires_case_reference
        agree_otherwise(requires_case_reference=True)
        assert right_of(official()).acting_for.requires_case_reference


@pytest.mark.django_db
class TestByRole:
    AUTHORIZER = "170868-9664"

    @pytest.fixture
    def store(self) -> SessionStore:
        return official(subject=subject_of(self.AUTHORIZER), by_role=True)

    def test_a_person_named_in_the_agreement_needs_no_mandate(self, store: SessionStore) -> None:
        right = right_of(store)
        assert right.roles == ("authorizer",)
        assert (right.by_mandate, right.purposes) == (False, ())

    def test_one_statement_finds_it(
        self, store: SessionStore, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            right_of(store)

    def test_customers_stay_closed(self, store: SessionStore) -> None:
        client = client_of(store)
        assert client.get("/rights/mine/").status_code == 200
        for method in (client.get, client.post):
            assert method("/start/").status_code == 403
        assert [entry.details["reason"] for entry in entries()] == ["no_mandate"] * 2

    def test_an_ended_role_ends_it(self, store: SessionStore) -> None:
        with owning():
            Contact.objects.using("owner").filter(subject=subject_of(self.AUTHORIZER)).update(
                validity=DateRange(START, TODAY)
            )
        assert refusal(store) is Reason.ROLE_ENDED

    def test_an_ended_agreement_ends_it(self, store: SessionStore) -> None:
        agree(validity=DateRange(START, TODAY))
        assert refusal(store) is Reason.NO_AGREEMENT

    def test_somebody_else_does_not_borrow_it(self) -> None:
        assert refusal(official(subject=uuid4(), by_role=True)) is Reason.ROLE_ENDED


@pytest.mark.django_db
class TestAtKela:
    @pytest.mark.parametrize("group", ["preparing", "approving", "service_desk", "oversight"])
    def test_a_group_opens_kela_s_own_pages_and_no_customer(self, group: str) -> None:
        store = kela_admin(group)
        right = right_of(store)
        assert right.kela_groups == (group,)
        assert (right.organisation, right.purposes, right.mandates) == (None, (), ())
        with pytest.raises(Refused):
            _ = right.acting_for
        client = client_of(store)
        assert client.get("/kela/").status_code == 200
        assert client.get("/start/").status_code == 403

    def test_no_group_is_no_login(self) -> None:
        with pytest.raises(NotLoggedIn):
            right_of(kela_admin())


def test_the_organisation_of_row_level_security_ends_with_the_request(fresh_db: Urls) -> None:
    store = official()
    with transaction.atomic():
        right = right_of(store)
        assert acting_for() == str(right.acting_for.id)
    assert acting_for() == ""


def test_a_right_of_no_organisation_leaves_none_behind(fresh_db: Urls) -> None:
    official_store, kela_store = official(), kela_admin("oversight")
    with transaction.atomic():
        right_of(official_store)
        right_of(kela_store)
        assert acting_for() == ""


def acting_for() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('kelmu.organisation', true)")
        value: str | None = cursor.fetchone()[0]
    return value
