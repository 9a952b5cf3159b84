"""Settings come from the environment, and production refuses what belongs to demo and test."""

import os
import subprocess
import sys
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from demo.environment import ROOT
from kelmu.environment import Mode, check_address, origins, parse_mode, parse_today

NOT_OURS = ("KELMU_", "DATABASE_", "SUOMIFI_", "KELA_", "DJANGO_", "APPLICATION_ADDRESS")
PRODUCTION = {
    "ALLOWED_HOSTS": "kelmu.example.fi",
    "APPLICATION_ADDRESS": "https://kelmu.example.fi",
    "DATABASE_URL": "postgres://kelmu_app@db.example.fi/kelmu",
    "SECRET_KEY": "production-like-secret-key-of-more-than-fifty-different-characters",
    "PSEUDONYM_KEY": "production-like-pseudonym-key-of-enough-length",
    "SESSION_DATA_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "DOCUMENTS_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "DOCUMENTS_FOLDER": "/srv/documents",
    "SUOMIFI_OIDC_ISSUER": "https://identification.example.fi",
    "SUOMIFI_MANDATES_URL": "https://authorizations.example.fi",
    "KELA_OIDC_ISSUER": "https://login.example.fi",
}
CHECK = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]


def production(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run Python in production with these settings changed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=kept | PRODUCTION | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_its_own_settings_and_django_finds_nothing_to_warn_of() -> None:
    checked = production(*CHECK)
    assert "no issues" in checked.stdout, checked.stderr
    assert checked.returncode == 0


def test_production_does_not_start_without_its_keys() -> None:
    checked = production(*CHECK, PSEUDONYM_KEY="", SESSION_DATA_KEY="")
    assert "PSEUDONYM_KEY is not set." in checked.stderr
    assert "SESSION_DATA_KEY is not set." in checked.stderr
    assert checked.returncode != 0


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("KELMU_TODAY", "2022-12-15", "KELMU_TODAY is for demo and test"),
        ("KELMU_MODE", "debug", "KELMU_MODE must be one of production, demo, test."),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name the hosts of the service."),
        ("SUOMIFI_OIDC_ISSUER", "http://localhost:8001/idp", "an https address of the real"),
        ("SUOMIFI_MANDATES_URL", "https://simulator:8001", "an https address of the real"),
        ("KELA_OIDC_ISSUER", "https://127.0.0.1/kela", "an https address of the real"),
        ("APPLICATION_ADDRESS", "http://kelmu.example.fi", "an https address of the real"),
    ],
)
def test_production_does_not_start_with(name: str, value: str, message: str) -> None:
    started = production("-c", "import kelmu.settings", **{name: value})
    assert name in started.stderr
    assert message in started.stderr
    assert started.returncode != 0


def test_a_mode_that_does_not_exist_is_refused_with_those_that_do() -> None:
    assert parse_mode("demo") is Mode.DEMO
    with pytest.raises(ImproperlyConfigured, match="production, demo, test"):
        parse_mode("Production")


@pytest.mark.parametrize("mode", [Mode.DEMO, Mode.TEST])
def test_demo_and_test_take_a_fixed_day(mode: Mode) -> None:
    assert parse_today("2022-12-15", mode) == date(2022, 12, 15)


@pytest.mark.parametrize("mode", Mode)
def test_without_a_fixed_day_the_clock_runs(mode: Mode) -> None:
    assert parse_today("", mode) is None


@pytest.mark.parametrize("text", ["15.12.2022", "2022-13-01", "yesterday"])
def test_a_day_that_is_none_is_told(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="must be a date like 2026-11-21"):
        parse_today(text, Mode.DEMO)


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8001",
        "http://127.0.0.1:8001/idp",
        "http://[::1]:8001",
        "http://simulator:8001",
        "https://suomi.example.fi",
    ],
)
@pytest.mark.parametrize("mode", [Mode.DEMO, Mode.TEST])
def test_demo_and_test_talk_to_a_simulator_nearby_or_to_https(address: str, mode: Mode) -> None:
    check_address("ISSUER", address, mode)


@pytest.mark.parametrize(
    "address", ["http://suomi.example.fi", "http://localhost.example.fi", "http://10.0.0.1"]
)
@pytest.mark.parametrize("mode", Mode)
def test_nobody_talks_plain_http_to_somewhere_else(address: str, mode: Mode) -> None:
    with pytest.raises(ImproperlyConfigured, match="ISSUER must be"):
        check_address("ISSUER", address, mode)


@pytest.mark.parametrize("address", ["suomi.example.fi", "ftp://localhost", "https://", "https:/x"])
@pytest.mark.parametrize("mode", Mode)
def test_what_is_no_address_is_refused(address: str, mode: Mode) -> None:
    with pytest.raises(ImproperlyConfigured, match="ISSUER must be an"):
        check_address("ISSUER", address, mode)


def test_an_origin_is_named_once_and_an_address_not_set_is_none() -> None:
    addresses = ["https://a.example.fi/idp", "https://a.example.fi/kela", "", "http://localhost:1"]
    assert origins(addresses) == ["http://localhost:1", "https://a.example.fi"]
