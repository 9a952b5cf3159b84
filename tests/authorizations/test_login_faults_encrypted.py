"""The same with id_tokens that are encrypted to our key, by setting."""

from pathlib import Path

import pytest

from tests.authorizations.stepping import AINO, Person, Watch
from tests.authorizations.suomifi.forging import Key
from tests.conftest import KelmuOn
from tests.harness import TODAY
from tests.running import Kelmu


def key_file(folder: Path) -> Path:
    """A key that signs and one that decrypts."""
    file = folder / "client_key.pem"
    file.write_text(Key.generate("").pem + Key.generate("").pem)
    return file


@pytest.fixture(scope="module")
def running(kelmu_on: KelmuOn, tmp_path_factory: pytest.TempPathFactory) -> Kelmu:
    return kelmu_on(
        TODAY.isoformat(),
        SUOMIFI_OIDC_CLIENT_ID="kelmu-encrypted",
        SUOMIFI_OIDC_CLIENT_KEY_FILE=str(key_file(tmp_path_factory.mktemp("keys"))),
        SUOMIFI_OIDC_ENCRYPTED="true",
    )


@pytest.fixture
def kelmu(running: Kelmu) -> Kelmu:
    running.order("reset")
    return running


def test_an_encrypted_token_is_opened(kelmu: Kelmu) -> None:
    person, watch = Person.at(kelmu), Watch.over(kelmu)
    person.log_in()
    assert person.is_logged_in()
    watch.tells_nothing_of(person)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("unsigned_jwe", "token_form"), ("rsa1_5", "algorithm"), ("zip_bomb", "algorithm")],
)
def test_a_wrong_envelope_is_refused(kelmu: Kelmu, fault: str, reason: str) -> None:
    person, watch = Person.at(kelmu), Watch.over(kelmu)
    kelmu.order("fault", fault=fault, person=AINO)
    page = person.identify()
    assert watch.reasons() == [reason]
    assert not person.is_logged_in()
    kelmu.order("mend")
    person.go_on(page)
    assert person.is_logged_in()
    watch.tells_nothing_of(person)


def test_our_own_keys_are_rotated_without_a_pause(kelmu: Kelmu, tmp_path: Path) -> None:
    old, new = kelmu.settings["SUOMIFI_OIDC_CLIENT_KEY_FILE"], str(key_file(tmp_path))
    for files in [f"{new},{old}", new]:
        kelmu.settings["SUOMIFI_OIDC_CLIENT_KEY_FILE"] = files
        kelmu.restart_application()
        person = Person.at(kelmu)
        person.log_in()
        assert person.is_logged_in()
