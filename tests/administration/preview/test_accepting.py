"""No day of use before the preview passed: what the database says of testing and accepting."""

from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from administration.preview.queries import accepted
from organisations.models import AgreementVersion, PreviewAcceptance, PreviewCheck
from tests.acting import owning
from tests.agreeing import agreed_purposes, version_of
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
TESTER, OTHER_TESTER, ACCEPTER = UUID(int=1), UUID(int=2), UUID(int=3)


def tick(version: AgreementVersion, point: str, by: UUID = TESTER) -> None:
    PreviewCheck.objects.create(
        version=version, point=point, by=by, by_name="Anna Aloittaja", at=timezone.now()
    )


def accept(version: AgreementVersion, by: UUID = ACCEPTER) -> None:
    with transaction.atomic():
        PreviewAcceptance.objects.create(
            version=version, by=by, by_name="Heikki Hyväksyjä", at=timezone.now()
        )


def test_a_version_that_nobody_tested_is_not_accepted() -> None:
    assert not accepted(version_of())
    with pytest.raises(IntegrityError, match="one person tests a preview"):
        accept(version_of())


def test_a_tested_version_is_accepted_by_another_person() -> None:
    tick(version_of(), "a")
    tick(version_of(), "b", by=OTHER_TESTER)
    for tester in (TESTER, OTHER_TESTER):
        with pytest.raises(IntegrityError, match="one person tests a preview"):
            accept(version_of(), by=tester)
    accept(version_of())
    assert accepted(version_of())


def test_a_changed_content_is_not_accepted_any_more() -> None:
    tick(version_of(), "a")
    accept(version_of())
    with owning():
        agreed_purposes().filter(purpose="other_benefits").update(look_back_months=6)
    assert not accepted(version_of())
    with pytest.raises(IntegrityError, match="one person tests a preview"):
        accept(version_of())
    tick(version_of(), "a")
    accept(version_of())
    assert accepted(version_of())


def test_a_purpose_more_or_less_is_a_changed_content() -> None:
    tick(version_of(), "a")
    accept(version_of())
    with owning():
        agreed_purposes().filter(purpose="typ_service", validity__contains=TODAY).delete()
        assert agreed_purposes().filter(purpose="other_benefits").delete()[0]
    assert not accepted(version_of())


def test_the_checklist_of_an_accepted_preview_stays() -> None:
    tick(version_of(), "a")
    accept(version_of())
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        tick(version_of(), "b")
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        PreviewCheck.objects.all().delete()


def test_nobody_says_of_which_content_a_mark_is() -> None:
    """The database does: a mark of another content would be accepted without a test."""
    PreviewCheck.objects.create(
        version=version_of(),
        point="a",
        content="0" * 32,
        by=TESTER,
        by_name="Anna Aloittaja",
        at=timezone.now(),
    )
    assert not PreviewCheck.objects.filter(content="0" * 32).exists()
