"""What the day of use waits for is kept by the database, whatever the application asks of it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from organisations.models import Agreement, SecurityPoint, SecurityState
from tests.administration.agreements.kela import (
    NEW,
    a_new_organisation,
    approving,
    preparing,
    signed,
)
from tests.administration.commissioning.test_security_gate import A_YEAR_AGO, assess
from tests.administration.preview.test_accepting import accept, tick
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
SET_DAY = "UPDATE organisations_agreement SET validity = daterange(%s, NULL) WHERE id = %s"


@pytest.fixture
def agreement() -> Agreement:
    return signed(preparing(), approving(), a_new_organisation())


def put_into_use(agreement: Agreement) -> None:
    """As the application's own role, past its services."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("kelmu_app",)
        cursor.execute(SET_DAY, [TODAY, agreement.pk])


def accept_the_preview(agreement: Agreement) -> None:
    [version] = agreement.versions.all()
    tick(version, "a")
    accept(version)


def test_it_waits_for_the_preview(agreement: Agreement) -> None:
    assess(at=NEW)
    with pytest.raises(IntegrityError, match="before the preview is accepted"):
        put_into_use(agreement)
    accept_the_preview(agreement)
    put_into_use(agreement)


def test_it_waits_for_all_points_of_data_security(agreement: Agreement) -> None:
    accept_the_preview(agreement)
    with pytest.raises(IntegrityError, match="before the data security is assessed"):
        put_into_use(agreement)
    assess(at=NEW)
    assess(SecurityPoint.MISUSE, state=SecurityState.UNDER_WAY, at=NEW)
    with pytest.raises(IntegrityError, match="before the data security is assessed"):
        put_into_use(agreement)
    assess(SecurityPoint.MISUSE, on=A_YEAR_AGO, at=NEW)
    put_into_use(agreement)


def test_no_agreement_begins_in_force(agreement: Agreement) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Agreement.objects.create(
            organisation=agreement.organisation,
            number="KELMU-NEW",
            step="signed_by_kela",
            signed_on=TODAY,
            validity=DateRange(TODAY, None),
        )
