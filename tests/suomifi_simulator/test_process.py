"""The process itself: what it prints, and how it ends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.suomifi_simulator.conftest import ROOT, free_port, wait_until_up
from tests.suomifi_simulator.parties import AINO, Browser, EService, RelyingParty, Simulator


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


def test_it_shares_no_code_with_the_application() -> None:
    script = (
        "import json, sys, suomifi_simulator.urls;"
        "print(json.dumps([getattr(m, '__file__', None) for m in sys.modules.values()]))"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "suomifi_simulator.settings"}
    loaded = json.loads(
        subprocess.check_output([sys.executable, "-c", script], cwd=ROOT, env=environment)
    )
    files = [Path(file).relative_to(ROOT) for file in loaded if file and is_ours(Path(file))]
    assert {file.parts[0] for file in files} == {"suomifi_simulator"}


def is_ours(file: Path) -> bool:
    return file.is_relative_to(ROOT) and "site-packages" not in file.parts


def test_people_and_clients_come_from_files_that_settings_replace(tmp_path: Path) -> None:
    port = free_port()
    clients, cast = tmp_path / "clients.toml", tmp_path / "cast.toml"
    there = (ROOT / "suomifi_simulator" / "clients.toml").read_text()
    clients.write_text(there.replace('id = "ke1mu7d3"', 'id = "other123"'))
    cast.write_text((ROOT / "demo" / "cast.toml").read_text().replace("Virkailija", "Toinen"))
    environment = os.environ | {
        "SIMULATOR_PORT": str(port),
        "SIMULATOR_ADDRESS": f"http://127.0.0.1:{port}/",
        "SIMULATOR_CLIENTS": str(clients),
        "SIMULATOR_CAST": str(cast),
        "KELMU_TODAY": "2022-12-15",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "suomifi_simulator"], cwd=ROOT, env=environment
    ) as process:
        try:
            wait_until_up(f"http://localhost:{port}/health")
            simulator = Simulator(f"http://127.0.0.1:{port}", "http://127.0.0.1:8000")
            assert EService(simulator, "other123").register()
            assert simulator.state()["today"] == "2022-12-15"
            page = requests.get(simulator.url("/mandates"), timeout=10).text
            assert "<strong>Aino Toinen</strong>" in page
            assert "Nokian kaupunki → <strong>Yrjö" in page
            metadata = simulator.url("/idp/.well-known/openid-configuration")
            issuer = requests.get(metadata, timeout=10).json()["issuer"]
            assert issuer == f"http://127.0.0.1:{port}/idp"
        finally:
            process.terminate()
