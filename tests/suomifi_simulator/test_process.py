"""The process itself: what it prints, and how it ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.suomifi_simulator.conftest import ROOT, free_port, wait_until_up
from tests.suomifi_simulator.parties import AINO, Browser, EService, RelyingParty


def test_no_log_line_names_a_person(
    browser: Browser, e_service: EService, kelmu: RelyingParty, process_log: Path
) -> None:
    kelmu.log_in(browser)
    browser.get(f"/nowhere/{AINO}")
    e_service.unregister(e_service.register()["sessionId"])
    e_service.api_key = "wrong"
    with pytest.raises(requests.HTTPError):
        e_service.register()
    log = process_log.read_text()
    assert "401 service/ypa/user/register/<client_id>/<hetu>" in log
    assert "404 no such address" in log
    assert AINO not in log


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_it_in_peace(name: str) -> None:
    port = free_port()
    environment = os.environ | {"SIMULATOR_PORT": str(port)}
    with subprocess.Popen(
        [sys.executable, "-m", "suomifi_simulator"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
    ) as process:
        wait_until_up(f"http://localhost:{port}/health")
        process.send_signal(signal.Signals[name])
        assert process.wait(timeout=10) == 0
        assert process.stderr
        assert process.stderr.read() == b""


def test_a_taken_port_is_told(e_service: EService) -> None:
    port = e_service.simulator.address.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "suomifi_simulator"],
        cwd=ROOT,
        env=os.environ | {"SIMULATOR_PORT": port},
        capture_output=True,
        timeout=20,
        check=False,
    )
    assert done.returncode != 0
    assert b"in use" in done.stderr
