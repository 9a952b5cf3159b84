"""The seven points of data security, assessed by the organisation itself."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from administration.commissioning.queries import security_is_assessed
from organisations.models import SecurityAssessment, SecurityPoint
from tests.acting import entries, organisation
from tests.administration.kela import Admin
from tests.administration.people import (
    DATA_PROTECTION,
    KESKI_SUOMI,
    SIGNATORY,
    TECHNICAL,
    of_keski_suomi,
)
from tests.agreeing import agreements_of
from tests.harness import TODAY

pytestmark = pytest.mark.django_db

ASSESS, PAGE = "/agreement/security/assess/", "/agreement/security/"
ALL_IN_ORDER = "All seven points are in order and assessed within the year."


def typed(point: SecurityPoint, **said: str) -> dict[str, str]:
    answer = {"state": "in_order", "responsible": "Teemu Tietosuoja", "on": "2026-11-20"} | said
    return {f"{point}-{name}": value for name, value in answer.items()}


def whole(**said: str) -> dict[str, str]:
    return {name: value for point in SecurityPoint for name, value in typed(point, **said).items()}


def is_assessed() -> bool:
    return security_is_assessed(organisation(KESKI_SUOMI).pk, TODAY)


def test_all_seven_in_order_open_the_gate_and_everybody_sees_it() -> None:
    assert of_keski_suomi(DATA_PROTECTION).post(ASSESS, **whole()) == PAGE
    assert is_assessed()
    assert ALL_IN_ORDER in of_keski_suomi(TECHNICAL).get(PAGE)
    agreement = agreements_of(KESKI_SUOMI).get()
    page = Admin("preparing").get(f"/kela/agreements/{agreement.pk}/commissioning/")
    assert "Teemu Tietosuoja" in page
    assert "The oldest point was assessed on 20.11.2026" in page


def test_it_stands_in_the_log() -> None:
    of_keski_suomi(SIGNATORY).post(ASSESS, **typed(SecurityPoint.MISUSE, state="under_way"))
    [entry] = [one for one in entries(KESKI_SUOMI) if one.act == "assess_security"]
    assert (entry.office, entry.details) == ("signatory", {"points": {"misuse": "under_way"}})


def test_points_may_be_assessed_one_by_one() -> None:
    teemu = of_keski_suomi(DATA_PROTECTION)
    for number, point in enumerate(SecurityPoint, start=1):
        assert not is_assessed()
        answers = {**whole(), **{f"{other}-state": "" for other in SecurityPoint}}
        assessed = {row.point for row in SecurityAssessment.objects.all()}
        answers |= {f"{other}-state": "in_order" for other in assessed | {point}}
        teemu.post(ASSESS, **answers)
        assert SecurityAssessment.objects.count() == number
    assert is_assessed()


def test_what_is_left_as_it_was_is_not_written_again() -> None:
    teemu = of_keski_suomi(DATA_PROTECTION)
    teemu.post(ASSESS, **whole())
    teemu.post(ASSESS, **whole())
    teemu.post(ASSESS, **{**whole(), **typed(SecurityPoint.ACCESS, note="Tarkistettu.")})
    assert SecurityAssessment.objects.count() == 8
    assert "Tarkistettu." in teemu.get(PAGE)


def test_it_is_renewed_yearly(settings: Settings) -> None:
    teemu = of_keski_suomi(DATA_PROTECTION)
    teemu.post(ASSESS, **whole())
    settings.KELMU_TODAY = TODAY + timedelta(days=366)
    page = teemu.get(PAGE)
    assert "To be assessed, put in order or renewed" in page
    teemu.post(ASSESS, **whole(on="2027-11-21"))
    assert ALL_IN_ORDER in teemu.get(PAGE)
    assert SecurityAssessment.objects.count() == 14


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"responsible": ""}, "Say who is responsible."),
        ({"responsible": "131052-9085"}, "Leave the personal identity code out."),
        ({"on": ""}, "Say when it was assessed."),
        ({"on": "2026-11-21"}, "The day is still to come."),
        ({"on": "eilen"}, "This is not a day."),
        ({"state": "splendid"}, "Select a valid choice."),
        ({"note": "x" * 501}, "at most 500 characters"),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_is_kept_in_the_form(
    said: dict[str, str], says: str
) -> None:
    answers = {**whole(), **typed(SecurityPoint.MISUSE, **said)}
    page = of_keski_suomi(DATA_PROTECTION).post(ASSESS, 422, **answers)
    assert says in page
    assert page.count("Teemu Tietosuoja") >= 6
    assert not SecurityAssessment.objects.exists()


def test_a_point_once_assessed_does_not_become_unassessed() -> None:
    teemu = of_keski_suomi(DATA_PROTECTION)
    teemu.post(ASSESS, **whole())
    page = teemu.post(ASSESS, 422, **{**whole(), "misuse-state": ""})
    assert "Choose how the point stands." in page


def test_others_read_and_are_told_who_assesses() -> None:
    tekla = of_keski_suomi(TECHNICAL)
    assert "The signatory and the person responsible" in tekla.get(PAGE)
    assert ASSESS not in tekla.get(PAGE)
    tekla.post(ASSESS, 403, **whole())
