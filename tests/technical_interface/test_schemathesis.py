"""Schemathesis tries the whole published text against the running service, by every check it has:
what the text promises is so, and what it does not allow is refused, never with 5xx."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from demo.environment import ROOT
from tests.conftest import KelmuOn
from tests.harness import TODAY
from tests.running import Kelmu
from tests.technical_interface.calling import pair
from tests.technical_interface.test_text import register

HERE = Path(__file__).parent
UNHURRIED = {
    "INTERFACE_CALLS_IN_A_MINUTE": "1000000",
    "INTERFACE_SEARCHES_IN_5_MINUTES": "1000000",
    "INTERFACE_SEARCHES_IN_AN_HOUR": "1000000",
}


def test_the_text_holds_for_a_few_cases_of_each_operation(kelmu: Kelmu, tmp_path: Path) -> None:
    assert tried(kelmu, tmp_path, "--phases=examples,fuzzing,stateful", "--max-examples=1") > 20


@pytest.mark.long
def test_the_text_holds_for_ten_thousand_cases(kelmu_on: KelmuOn, tmp_path: Path) -> None:
    kelmu = kelmu_on(TODAY.isoformat(), **UNHURRIED)
    assert tried(kelmu, tmp_path, "--max-examples=300") >= 10_000


def tried(kelmu: Kelmu, folder: Path, *options: str) -> int:
    """How many cases were tried, none of them with a failure."""
    key = folder / "private.pem"
    key.write_text(pair()[0])
    run = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", HERE / "schemathesis.toml"),
            *("run", f"{kelmu.address}/api/v1/openapi.json", "--no-color", "--checks=all"),
            *options,
        ],
        cwd=folder,
        env=os.environ
        | {
            "PYTHONPATH": str(ROOT),
            "SCHEMATHESIS_HOOKS": "tests.technical_interface.schemathesis_hooks",
            "INTERFACE": kelmu.address,
            "INTERFACE_KID": register(kelmu),
            "INTERFACE_KEY": str(key),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    found = re.search(r"(\d+) generated", run.stdout)
    assert found, run.stdout
    return int(found[1])
