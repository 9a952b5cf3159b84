"""The day of use waits for the seven points of data security."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from administration.commissioning.queries import security_is_assessed
from organisations.models import SecurityAssessment, SecurityPoint, SecurityState
from tests.acting import PIRKANMAA, TAMPERE, organisation
from tests.agreeing import PREPARER
from tests.harness import TODAY

pytestmark = pytest.mark.django_db

A_YEAR_AGO = TODAY.replace(year=TODAY.year - 1)


def assess(
    *points: SecurityPoint,
    state: SecurityState = SecurityState.IN_ORDER,
    on: date = TODAY,
    at: str = PIRKANMAA,
) -> None:
    for point in points or SecurityPoint:
        SecurityAssessment.objects.create(
            organisation=organisation(at),
            point=point,
            state=state,
            responsible="Tiina Turvaaja",
            on=on,
            by=PREPARER,
            by_name="Tiina Turvaaja",
            at=timezone.now(),
        )


def is_assessed(day: date = TODAY) -> bool:
    return security_is_assessed(organisation(PIRKANMAA).pk, day)


def test_without_any_assessment_it_waits() -> None:
    assert not is_assessed()


def test_all_seven_in_order_open_it() -> None:
    assert len(SecurityPoint) == 7
    assess()
    assert is_assessed()


@pytest.mark.parametrize("missing", SecurityPoint)
def test_one_missing_point_holds_it(missing: SecurityPoint) -> None:
    assess(*[point for point in SecurityPoint if point is not missing])
    assert not is_assessed()


@pytest.mark.parametrize("state", [SecurityState.UNDER_WAY, SecurityState.NOT_IN_ORDER])
def test_one_point_that_is_no_longer_in_order_holds_it_and_the_history_stays(
    state: SecurityState,
) -> None:
    assess()
    assess(SecurityPoint.MISUSE, state=state)
    assert not is_assessed()
    assert SecurityAssessment.objects.count() == 8
    assess(SecurityPoint.MISUSE)
    assert is_assessed()


@pytest.mark.parametrize(
    ("on", "holds"),
    [(A_YEAR_AGO, True), (A_YEAR_AGO - timedelta(days=1), False)],
)
def test_an_assessment_holds_for_a_year(on: date, holds: bool) -> None:
    assess()
    assess(SecurityPoint.ACCESS, on=on)
    assert is_assessed() is holds


def test_what_is_assessed_later_does_not_count_before() -> None:
    assess()
    assert not is_assessed(TODAY - timedelta(days=1))
    assert is_assessed(TODAY + timedelta(days=30))


def test_each_organisation_assesses_its_own() -> None:
    assess(at=TAMPERE)
    assert not is_assessed()


def test_the_database_keeps_what_was_assessed() -> None:
    assess()
    for statement in (
        "UPDATE organisations_securityassessment SET state = 'in_order'",
        "DELETE FROM organisations_securityassessment",
    ):
        with (
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_point_needs_somebody_responsible() -> None:
    assess()
    with pytest.raises(IntegrityError, match="somebody_responsible"):
        SecurityAssessment.objects.create(
            organisation=organisation(),
            point=SecurityPoint.ACCESS,
            state=SecurityState.IN_ORDER,
            responsible="",
            on=TODAY,
            by=PREPARER,
            by_name="",
            at=timezone.now(),
        )
