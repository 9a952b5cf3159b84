"""Versions: one prepares, another approves; the rights follow the one that holds that day."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from pytest_django.fixtures import Settings

from administration.agreements import services
from administration.agreements.versions import services as versions
from administration.agreements.versions.content import Chosen, Content
from administration.agreements.versions.effects import effects
from audit.models import ActKind
from authorizations.refusals import Refused
from authorizations.rulebook import Mandate
from organisations.models import AgreedPurpose, Agreement, AgreementVersion
from tests.acting import PIRKANMAA, TAMPERE, entries, official, right_of
from tests.administration.agreements.kela import (
    ACCEPTED,
    REFUSED,
    Admin,
    a_new_organisation,
    approved_version,
    approving,
    content_for,
    named,
    preparing,
)
from tests.authorizations.reviewing import BENEFITS, MATERIALS, NOTIFICATIONS, told
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)
IN_A_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def anna() -> Admin:
    return preparing()


@pytest.fixture
def heikki() -> Admin:
    return approving()


def of_pirkanmaa() -> Agreement:
    return Agreement.objects.get(organisation__business_id=PIRKANMAA)


def narrowed(**left_out: object) -> Content:
    """The two purposes of a customer, something of the first left out."""
    content = named("other_benefits", "social_assistance")
    laws = content.purposes["other_benefits"].laws
    return Content(purposes={**content.purposes, "other_benefits": Chosen(laws, **left_out)})  # type: ignore[arg-type]  # what a test leaves out


class TestPreparing:
    def test_a_version_holds_nothing_before_it_is_approved(self, anna: Admin) -> None:
        version = versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, narrowed())
        assert version.validity is None
        assert version.number == 2

    def test_it_is_written_in_the_log(self, anna: Admin) -> None:
        versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, narrowed())
        row = next(row for row in entries() if row.act == ActKind.PREPARE_VERSION)
        assert row.details == {"agreement": "KELMU-2023-9900100/2", "start": "2026-11-21"}

    def test_only_the_preparing_group_does(self, heikki: Admin) -> None:
        with pytest.raises(Refused):
            versions.prepare(heikki.right, of_pirkanmaa().pk, TOMORROW, narrowed())

    def test_one_waits_at_a_time(self, anna: Admin) -> None:
        versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, narrowed())
        with pytest.raises(ValidationError, match="odottaa"):
            versions.prepare(anna.right, of_pirkanmaa().pk, IN_A_WEEK, narrowed())

    def test_nothing_is_changed_backwards(self, anna: Admin) -> None:
        with pytest.raises(ValidationError):
            versions.prepare(anna.right, of_pirkanmaa().pk, TODAY - timedelta(days=1), narrowed())

    def test_what_the_law_does_not_open_to_the_type_is_refused(self, anna: Admin) -> None:
        agreement = Agreement.objects.get(
            organisation__business_id=TAMPERE, validity__contains=TODAY
        )
        laws = narrowed().purposes["other_benefits"].laws
        content = Content(purposes={"other_benefits": Chosen(laws)})
        with pytest.raises(ValidationError, match="other_benefits"):
            versions.prepare(anna.right, agreement.pk, TOMORROW, content)

    def test_a_law_that_is_not_in_force_is_refused(self, anna: Admin) -> None:
        content = Content(purposes={"other_benefits": Chosen(frozenset({"laki 1/2000"}))})
        with pytest.raises(ValidationError, match="Muut etuudet"):
            versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, content)

    def test_nothing_at_all_is_refused(self, anna: Admin) -> None:
        with pytest.raises(ValidationError):
            versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, Content())

    def test_who_prepared_it_changes_it_until_it_is_decided_on(
        self, anna: Admin, heikki: Admin
    ) -> None:
        version = versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, narrowed())
        versions.change(anna.right, version.pk, IN_A_WEEK, named("other_benefits"))
        version = AgreementVersion.objects.get(pk=version.pk)
        assert version.wanted.lower == IN_A_WEEK
        assert {row.purpose for row in version.purposes.all()} == {"other_benefits"}
        with pytest.raises(ValidationError, match="valmistellut"):
            versions.change(preparing().right, version.pk, IN_A_WEEK, narrowed())
        versions.decide(heikki.right, version.pk, ACCEPTED)
        with pytest.raises(ValidationError):
            versions.change(anna.right, version.pk, IN_A_WEEK, narrowed())

    def test_one_day_has_one_version(self, anna: Admin, heikki: Admin) -> None:
        version = versions.prepare(anna.right, of_pirkanmaa().pk, IN_A_WEEK, narrowed())
        versions.decide(heikki.right, version.pk, ACCEPTED)
        with pytest.raises(ValidationError, match=r"27\.11\.2026"):
            versions.prepare(anna.right, of_pirkanmaa().pk, IN_A_WEEK, narrowed())


class TestDeciding:
    def test_the_version_before_ends_on_the_eve(self, anna: Admin, heikki: Admin) -> None:
        version = versions.prepare(anna.right, of_pirkanmaa().pk, IN_A_WEEK, narrowed())
        versions.decide(heikki.right, version.pk, ACCEPTED)
        first, second = of_pirkanmaa().versions.all()
        assert first.validity.upper == IN_A_WEEK == second.validity.lower
        assert second.decided_by == heikki.right.subject

    def test_one_that_begins_later_stays(self, anna: Admin, heikki: Admin) -> None:
        for day in (IN_A_WEEK, TOMORROW):
            version = versions.prepare(anna.right, of_pirkanmaa().pk, day, narrowed())
            versions.decide(heikki.right, version.pk, ACCEPTED)
        times = {one.number: one.validity for one in of_pirkanmaa().versions.all()}
        assert times[1].upper == TOMORROW
        assert (times[3].lower, times[3].upper) == (TOMORROW, IN_A_WEEK)
        assert (times[2].lower, times[2].upper) == (IN_A_WEEK, None)

    def test_nobody_approves_their_own_version(self) -> None:
        both = Admin("preparing", "approving")
        version = versions.prepare(both.right, of_pirkanmaa().pk, TOMORROW, narrowed())
        with pytest.raises(ValidationError) as refused:
            versions.decide(both.right, version.pk, ACCEPTED)
        assert refused.value.code == "own"

    def test_nor_does_the_database_let_them(self, anna: Admin) -> None:
        version = versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, narrowed())
        version.decision, version.validity = ACCEPTED, version.wanted
        version.decided_by, version.decided_at = anna.right.subject, version.proposed_at
        with pytest.raises(IntegrityError, match="takes_two_people"), transaction.atomic():
            version.save()

    def test_a_refusal_has_its_reason(self, anna: Admin, heikki: Admin) -> None:
        version = versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, narrowed())
        with pytest.raises(ValidationError):
            versions.decide(heikki.right, version.pk, REFUSED)
        version = versions.decide(heikki.right, version.pk, REFUSED, "Laki puuttuu.")
        assert version.validity is None
        assert version.decision_note == "Laki puuttuu."

    def test_a_day_that_has_passed_meanwhile_is_refused(
        self, anna: Admin, heikki: Admin, settings: Settings
    ) -> None:
        version = versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, narrowed())
        settings.KELMU_TODAY = IN_A_WEEK
        with pytest.raises(ValidationError, match=r"21\.11\.2026"):
            versions.decide(heikki.right, version.pk, ACCEPTED)

    def test_what_was_decided_on_does_not_change(self, anna: Admin, heikki: Admin) -> None:
        agreement = services.begin(anna.right, a_new_organisation())
        version = approved_version(anna, heikki, agreement)
        assert version.purposes.all().delete()[0] == 0  # no row is its own to remove
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            AgreedPurpose.objects.create(
                version=version,
                purpose="payment_demands",
                laws=["laki"],
                validity=version.validity,
            )


class TestRights:
    """A changed agreement takes effect on its day at midnight, in the same process."""

    def test_the_eve_and_the_day(self, anna: Admin, heikki: Admin, settings: Settings) -> None:
        content = narrowed(withheld_groups=("recovery",), look_back_months=6)
        version = versions.prepare(anna.right, of_pirkanmaa().pk, IN_A_WEEK, content)
        versions.decide(heikki.right, version.pk, ACCEPTED)
        someone = official(PIRKANMAA, *Mandate)
        seen = {}
        for day in (IN_A_WEEK - timedelta(days=1), IN_A_WEEK):
            settings.KELMU_TODAY = day
            right = right_of(someone)
            assert right.organisation
            seen[right.organisation.agreement] = right
        eve, then = seen["KELMU-2023-9900100/1"], seen["KELMU-2023-9900100/2"]
        assert "recovery" in eve.purpose("other_benefits").data_groups
        assert "recovery" not in then.purpose("other_benefits").data_groups
        assert then.purpose("other_benefits").look_back_months == 6
        assert {one.purpose for one in eve.purposes} > {one.purpose for one in then.purposes}
        assert {one.purpose for one in then.purposes} == {"other_benefits", "social_assistance"}

    def test_a_version_that_waits_or_was_refused_changes_nothing(
        self, anna: Admin, heikki: Admin, settings: Settings
    ) -> None:
        version = versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, narrowed())
        versions.decide(heikki.right, version.pk, REFUSED, "Ei.")
        settings.KELMU_TODAY = IN_A_WEEK
        assert len(right_of(official(PIRKANMAA, *Mandate)).purposes) > 2


class TestEffects:
    @pytest.fixture(autouse=True)
    def _people(self, settings: Settings) -> None:
        told(settings, TODAY, BENEFITS, NOTIFICATIONS)
        told(settings, TODAY, MATERIALS, hetu="051294-977N", name="Oskar Österbotten")

    def test_they_tell_who_sees_what_no_more(self, anna: Admin) -> None:
        content = narrowed(withheld_groups=("recovery",))
        version = versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, content)
        (eetu, oskar) = effects(anna.right, version)
        assert eetu.name == "Eetu Etuuskäsittelijä"
        assert [one.purpose for one in eetu.loses] == ["social_assistance_notifications"]
        assert [one.purpose for one in eetu.alters] == ["other_benefits"]
        assert eetu.gains == ()
        assert not oskar.is_felt

    def test_a_first_agreement_opens_everything(self, anna: Admin) -> None:
        new = a_new_organisation()
        told_of = services.begin(anna.right, new)
        version = versions.prepare(anna.right, told_of.pk, TODAY, content_for(new))
        assert effects(anna.right, version) == []

    def test_a_way_of_use_without_the_user_interface_closes_all_to_them(self, anna: Admin) -> None:
        content = named("other_benefits")
        content = Content(
            by_user_interface=False, by_technical_interface=True, purposes=content.purposes
        )
        version = versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, content)
        (eetu, _oskar) = effects(anna.right, version)
        assert len(eetu.loses) == 3

    def test_whoever_asks_is_in_the_organisations_log(self, anna: Admin) -> None:
        version = versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, narrowed())
        effects(anna.right, version)
        assert ActKind.VIEW_CHANGE_EFFECTS in {row.act for row in entries()}

    def test_a_mandate_that_suomifi_told_no_more_does_not_count(
        self, anna: Admin, settings: Settings
    ) -> None:
        told(settings, TODAY, BENEFITS)
        version = versions.prepare(anna.right, of_pirkanmaa().pk, TOMORROW, narrowed())
        (eetu, _oskar) = effects(anna.right, version)
        assert eetu.mandates == (BENEFITS,)


def test_a_renewal_begins_with_what_the_law_opens_then(anna: Admin) -> None:
    tampere = Agreement.objects.get(organisation__business_id=TAMPERE, validity__contains=TODAY)
    new = services.renew(anna.right, tampere.pk)
    page = anna.get(f"/kela/agreements/{new.pk}/versions/new/")
    assert "Labour market subsidy list" in page
    assert 'value="integration_benefits"' in page
    assert 'value="other_benefits"' not in page
