"""The way back: answers to Kela as a delivery of their own."""

import csv
import hashlib
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from notifications import answers
from tests.acting import client_of, owning
from tests.notifications.forwarding import county, eino, handling, notify, page_of

pytestmark = pytest.mark.django_db


def test_each_answer_goes_once_in_a_file_that_its_manifest_vouches_for(tmp_path: Path) -> None:
    person = eino()
    numbers = [notify(person), notify(person)]
    client = client_of(county())
    for number, line in zip(numbers, ["Tavattu, sovittu", ""], strict=True):
        path = f"{page_of(handling(number))}answer/"
        client.post(path, {"outcome": "needs_met", "line": line})
    with owning():
        assert answers.export(tmp_path / "1") == 2
        assert answers.export(tmp_path / "2") == 0
    text = (tmp_path / "1" / answers.FILE).read_text(encoding="utf-8")
    rows = list(csv.DictReader(StringIO(text)))
    assert [(row["notification"], row["line"]) for row in rows] == [
        (str(numbers[0]), "Tavattu, sovittu"),
        (str(numbers[1]), ""),
    ]
    assert {(row["organisation"], row["outcome"]) for row in rows} == {("9900100-2", "needs_met")}
    manifest = tomllib.loads((tmp_path / "1" / "manifest.toml").read_text(encoding="utf-8"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert manifest["files"] == {answers.FILE: {"rows": 2, "sha256": digest}}
    assert "Aino" not in text
    assert "131052" not in text


def test_what_was_written_is_not_written_over(tmp_path: Path) -> None:
    with owning(), pytest.raises(FileExistsError):
        answers.export(tmp_path)


def test_the_command_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL"):
        call_command("export_answers", out=tmp_path / "1", skip_checks=True)
