"""Our own keys: published, rotated, and proof of who we are."""

import json
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.exceptions import ImproperlyConfigured
from jose import jwt
from pytest_django.fixtures import Settings

from authorizations.suomifi.keys import OwnKeys, public_jwks, read_keys
from tests.authorizations.suomifi.forging import Key

ENDPOINT = "https://provider.invalid/token"


def keys_in(folder: Path, **files: str) -> OwnKeys:
    """The keys of these files, in this order."""
    for name, content in files.items():
        (folder / name).write_text(content)
    return read_keys(",".join(str(folder / name) for name in files))


def test_the_first_key_of_a_file_signs_and_the_second_decrypts(own_keys: OwnKeys) -> None:
    published = own_keys.published()

    assert [(key["use"], key["alg"]) for key in published] == [
        ("sig", "RS256"),
        ("enc", "RSA-OAEP"),
    ]
    assert all(key.keys() == {"kty", "use", "alg", "kid", "n", "e"} for key in published)


def test_a_key_is_named_by_its_thumbprint(own_keys: OwnKeys) -> None:
    [key, _] = own_keys.published()
    canonical = json.dumps({name: key[name] for name in ("e", "kty", "n")}, separators=(",", ":"))
    digest = urlsafe_b64encode(sha256(canonical.encode()).digest())

    assert key["kid"] == digest.decode().rstrip("=")


def test_the_private_halves_do_not_show(own_keys: OwnKeys) -> None:
    assert "PRIVATE" not in repr(own_keys)
    assert "RSAPrivateKey" not in repr(own_keys)


def test_an_assertion_says_who_we_are_for_two_minutes(own_keys: OwnKeys) -> None:
    assertion = own_keys.assertion("kelmu", ENDPOINT)
    [public, _] = own_keys.published()

    claims = jwt.decode(assertion, public, algorithms=["RS256"], audience=ENDPOINT)

    assert jwt.get_unverified_header(assertion)["kid"] == public["kid"]
    assert claims["iss"] == claims["sub"] == "kelmu"
    assert claims["exp"] - claims["iat"] == 120
    assert abs(claims["iat"] - time.time()) < 60


def test_no_assertion_is_like_another(own_keys: OwnKeys) -> None:
    ids = {
        jwt.get_unverified_claims(own_keys.assertion("kelmu", ENDPOINT))["jti"] for _ in range(9)
    }

    assert len(ids) == 9


def test_at_a_rotation_all_keys_are_published_and_the_first_signs(
    tmp_path: Path, key: Key, other_key: Key
) -> None:
    keys = keys_in(tmp_path, current=key.pem, previous=other_key.pem)
    first, second = keys.published()

    kid = jwt.get_unverified_header(keys.assertion("kelmu", ENDPOINT))["kid"]

    assert kid == first["kid"] != second["kid"]


def test_both_providers_fetch_one_set(
    tmp_path: Path, key: Key, other_key: Key, settings: Settings
) -> None:
    (tmp_path / "one").write_text(key.pem)
    (tmp_path / "other").write_text(other_key.pem)
    one, both = str(tmp_path / "one"), f"{tmp_path / 'one'}, {tmp_path / 'other'}"
    settings.SUOMIFI_OIDC = settings.SUOMIFI_OIDC | {"client_key_file": one}
    settings.KELA_OIDC = settings.KELA_OIDC | {"client_key_file": both}

    assert len(public_jwks()["keys"]) == 2


def test_who_has_no_key_publishes_none(settings: Settings) -> None:
    settings.SUOMIFI_OIDC = settings.SUOMIFI_OIDC | {"client_key_file": ""}
    settings.KELA_OIDC = settings.KELA_OIDC | {"client_key_file": ""}

    assert public_jwks() == {"keys": []}


def test_a_missing_file_is_a_clear_mistake(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="RSA private keys"):
        read_keys(str(tmp_path / "missing"))


def test_a_file_must_hold_one_or_two_good_rsa_keys(tmp_path: Path, key: Key) -> None:
    short = Key.generate("", bits=1024).pem
    elliptic = ec.generate_private_key(ec.SECP256R1())
    pem = elliptic.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    for number, content in enumerate(["", "no key", short, pem, key.pem * 3]):
        with pytest.raises(ImproperlyConfigured, match="RSA private keys"):
            keys_in(tmp_path, **{f"file{number}": content})
