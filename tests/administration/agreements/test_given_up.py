"""An agreement begun by mistake is given up: with a reason, for good, and nothing is deleted."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from administration.agreements import deadlines, queries, services
from administration.agreements.services import Said
from administration.agreements.steps import Deed
from administration.agreements.versions import services as versions
from administration.commissioning.queries import in_commissioning
from audit.models import ActKind
from organisations.models import Agreement
from organisations.queries import named_on
from tests.acting import PIRKANMAA, entries
from tests.administration.agreements.kela import (
    ACCEPTED,
    Admin,
    a_new_organisation,
    approving,
    content_for,
    preparing,
    signed,
)
from tests.administration.people import AUTHORIZER, KESKI_SUOMI, of_keski_suomi
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
WHY = "Tiedustelu koski toista viranomaista."


@pytest.fixture
def anna() -> Admin:
    return preparing()


def given_up(anna: Admin, agreement: Agreement) -> Agreement:
    return services.take(anna.right, agreement.pk, Deed.GIVEN_UP, Said(TODAY, note=WHY))


def of_keski() -> Agreement:
    return Agreement.objects.get(organisation__business_id=KESKI_SUOMI)


def test_it_is_given_up_on_its_page_with_a_reason_that_is_kept(anna: Admin) -> None:
    agreement = services.begin(anna.right, a_new_organisation())
    page = f"/kela/agreements/{agreement.pk}/"
    assert anna.send(f"{page}steps/given_up/").status_code == 422
    anna.send(f"{page}steps/given_up/", **{"given_up-note": WHY})
    told = anna.get(page)
    assert WHY in told
    assert "Nothing comes of this agreement." in told
    assert "Give the agreement up" not in told
    assert [event.step for event in agreement.events.all()] == [Deed.BEGUN, Deed.GIVEN_UP]
    steps = [row for row in entries("9900199-3") if row.act == ActKind.AGREEMENT_STEP]
    assert steps[-1].details["step"] == "given_up"


def test_what_both_have_signed_is_given_up_by_who_approves(anna: Admin) -> None:
    heikki = approving()
    agreement = signed(anna, heikki, a_new_organisation())
    assert "Give the agreement up" not in anna.get(f"/kela/agreements/{agreement.pk}/")
    with pytest.raises(ValidationError, match="Kela allekirjoittanut"):
        given_up(anna, agreement)
    page = f"/kela/agreements/{agreement.pk}/"
    assert heikki.send(f"{page}approval/given_up/", **{"given_up-note": WHY}).status_code == 302
    assert WHY in heikki.get(page)


def test_another_one_can_be_begun(anna: Admin) -> None:
    new = a_new_organisation()
    given_up(anna, services.begin(anna.right, new))
    assert services.begin(anna.right, new).number == "KELMU-2026-9900199-2"


def test_a_renewal_can_be_begun_anew(anna: Admin) -> None:
    old = Agreement.objects.get(organisation__business_id=PIRKANMAA)
    given_up(anna, services.renew(anna.right, old.pk))
    second = services.renew(anna.right, old.pk)
    assert Agreement.objects.get(pk=old.pk).renewed_by == second
    with pytest.raises(IntegrityError, match="one_renewal_at_a_time"), transaction.atomic():
        Agreement.objects.create(organisation=old.organisation, renews=old, number="THIRD")


def test_nobody_waits_for_it_any_more(anna: Admin) -> None:
    agreement = services.begin(anna.right, a_new_organisation())
    anna.send(f"/kela/agreements/{agreement.pk}/deadlines/", awaited="payees", due_on="2026-11-01")
    versions.prepare(anna.right, agreement.pk, TODAY, content_for(agreement.organisation))
    assert queries.waiting_for_approval().exists()
    given_up(anna, agreement)
    assert not queries.waiting_for_approval().exists()
    assert not deadlines.late(TODAY).filter(agreement=agreement).exists()
    assert agreement not in in_commissioning(TODAY)
    assert anna.get(f"/kela/agreements/{agreement.pk}/commissioning/", 404)
    assert "Uusi vastaanottokeskus" in anna.get("/kela/agreements/?state=given_up")


def test_no_version_of_it_is_approved(anna: Admin) -> None:
    agreement = services.begin(anna.right, a_new_organisation())
    content = content_for(agreement.organisation)
    version = versions.prepare(anna.right, agreement.pk, TODAY, content)
    given_up(anna, agreement)
    with pytest.raises(ValidationError, match="peruttu"):
        versions.decide(approving().right, version.pk, ACCEPTED)
    with pytest.raises(ValidationError, match="peruttu"):
        versions.prepare(anna.right, agreement.pk, TODAY, content)


def test_the_people_of_the_organisation_come_to_their_pages_no_more(anna: Admin) -> None:
    vilma = of_keski_suomi(AUTHORIZER)
    vilma.get("/agreement/")
    given_up(anna, of_keski())
    vilma.get("/agreement/", 403)
    assert not named_on(TODAY).filter(organisation__business_id=KESKI_SUOMI).exists()


@pytest.mark.parametrize("change", [{"step": "draft"}, {"end_reason": "toinen"}])
def test_it_does_not_change_any_more(anna: Admin, change: dict[str, str]) -> None:
    agreement = given_up(anna, of_keski())
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(**change)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"step": "given_up"}, "a_giving_up_says_why"),
        (
            {"step": "given_up", "end_reason": WHY, "validity": DateRange(TODAY, None)},
            "preview|only_what_both_signed_is_in_force",
        ),
    ],
)
def test_the_database_keeps_why_and_that_it_is_never_in_force(
    columns: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Agreement.objects.filter(pk=of_keski().pk).update(**columns)
