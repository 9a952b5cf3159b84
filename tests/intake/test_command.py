"""What the command tells whom: its user, a terminal, the file of rejects and the shell."""

import csv
import os
import pty
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from intake.management.commands.intake import SOME_REJECTED
from intake.progress import Progress
from tests.delivering import EINO, GOOD, SECOND_DAY, deliver, intake

pytestmark = pytest.mark.usefixtures("fresh_db")

NAMELESS = GOOD["customers.csv"][0].replace(EINO, "010190-902S").replace("Eino Olavi", "")
BAD = {
    "customers.csv": [*GOOD["customers.csv"], NAMELESS],
    "insurance.csv": [f"1,{EINO},social_security,true,residence,13.10.1952,,FI"],
}


def rejects(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_file_of_rejects_says_where_and_why_and_no_value(tmp_path: Path) -> None:
    intake(deliver(tmp_path / "bad", BAD), rejects=tmp_path / "rejects.csv")
    batch = "test 2026-11-20 06:00"
    assert rejects(tmp_path / "rejects.csv") == [
        ["batch", "file", "line", "field", "reason"],
        [batch, "customers.csv", "4", "given_names", "missing"],
        [batch, "insurance.csv", "2", "first_day", "form"],
    ]


def test_without_rejects_the_file_says_so_by_its_header_alone(tmp_path: Path) -> None:
    intake(deliver(tmp_path / "good", GOOD), rejects=tmp_path / "rejects.csv")
    assert len(rejects(tmp_path / "rejects.csv")) == 1


def test_the_exit_code_tells_that_rows_were_left_out(tmp_path: Path) -> None:
    deliver(tmp_path, BAD)
    for _again in range(2):
        with pytest.raises(CommandError, match="2 rows were left out") as told:
            call_command("intake", str(tmp_path), stdout=StringIO(), skip_checks=True)
        assert told.value.returncode == SOME_REJECTED


def test_the_exit_code_of_a_refused_delivery_is_one(tmp_path: Path) -> None:
    intake(deliver(tmp_path / "young", GOOD, SECOND_DAY))
    deliver(tmp_path / "old", GOOD)
    with pytest.raises(CommandError) as told:
        intake(tmp_path / "old")
    assert told.value.returncode == 1


def test_away_from_a_terminal_each_step_is_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    intake(deliver(tmp_path, GOOD))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2 * len(GOOD)
    assert lines[0].startswith("customers.csv: staging: 2 rows in ")
    assert not any("\r" in line for line in lines)


def test_on_a_terminal_there_is_a_bar_with_rate_and_time_left() -> None:
    master, slave = pty.openpty()
    with (
        os.fdopen(slave, "w") as terminal,
        Progress(terminal)("payments.csv: merging", 100) as done,
    ):
        done(50)
    shown = os.read(master, 10_000).decode()
    os.close(master)
    assert "payments.csv: merging:   0%" in shown
    assert "rows/s]" in shown
