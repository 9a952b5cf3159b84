"""What the tests of the Suomi.fi clients share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from authorizations.suomifi import provider
from authorizations.suomifi.keys import OwnKeys, read_keys
from tests.authorizations.suomifi.forging import Key
from tests.authorizations.suomifi.servers import Server, reply, serve
from tests.authorizations.suomifi.simulator import run_simulator
from tests.suomifi_simulator.parties import Browser, Simulator


@pytest.fixture(scope="session")
def key() -> Key:
    """The provider's."""
    return Key.generate("current")


@pytest.fixture(scope="session")
def other_key() -> Key:
    """Somebody's."""
    return Key.generate("other")


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our key file: a key that signs and one that decrypts."""
    file = tmp_path_factory.mktemp("keys") / "client_key.pem"
    file.write_text(Key.generate("").pem + Key.generate("").pem)
    return file


@pytest.fixture(scope="session")
def own_keys(key_file: Path) -> OwnKeys:
    return read_keys(str(key_file))


@pytest.fixture(scope="session")
def application(own_keys: OwnKeys) -> Iterator[Server]:
    """Where the application would be: it publishes our keys."""
    with serve(lambda _: reply({"keys": own_keys.published()})) as server:
        yield server


@pytest.fixture(scope="session")
def running_simulator(
    application: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Simulator]:
    log = tmp_path_factory.mktemp("simulator") / "log"
    with run_simulator(application.address, log) as simulator:
        yield simulator


@pytest.fixture
def simulator(
    running_simulator: Simulator, application: Server, key_file: Path, settings: Settings
) -> Simulator:
    """The simulator as it was at its start, and the settings that lead to it."""
    running_simulator.order("reset")
    settings.APPLICATION_ADDRESS = application.address
    settings.SUOMIFI_OIDC = {
        "issuer": f"{running_simulator.address}/idp",
        "client_id": "kelmu",
        "client_key_file": str(key_file),
        "client_secret": "",
        "hetu_claim": "personal_identity_code",
        "scope": "openid profile",
        "acr": ["http://ftn.ficora.fi/2017/loa3", "http://ftn.ficora.fi/2017/loa2"],
    }
    settings.KELA_OIDC = settings.SUOMIFI_OIDC | {
        "issuer": f"{running_simulator.address}/kela",
        "client_id": "kelmu-admin",
        "group_claim": "groups",
        "groups": {},
        "acr": [],
    }
    settings.SUOMIFI_MANDATES = {
        "url": running_simulator.address,
        "client_id": "ke1mu7d3",
        "api_key": "invented-demo-api-key-0b1f6c52",
        "oauth_password": "invented-demo-oauth-password-7a44",
        "return_url": "",
    }
    provider.suomifi_identification.cache_clear()
    provider.kela.cache_clear()
    return running_simulator


@pytest.fixture
def browser(simulator: Simulator) -> Iterator[Browser]:
    browser = Browser(simulator)
    with browser.session:
        yield browser
