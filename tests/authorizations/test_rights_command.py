"""`manage.py rights`: what the rulebook gives, on one line or many, without a database."""

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from authorizations.rulebook import Mandate, OrganisationType, Purpose

ROOT = Path(__file__).parents[2]
ETUUSTIEDOT = "--mandate=benefits_and_payment_demands"
KEYS = [
    "slug",
    "tabs",
    "data_groups",
    "look_back_months",
    "notification_types",
    "listings",
    "actions",
    "law",
    "assumption",
]


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("rights", *words, stdout=out)
    return out.getvalue()


def ask(*words: str) -> Any:
    return json.loads(run("--json", *words))


def manage(*words: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    """The real command line, in an environment without a single setting of ours."""
    return subprocess.run(
        [sys.executable, "manage.py", "rights", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        input=lines,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_municipality_before_the_counties() -> None:
    assert ask("--organisation-type=municipality", ETUUSTIEDOT, "--on=2022-12-15") == {
        "purposes": [
            {
                "slug": "other_benefits",
                "tabs": ["benefits"],
                "data_groups": [
                    "pendency",
                    "decisions",
                    "payments",
                    "insurance",
                    "recovery",
                    "medicine_cap",
                    "data_from_others",
                ],
                "look_back_months": 36,
                "notification_types": [],
                "listings": [],
                "actions": [],
                "law": [
                    "laki sosiaalihuollon asiakkaan asemasta ja oikeuksista 812/2000 20 §",
                    "laki sosiaali- ja terveydenhuollon asiakasmaksuista 734/1992 14 a §",
                ],
                "assumption": True,
            },
            {
                "slug": "social_assistance",
                "tabs": ["social_assistance", "forwarded_notifications"],
                "data_groups": ["pendency", "decisions", "payments", "recovery"],
                "look_back_months": 36,
                "notification_types": [
                    "application",
                    "reduced_basic_amount",
                    "need_for_social_work",
                    "unemployed_under_25",
                    "unemployed_25_and_over",
                    "immigrant",
                ],
                "listings": [],
                "actions": ["send_document"],
                "law": ["laki toimeentulotuesta 1412/1997"],
                "assumption": True,
            },
        ],
        "actions": ["payment_demands", "send_document"],
    }


def test_a_municipality_with_the_counties() -> None:
    answer = ask("--organisation-type=municipality", ETUUSTIEDOT, "--on=2023-01-02")
    assert [purpose["slug"] for purpose in answer["purposes"]] == ["integration_benefits"]
    assert answer["actions"] == ["send_document"]


def test_purposes_stand_in_the_order_of_the_rulebook_whatever_the_order_of_mandates() -> None:
    mandates = [f"--mandate={mandate}" for mandate in reversed(Mandate)]
    answer = ask("--organisation-type=helsinki", *mandates, "--on=2026-11-21")
    assert [purpose["slug"] for purpose in answer["purposes"]] == list(Purpose)


def test_every_purpose_has_every_key_and_a_list_has_no_data_groups() -> None:
    answer = ask("--organisation-type=helsinki", "--mandate=front_veterans_supplement")
    (purpose,) = answer["purposes"]
    assert list(purpose) == KEYS
    assert purpose["data_groups"] == []
    assert purpose["look_back_months"] is None


def test_without_mandates_nothing_is_open() -> None:
    assert ask("--organisation-type=helsinki") == {"purposes": [], "actions": []}


def test_the_day_is_today_unless_told(settings: Any) -> None:
    settings.KELMU_TODAY = date(2022, 12, 15)
    assert ask("--organisation-type=municipality", ETUUSTIEDOT) == ask(
        "--organisation-type=municipality", ETUUSTIEDOT, "--on=2022-12-15"
    )


def test_without_json_the_answer_is_a_table() -> None:
    table = run("--organisation-type=wellbeing_county", ETUUSTIEDOT, "--on=2023-01-02")
    rows = [line.split(maxsplit=2) for line in table.splitlines()]
    assert rows[0] == ["purpose", "opens", "what"]
    assert ["social_assistance", "look_back_months", "36"] in rows
    assert ["social_assistance", "actions", "send_document"] in rows
    assert rows[-1] == ["all", "actions", "payment_demands, send_document"]


def test_a_table_of_nothing_says_so() -> None:
    table = run("--organisation-type=joint_authority", ETUUSTIEDOT, "--on=2023-01-01")
    assert table.splitlines()[1:] == [f"{'all':<33}{'actions':<20}none"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--organisation-type=kingdom"], "unknown word 'kingdom'"),
        (["--organisation-type=helsinki", "--mandate=everything"], "unknown word 'everything'"),
        (["--organisation-type=helsinki", "--on=yesterday"], "not a day"),
        (["--json"], "--organisation-type"),
    ],
)
def test_an_unknown_word_is_told(words: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(*words)


def question(**changes: object) -> str:
    asked = {
        "organisation_type": "municipality",
        "mandates": ["benefits_and_payment_demands"],
        "on": "2022-12-15",
    }
    return json.dumps(asked | changes)


def batch(monkeypatch: pytest.MonkeyPatch, *lines: str) -> list[Any]:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return [json.loads(line) for line in run("--batch").splitlines()]


def test_a_batch_is_answered_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    days = ("2021-01-31", "2022-12-15", "2023-01-02")
    answers = batch(monkeypatch, *(question(on=day) for day in days))
    words = ("--organisation-type=municipality", ETUUSTIEDOT)
    assert answers == [ask(*words, f"--on={day}") for day in days]


def test_a_batch_without_a_day_asks_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({"organisation_type": "helsinki", "mandates": ["treatment_abroad"]})
    answers = batch(monkeypatch, line)
    assert answers == [ask("--organisation-type=helsinki", "--mandate=treatment_abroad")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (question(organisation_type="kingdom"), "unknown word 'kingdom'"),
        (question(mandates=["everything"]), "unknown word 'everything'"),
        (question(mandates=[["nested"]]), r"unknown word \['nested'\]"),
        (question(mandates="benefits_and_payment_demands"), "not an object"),
        (question(on="yesterday"), "not a day"),
        (question(on=None), "not a day"),
        (question(purpose="curiosity"), "not an object"),
        ("[]", "not an object"),
        ("nonsense", "Expecting value"),
    ],
)
def test_a_batch_names_the_line_that_is_wrong(
    monkeypatch: pytest.MonkeyPatch, line: str, message: str
) -> None:
    with pytest.raises(CommandError, match=f"^line 2: .*{message}") as caught:
        batch(monkeypatch, question(), line)
    assert caught.value.returncode == 2


def test_the_command_line_needs_no_database_and_no_settings() -> None:
    done = manage("--organisation-type=helsinki", ETUUSTIEDOT, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["actions"] == ["payment_demands", "send_document"]


@pytest.mark.parametrize(
    ("words", "lines", "message"),
    [
        (["--organisation-type=kingdom"], "", "unknown word 'kingdom'"),
        (["--batch"], f"{question()}\n{question(mandates=['x'])}\n", "line 2: unknown word 'x'"),
    ],
)
def test_an_unknown_word_ends_the_command_with_code_2(
    words: list[str], lines: str, message: str
) -> None:
    done = manage(*words, lines=lines)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("organisation_type", OrganisationType)
def test_every_organisation_type_can_be_asked(organisation_type: OrganisationType) -> None:
    mandates = [f"--mandate={mandate}" for mandate in Mandate]
    assert ask(f"--organisation-type={organisation_type}", *mandates).keys() == {
        "purposes",
        "actions",
    }
