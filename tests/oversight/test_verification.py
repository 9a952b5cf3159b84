"""Kela's oversight sees what verifying found in the log, and acknowledges it with a reason."""

import json

import pytest
from django.db import connection

from audit import state
from tests.acting import organisation
from tests.harness import as_owner
from tests.oversight.watching import Overseer, cells

pytestmark = pytest.mark.django_db
PAGE = "/kela/log-findings/"
ALARM = "The access log is not as it was sealed."


@pytest.fixture(autouse=True)
def _found() -> None:
    """Verifying found that a row of Pirkanmaa is not as it was sealed."""
    told = {
        "organisation": organisation().pk,
        "since": "",
        "until": "2026-11-20T10:00:00+00:00",
        "kind": "rows_miscounted",
        "about": {"part": "entry 2026-11", "sealed": 2, "read": 1, "digest": "ab12"},
    }
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_verification (started_at, is_whole, rows, seals, findings)"
            " VALUES (now(), true, 2, 1, %s)",
            [json.dumps([told])],
        )


def test_it_is_found_from_the_alarm_and_acknowledged() -> None:
    overseer = Overseer()
    assert f'href="{PAGE}">What was found' in overseer.get("/kela/")
    page = overseer.get(PAGE)
    assert "Pirkanmaan hyvinvointialue" in page
    assert cells(page, "Sealed after") == ["the beginning"]
    assert cells(page, "What was found") == ["November 2026, acts: 2 sealed, 1 read (ab12)"]
    told = {"reason": "Levy rikkoutui", "until": state.newest_verification()}
    overseer.post(PAGE, 302, **told)
    assert "Nothing that has not been acknowledged." in overseer.get(PAGE)
    assert ALARM not in overseer.get("/kela/")


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "marraskuu 2026"), ("sv", "november 2026")],
)
def test_it_is_told_in_the_language_of_the_reader(language: str, words: str) -> None:
    overseer = Overseer()
    overseer.client.cookies["kelmu-language"] = language
    page = overseer.get(PAGE)
    assert words in page
    assert "2 sealed" not in page


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"reason": ""}, "Say what was found out."),
        ({"reason": "About 131052-9085"}, "Leave the personal identity code out."),
    ],
)
def test_without_a_fit_reason_it_stands(told: dict[str, str], message: str) -> None:
    assert message in Overseer().post(PAGE, 422, **{"until": "1"} | told)
    assert state.alarms() == [state.ALTERED]


def test_others_of_kela_see_the_alarm_alone() -> None:
    page = Overseer("preparing").get("/kela/")
    assert ALARM in page
    assert PAGE not in page
