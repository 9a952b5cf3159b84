"""Which step an agreement may take and who at Kela takes it: the table, tested whole."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from administration.agreements import services, steps
from administration.agreements.services import Said
from administration.agreements.steps import Deed
from administration.agreements.versions import services as versions
from audit.models import ActKind
from authorizations.refusals import Refused
from organisations.models import Agreement, Standing
from tests.acting import PIRKANMAA, entries, organisation
from tests.administration.agreements.kela import (
    Admin,
    a_new_organisation,
    approved_version,
    approving,
    content_for,
    open_the_gates,
    preparing,
    signed,
)
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
Step = Agreement.Step
GROUPS = ["preparing", "approving", "service_desk", "oversight"]
PAST = DateRange(date(2023, 1, 1), date(2024, 1, 1))
NOW, COMING = DateRange(date(2023, 1, 1), None), DateRange(TODAY + timedelta(days=9), None)

# By hand, from the issue: at which step and standing, in which group, what may be done.
MAY = {
    (Step.RIGHT_EXAMINED, None, "preparing"): {Deed.DRAFTED, Deed.GIVEN_UP},
    (Step.DRAFT, None, "preparing"): {Deed.SENT, Deed.GIVEN_UP},
    (Step.SENT, None, "preparing"): {
        Deed.SIGNED_BY_ORGANISATION,
        Deed.TAKEN_BACK,
        Deed.GIVEN_UP,
    },
    (Step.SIGNED_BY_ORGANISATION, None, "preparing"): {Deed.TAKEN_BACK, Deed.GIVEN_UP},
    (Step.SIGNED_BY_ORGANISATION, None, "approving"): {Deed.SIGNED_BY_KELA},
    (Step.SIGNED_BY_KELA, None, "approving"): {Deed.PUT_INTO_USE, Deed.GIVEN_UP},
    (Step.SIGNED_BY_KELA, COMING, "preparing"): {Deed.RENEWED},
    (Step.SIGNED_BY_KELA, COMING, "approving"): {Deed.PUT_INTO_USE, Deed.SHORTENED, Deed.ENDED},
    (Step.SIGNED_BY_KELA, NOW, "preparing"): {Deed.RENEWED},
    (Step.SIGNED_BY_KELA, NOW, "approving"): {Deed.SHORTENED, Deed.ENDED},
    (Step.SIGNED_BY_KELA, PAST, "preparing"): {Deed.RENEWED},
}
STANDS = [
    *((step, None) for step in Step),
    *((Step.SIGNED_BY_KELA, time) for time in (COMING, NOW, PAST)),
]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize(("step", "time"), STANDS)
def test_the_table(step: Agreement.Step, time: DateRange | None, group: str) -> None:
    agreement = Agreement(pk=0, step=step, validity=time)
    possible = set(steps.possible([group], agreement, TODAY))
    assert possible == MAY.get((step, time, group), set())


def test_every_deed_has_its_rule() -> None:
    assert set(steps.RULES) == set(Deed) - {Deed.BEGUN}


@pytest.fixture
def anna() -> Admin:
    return preparing()


@pytest.fixture
def heikki() -> Admin:
    return approving()


def test_an_agreement_goes_from_the_first_step_to_the_last(anna: Admin, heikki: Admin) -> None:
    agreement = signed(anna, heikki, a_new_organisation())
    assert agreement.step == Step.SIGNED_BY_KELA
    assert agreement.signed_on == TODAY
    told = [event.step for event in agreement.events.all()]
    assert told == [
        Deed.BEGUN,
        Deed.DRAFTED,
        Deed.SENT,
        Deed.SIGNED_BY_ORGANISATION,
        Deed.SIGNED_BY_KELA,
    ]


def test_each_step_is_a_row_of_the_organisations_log(anna: Admin, heikki: Admin) -> None:
    new = a_new_organisation()
    signed(anna, heikki, new)
    rows = [row for row in entries(new.business_id) if row.act == ActKind.AGREEMENT_STEP]
    assert [row.details["step"] for row in rows] == [
        "right_examined",
        "draft",
        "sent",
        "signed_by_organisation",
        "signed_by_kela",
    ]
    assert {row.office for row in rows} == {"preparing", "approving"}
    assert {row.details["agreement"] for row in rows} == {"KELMU-2026-9900199"}


def test_a_step_out_of_turn_is_refused_in_words(anna: Admin) -> None:
    agreement = services.begin(anna.right, a_new_organisation())
    with pytest.raises(ValidationError, match="Oikeus tutkittu"):
        services.take(anna.right, agreement.pk, Deed.SENT, Said(TODAY))


def test_a_step_of_the_other_group_is_refused(anna: Admin, heikki: Admin) -> None:
    agreement = signed(anna, heikki, a_new_organisation())
    with pytest.raises(Refused):
        services.take(anna.right, agreement.pk, Deed.PUT_INTO_USE, Said(TODAY))
    with pytest.raises(Refused):
        services.begin(heikki.right, organisation(PIRKANMAA))


def test_nothing_is_sent_that_nobody_else_has_read(anna: Admin) -> None:
    agreement = services.begin(anna.right, a_new_organisation())
    versions.prepare(anna.right, agreement.pk, TODAY, content_for(agreement.organisation))
    with pytest.raises(ValidationError, match="hyväksytty"):
        services.take(anna.right, agreement.pk, Deed.SENT, Said(TODAY))


def test_a_signature_is_not_of_a_day_to_come(anna: Admin, heikki: Admin) -> None:
    agreement = services.begin(anna.right, a_new_organisation())
    approved_version(anna, heikki, agreement)
    services.take(anna.right, agreement.pk, Deed.SENT, Said(TODAY))
    with pytest.raises(ValidationError):
        services.take(
            anna.right,
            agreement.pk,
            Deed.SIGNED_BY_ORGANISATION,
            Said(TODAY + timedelta(days=1), note="x"),
        )


class TestOnePersonInBothGroups:
    """Nobody does both, whatever groups they are in."""

    @pytest.fixture
    def both(self) -> Admin:
        return Admin("preparing", "approving")

    def test_who_prepared_does_not_sign(self, both: Admin, heikki: Admin) -> None:
        agreement = services.begin(both.right, a_new_organisation())
        approved_version(both, heikki, agreement)
        services.take(both.right, agreement.pk, Deed.SENT, Said(TODAY))
        services.take(both.right, agreement.pk, Deed.SIGNED_BY_ORGANISATION, Said(TODAY, note="x"))
        with pytest.raises(ValidationError, match="itse"):
            services.take(both.right, agreement.pk, Deed.SIGNED_BY_KELA, Said(TODAY))

    def test_nor_is_it_possible_in_the_database(self, both: Admin) -> None:
        agreement = services.begin(both.right, a_new_organisation())
        with pytest.raises(IntegrityError, match="another signs it"), transaction.atomic():
            agreement.events.create(
                step=Deed.SIGNED_BY_KELA,
                on=TODAY,
                by=both.right.subject,
                by_name="Anna",
                at=timezone.now(),
            )


class TestDayOfUse:
    @pytest.fixture(autouse=True)
    def _open(self, monkeypatch: pytest.MonkeyPatch) -> None:
        open_the_gates(monkeypatch)

    def test_the_agreement_is_in_force_from_that_day_on(self, anna: Admin, heikki: Admin) -> None:
        agreement = signed(anna, heikki, a_new_organisation())
        day = TODAY + timedelta(days=7)
        agreement = services.take(heikki.right, agreement.pk, Deed.PUT_INTO_USE, Said(day))
        assert agreement.standing(TODAY) == Standing.COMING
        assert agreement.standing(day) == Standing.IN_FORCE

    def test_it_may_have_a_last_day_after_which_it_lapses(self, anna: Admin, heikki: Admin) -> None:
        agreement = signed(anna, heikki, a_new_organisation())
        last = TODAY + timedelta(days=30)
        agreement = services.take(heikki.right, agreement.pk, Deed.PUT_INTO_USE, Said(TODAY, last))
        assert agreement.standing(last) == Standing.IN_FORCE
        assert agreement.standing(last + timedelta(days=1)) == Standing.LAPSED

    def test_a_day_that_has_passed_is_refused(self, anna: Admin, heikki: Admin) -> None:
        agreement = signed(anna, heikki, a_new_organisation())
        yesterday = TODAY - timedelta(days=1)
        with pytest.raises(ValidationError):
            services.take(heikki.right, agreement.pk, Deed.PUT_INTO_USE, Said(yesterday))

    def test_a_day_before_the_version_holds_is_refused(self, anna: Admin, heikki: Admin) -> None:
        agreement = signed(anna, heikki, a_new_organisation(), TODAY + timedelta(days=5))
        with pytest.raises(ValidationError, match="versio"):
            services.take(heikki.right, agreement.pk, Deed.PUT_INTO_USE, Said(TODAY))

    def test_two_agreements_at_once_are_refused_in_words(self, anna: Admin, heikki: Admin) -> None:
        agreement = signed(anna, heikki, organisation(PIRKANMAA))
        with pytest.raises(ValidationError, match="KELMU-2023-9900100"):
            services.take(heikki.right, agreement.pk, Deed.PUT_INTO_USE, Said(TODAY))

    def test_a_renewal_takes_the_place_without_a_break(self, anna: Admin, heikki: Admin) -> None:
        old = Agreement.objects.get(organisation__business_id=PIRKANMAA)
        new = services.renew(anna.right, old.pk)
        approved_version(anna, heikki, new)
        for deed, who in [
            (Deed.SENT, anna),
            (Deed.SIGNED_BY_ORGANISATION, anna),
            (Deed.SIGNED_BY_KELA, heikki),
        ]:
            services.take(who.right, new.pk, deed, Said(TODAY, note="x"))
        day = TODAY + timedelta(days=10)
        services.take(heikki.right, new.pk, Deed.PUT_INTO_USE, Said(day))
        old = Agreement.objects.get(pk=old.pk)
        assert old.validity.upper == day
        assert old.standing(day - timedelta(days=1)) == Standing.IN_FORCE
        assert old.standing(day) == Standing.RENEWED

    def test_a_renewal_under_way_renews_nothing_yet(self, anna: Admin, heikki: Admin) -> None:
        old = Agreement.objects.get(organisation__business_id=PIRKANMAA)
        services.take(heikki.right, old.pk, Deed.SHORTENED, Said(TODAY, TODAY))
        services.renew(anna.right, old.pk)
        old = Agreement.objects.get(pk=old.pk)
        assert old.standing(TODAY + timedelta(days=1)) == Standing.LAPSED


def test_the_gates_are_named_when_they_are_closed(anna: Admin, heikki: Admin) -> None:
    agreement = signed(anna, heikki, a_new_organisation())
    with pytest.raises(ValidationError, match="Esikatselua"):
        services.take(heikki.right, agreement.pk, Deed.PUT_INTO_USE, Said(TODAY))


def test_an_agreement_ends_with_a_reason_after_its_last_day(heikki: Admin) -> None:
    agreement = Agreement.objects.get(organisation__business_id=PIRKANMAA)
    with pytest.raises(ValidationError):
        services.take(heikki.right, agreement.pk, Deed.ENDED, Said(TODAY, TODAY))
    last = TODAY + timedelta(days=3)
    agreement = services.take(
        heikki.right, agreement.pk, Deed.ENDED, Said(TODAY, last, "Toiminta päättyy.")
    )
    assert agreement.standing(last) == Standing.IN_FORCE
    assert agreement.standing(last + timedelta(days=1)) == Standing.ENDED


@pytest.mark.parametrize("last", [TODAY - timedelta(days=1), None])
def test_an_agreement_does_not_end_in_the_past(heikki: Admin, last: date | None) -> None:
    agreement = Agreement.objects.get(organisation__business_id=PIRKANMAA)
    with pytest.raises(ValidationError):
        services.take(heikki.right, agreement.pk, Deed.ENDED, Said(TODAY, last, "Syy."))


def test_an_agreement_is_made_longer_by_renewing_it(heikki: Admin) -> None:
    agreement = Agreement.objects.get(organisation__business_id=PIRKANMAA)
    services.take(heikki.right, agreement.pk, Deed.SHORTENED, Said(TODAY, TODAY))
    with pytest.raises(ValidationError):
        services.take(
            heikki.right, agreement.pk, Deed.SHORTENED, Said(TODAY, TODAY + timedelta(days=9))
        )


def test_one_agreement_is_under_way_at_a_time(anna: Admin) -> None:
    new = a_new_organisation()
    services.begin(anna.right, new)
    with pytest.raises(ValidationError, match="KELMU-2026-9900199"):
        services.begin(anna.right, new)
