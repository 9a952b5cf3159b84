"""The token endpoint of the provider: what a code is good for, and once."""

import time

import pytest
import requests
from jose import jwe

from tests.suomifi_simulator.parties import Browser, Key, RelyingParty

LOA2, LOA3 = (f"http://ftn.ficora.fi/2017/loa{level}" for level in (2, 3))


@pytest.fixture
def code(browser: Browser, kelmu: RelyingParty) -> str:
    return kelmu.log_in(browser)["code"]


def test_the_id_token_tells_who_it_is(kelmu: RelyingParty, code: str) -> None:
    answer = kelmu.redeem(code)
    assert answer.headers["Cache-Control"] == "no-store"
    tokens = answer.json()
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 3600)
    claims = kelmu.verified(tokens)
    now = time.time()
    assert claims.pop("exp") - claims["iat"] == 600
    assert now - 30 < claims.pop("auth_time") <= claims.pop("iat") <= now
    assert claims.pop("sub")
    assert claims.pop("at_hash")
    assert claims == {
        "iss": kelmu.simulator.url("/idp"),
        "aud": "kelmu",
        "nonce": "the-nonce",
        "acr": LOA3,
        "name": "Aino Virkailija",
        "given_name": "Aino",
        "family_name": "Virkailija",
        "birthdate": "1985-02-14",
        "personal_identity_code": "140285-911Y",
    }


@pytest.mark.parametrize(
    ("asked", "given"), [("", LOA3), (LOA2, LOA2), (f"x {LOA2} {LOA3}", LOA2), ("x", LOA3)]
)
def test_the_level_is_the_one_asked_for_if_there_is_such(
    browser: Browser, kelmu: RelyingParty, asked: str, given: str
) -> None:
    code = kelmu.log_in(browser, acr_values=asked)["code"]
    assert kelmu.verified(kelmu.redeem(code).json())["acr"] == given


def test_the_subject_is_another_one_at_each_login(browser: Browser, kelmu: RelyingParty) -> None:
    codes = [kelmu.log_in(browser, prompt="login")["code"] for _ in range(2)]
    subjects = {kelmu.verified(kelmu.redeem(code).json())["sub"] for code in codes}
    assert len(subjects) == 2


def test_userinfo_tells_the_same(kelmu: RelyingParty, code: str) -> None:
    tokens = kelmu.redeem(code).json()
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    told = requests.get(kelmu.metadata["userinfo_endpoint"], headers=headers, timeout=10).json()
    assert told["personal_identity_code"] == "140285-911Y"
    assert told.items() <= kelmu.verified(tokens).items()


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer nothing", "Basic bm90aGluZw=="])
def test_userinfo_needs_the_access_token(kelmu: RelyingParty, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    answer = requests.get(kelmu.metadata["userinfo_endpoint"], headers=headers, timeout=10)
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_token"})


def test_a_code_works_once(kelmu: RelyingParty, code: str) -> None:
    assert kelmu.redeem(code).status_code == 200
    assert_invalid_grant(kelmu.redeem(code))


def test_a_code_lives_a_minute(kelmu: RelyingParty, code: str) -> None:
    kelmu.simulator.order("clock", skew=61)
    assert_invalid_grant(kelmu.redeem(code))


@pytest.mark.parametrize("verifier", ["", "another-verifier-that-is-long-enough-to-be-one-0"])
def test_a_code_without_its_verifier_dies(kelmu: RelyingParty, code: str, verifier: str) -> None:
    assert_invalid_grant(kelmu.redeem(code, code_verifier=verifier))
    assert_invalid_grant(kelmu.redeem(code))


def test_a_code_belongs_to_its_redirect_address(kelmu: RelyingParty, code: str) -> None:
    assert_invalid_grant(kelmu.redeem(code, redirect_uri=kelmu.redirect_uri + "/"))


def test_a_code_belongs_to_its_client(kelmu: RelyingParty, code: str, signing_key: Key) -> None:
    other = RelyingParty(kelmu.simulator, signing_key, "kelmu-encrypted")
    assert_invalid_grant(other.redeem(code))


def test_a_code_of_one_provider_is_nothing_to_the_other(kela: RelyingParty, code: str) -> None:
    assert_invalid_grant(kela.redeem(code))


def test_another_grant_is_refused(kelmu: RelyingParty, code: str) -> None:
    answer = kelmu.redeem(code, grant_type="client_credentials")
    assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})


def test_an_id_token_is_encrypted_for_a_client_that_wants_it(
    browser: Browser, kelmu: RelyingParty, signing_key: Key, encryption_key: Key
) -> None:
    client = RelyingParty(kelmu.simulator, signing_key, "kelmu-encrypted")
    tokens = client.redeem(client.log_in(browser)["code"]).json()
    header = jwe.get_unverified_header(tokens["id_token"])
    assert header == {
        "alg": "RSA-OAEP",
        "enc": "A128CBC-HS256",
        "cty": "JWT",
        "kid": "application-enc",
    }
    opened = jwe.decrypt(tokens["id_token"], encryption_key.pem)
    assert opened is not None
    claims = client.verified(tokens | {"id_token": opened.decode()})
    assert claims["personal_identity_code"] == "140285-911Y"


def assert_invalid_grant(answer: requests.Response) -> None:
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})
