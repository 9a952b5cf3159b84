"""What can go wrong at e-Identification, to order."""

import json
import time
from base64 import urlsafe_b64decode
from typing import Any

import pytest
import requests
from jose import JWTError, jwe, jwt

from tests.suomifi_simulator.parties import Browser, Key, RelyingParty


def token(browser: Browser, client: RelyingParty, fault: str) -> str:
    """The id_token that a faulty provider issues to Aino."""
    client.simulator.order("fault", fault=fault, person="aino")
    issued: str = client.redeem(client.log_in(browser)["code"]).json()["id_token"]
    return issued


def right(client: RelyingParty) -> dict[str, Any]:
    return {"nonce": "the-nonce", "iss": client.simulator.url("/idp"), "aud": "kelmu"}


@pytest.mark.parametrize(
    ("fault", "claim"),
    [("wrong_nonce", "nonce"), ("wrong_issuer", "iss"), ("wrong_audience", "aud")],
)
def test_one_claim_is_wrong_and_the_signature_is_right(
    browser: Browser, kelmu: RelyingParty, fault: str, claim: str
) -> None:
    issued = token(browser, kelmu, fault)
    key = kelmu.keys()[jwt.get_unverified_header(issued)["kid"]]
    claims = jwt.decode(
        issued, key, "RS256", options={"verify_aud": False, "verify_at_hash": False}
    )
    assert {name for name, value in right(kelmu).items() if claims[name] != value} == {claim}


@pytest.mark.parametrize(
    ("fault", "claim"), [("missing_at_hash", "at_hash"), ("missing_hetu", "personal_identity_code")]
)
def test_a_claim_is_missing(browser: Browser, kelmu: RelyingParty, fault: str, claim: str) -> None:
    claims = jwt.get_unverified_claims(token(browser, kelmu, fault))
    assert claim not in claims
    assert claims.items() >= right(kelmu).items()


def test_another_party_is_authorized(browser: Browser, kelmu: RelyingParty) -> None:
    assert jwt.get_unverified_claims(token(browser, kelmu, "wrong_azp"))["azp"] == "another-client"


def test_the_level_is_one_for_tests(browser: Browser, kelmu: RelyingParty) -> None:
    claims = jwt.get_unverified_claims(token(browser, kelmu, "test_loa"))
    assert claims["acr"] == "http://ftn.ficora.fi/2017/loatest2"


def test_the_token_has_expired(browser: Browser, kelmu: RelyingParty) -> None:
    claims = jwt.get_unverified_claims(token(browser, kelmu, "expired_token"))
    assert claims["iat"] < claims["exp"] < time.time() - 3600


def test_the_token_comes_from_the_future(browser: Browser, kelmu: RelyingParty) -> None:
    claims = jwt.get_unverified_claims(token(browser, kelmu, "future_iat"))
    assert time.time() + 3600 < claims["iat"] < claims["exp"]


def test_the_token_is_not_signed(browser: Browser, kelmu: RelyingParty) -> None:
    header, _, signature = token(browser, kelmu, "alg_none").split(".")
    assert json.loads(urlsafe_b64decode(header + "==")) == {"alg": "none"}
    assert signature == ""


def test_the_token_is_signed_by_the_public_key_as_a_secret(
    browser: Browser, kelmu: RelyingParty
) -> None:
    issued = token(browser, kelmu, "alg_hs256")
    header = jwt.get_unverified_header(issued)
    assert header["alg"] == "HS256"
    with pytest.raises(JWTError):
        jwt.decode(issued, kelmu.keys()[header["kid"]], "RS256", audience="kelmu")


def test_the_token_is_signed_by_a_key_that_nobody_knows(
    browser: Browser, kelmu: RelyingParty
) -> None:
    kid = jwt.get_unverified_header(token(browser, kelmu, "unknown_kid"))["kid"]
    known = kelmu.keys()
    assert kid not in known


def test_the_token_is_signed_by_the_key_for_encryption(
    browser: Browser, kelmu: RelyingParty
) -> None:
    issued = token(browser, kelmu, "encryption_key")
    key = kelmu.keys()[jwt.get_unverified_header(issued)["kid"]]
    assert key["use"] == "enc"
    assert jwt.decode(
        issued, key | {"alg": "RS256"}, "RS256", options={"verify_at_hash": False}, audience="kelmu"
    )


def test_the_token_is_encrypted_but_not_signed(
    browser: Browser, kelmu: RelyingParty, encryption_key: Key
) -> None:
    content = jwe.decrypt(token(browser, kelmu, "unsigned_jwe"), encryption_key.pem)
    assert content is not None
    assert json.loads(content)["personal_identity_code"] == "140285-911Y"


def test_the_token_is_encrypted_in_the_old_way(
    browser: Browser, kelmu: RelyingParty, encryption_key: Key
) -> None:
    issued = token(browser, kelmu, "rsa1_5")
    assert jwe.get_unverified_header(issued)["alg"] == "RSA1_5"
    content = jwe.decrypt(issued, encryption_key.pem)
    assert content is not None
    assert content.count(b".") == 2


def test_the_token_is_a_bomb(browser: Browser, kelmu: RelyingParty) -> None:
    issued = token(browser, kelmu, "zip_bomb")
    assert jwe.get_unverified_header(issued)["zip"] == "DEF"
    assert len(issued) < 32 * 1024


@pytest.mark.parametrize("step", ["discovery", "jwks"])
def test_what_is_public_can_fail_too(kelmu: RelyingParty, step: str) -> None:
    url = kelmu.metadata["jwks_uri"]
    if step == "discovery":
        url = kelmu.simulator.url("/idp/.well-known/openid-configuration")
    kelmu.simulator.order("fault", fault="unavailable", step=step)
    assert requests.get(url, timeout=10).status_code == 503


@pytest.mark.parametrize(("fault", "status"), [("server_error", 500), ("unavailable", 503)])
def test_the_token_endpoint_can_fail(
    browser: Browser, kelmu: RelyingParty, fault: str, status: int
) -> None:
    kelmu.simulator.order("fault", fault=fault, step="token")
    answer = kelmu.redeem(kelmu.log_in(browser)["code"])
    assert answer.status_code == status
    assert "id_token" not in answer.text


def test_the_token_endpoint_can_break_off(browser: Browser, kelmu: RelyingParty) -> None:
    kelmu.simulator.order("fault", fault="truncated_json", step="token")
    answer = kelmu.redeem(kelmu.log_in(browser)["code"])
    assert answer.status_code == 200
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()


@pytest.mark.parametrize(
    ("fault", "members"),
    [("no_code", {"state"}), ("swapped_state", {"code", "state"}), ("cancel", {"error", "state"})],
)
def test_a_spoiled_callback(
    browser: Browser, kelmu: RelyingParty, fault: str, members: set[str]
) -> None:
    kelmu.simulator.order("fault", fault=fault, step="authorize")
    back = kelmu.log_in(browser)
    assert back.keys() == members
    assert (back["state"] == "the-state") == (fault != "swapped_state")


def test_a_code_that_was_used_before(browser: Browser, kelmu: RelyingParty) -> None:
    kelmu.simulator.order("fault", fault="replayed_code", step="authorize")
    assert kelmu.redeem(kelmu.log_in(browser)["code"]).json() == {"error": "invalid_grant"}


def test_a_fault_concerns_its_person_only(browser: Browser, kelmu: RelyingParty) -> None:
    kelmu.simulator.order("fault", fault="wrong_nonce", person="kaisa")
    assert (
        kelmu.verified(kelmu.redeem(kelmu.log_in(browser)["code"]).json())["nonce"] == "the-nonce"
    )
