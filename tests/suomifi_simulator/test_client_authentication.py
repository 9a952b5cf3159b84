"""How a client proves to the provider who it is."""

import time

import pytest
import requests
from jose import jwt

from tests.suomifi_simulator.parties import VERIFIER, Browser, Key, RelyingParty

SECRET = "invented-demo-secret-of-the-simulator"


@pytest.fixture
def code(browser: Browser, kelmu: RelyingParty) -> str:
    return kelmu.log_in(browser)["code"]


@pytest.mark.parametrize("path", ["/idp/token", "/idp"])
@pytest.mark.parametrize("several", [False, True])
def test_an_assertion_is_for_the_endpoint_or_the_issuer(
    kelmu: RelyingParty, code: str, path: str, several: bool
) -> None:
    audience = kelmu.simulator.url(path)
    assertion = kelmu.assertion(aud=[audience] if several else audience)
    assert kelmu.redeem(code, client_assertion=assertion).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "kelmu-secret"},
        {"sub": "kelmu-secret"},
        {"sub": "unknown"},
        {"sub": None},
        {"aud": "https://another.example/token"},
        {"aud": None},
        {"aud": []},
        {"jti": None},
        {"jti": ""},
        {"exp": None},
        {"exp": int(time.time()) - 60},
        {"exp": int(time.time()) + 3600},
        {"exp": "tomorrow"},
    ],
)
def test_an_assertion_with_a_wrong_claim_is_refused(
    kelmu: RelyingParty, code: str, changes: dict[str, object]
) -> None:
    assert_refused(kelmu.redeem(code, client_assertion=kelmu.assertion(**changes)))


def test_a_refused_client_does_not_cost_the_code(kelmu: RelyingParty, code: str) -> None:
    assert_refused(kelmu.redeem(code, client_assertion=kelmu.assertion(sub="unknown")))
    assert kelmu.redeem(code).status_code == 200


def test_an_assertion_is_used_once(browser: Browser, kelmu: RelyingParty, code: str) -> None:
    assertion = kelmu.assertion()
    assert kelmu.redeem(code, client_assertion=assertion).status_code == 200
    again = kelmu.log_in(browser, prompt="login")["code"]
    assert_refused(kelmu.redeem(again, client_assertion=assertion))


def test_an_assertion_signed_by_another_key_is_refused(kelmu: RelyingParty, code: str) -> None:
    forger = RelyingParty(kelmu.simulator, Key(kelmu.key.kid, "sig"))
    assert_refused(kelmu.redeem(code, client_assertion=forger.assertion()))


def test_an_assertion_needs_the_kid_of_a_published_signing_key(
    kelmu: RelyingParty, code: str, encryption_key: Key
) -> None:
    unpublished = RelyingParty(kelmu.simulator, Key("unpublished", "sig"))
    assert_refused(kelmu.redeem(code, client_assertion=unpublished.assertion()))
    encrypting = RelyingParty(kelmu.simulator, encryption_key)
    assert_refused(kelmu.redeem(code, client_assertion=encrypting.assertion()))
    claims = jwt.get_unverified_claims(kelmu.assertion())
    without = jwt.encode(claims, kelmu.key.pem, "RS256")
    assert_refused(kelmu.redeem(code, client_assertion=without))


@pytest.mark.parametrize("assertion", ["", "a.b.c", "nothing"])
def test_what_is_no_assertion_is_refused(kelmu: RelyingParty, code: str, assertion: str) -> None:
    assert_refused(kelmu.redeem(code, client_assertion=assertion))


def test_an_assertion_by_a_shared_secret_is_refused(kelmu: RelyingParty, code: str) -> None:
    claims = jwt.get_unverified_claims(kelmu.assertion())
    forged = jwt.encode(claims, "secret", "HS256", headers={"kid": kelmu.key.kid})
    assert_refused(kelmu.redeem(code, client_assertion=forged))


def test_the_type_of_the_assertion_is_told(kelmu: RelyingParty, code: str) -> None:
    assert_refused(kelmu.redeem(code, client_assertion_type="something"))


@pytest.fixture
def with_secret(kelmu: RelyingParty) -> RelyingParty:
    return RelyingParty(kelmu.simulator, kelmu.key, "kelmu-secret")


def redeem_with(
    client: RelyingParty, code: str, basic: tuple[str, str] | None = None, **post: str
) -> requests.Response:
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.redirect_uri,
        "code_verifier": VERIFIER,
    }
    url = client.simulator.url("/idp/token")
    return requests.post(url, data=fields | post, auth=basic, timeout=10)


def test_a_client_may_be_registered_with_a_secret(
    browser: Browser, with_secret: RelyingParty
) -> None:
    code = with_secret.log_in(browser)["code"]
    assert_refused(redeem_with(with_secret, code))
    assert_refused(redeem_with(with_secret, code, ("kelmu-secret", "wrong")))
    assert_refused(redeem_with(with_secret, code, client_id="kelmu-secret", client_secret=SECRET))
    assert_refused(with_secret.redeem(code))
    answer = redeem_with(with_secret, code, ("kelmu%2Dsecret", SECRET))
    assert with_secret.verified(answer.json())["national_id_num"] == "140285-911Y"


def test_the_secret_may_be_posted_by_a_client_registered_so(
    browser: Browser, kelmu: RelyingParty
) -> None:
    client = RelyingParty(kelmu.simulator, kelmu.key, "kelmu-secret-post")
    code = client.log_in(browser)["code"]
    assert_refused(redeem_with(client, code, ("kelmu-secret-post", SECRET)))
    answer = redeem_with(client, code, client_id="kelmu-secret-post", client_secret=SECRET)
    assert client.verified(answer.json())["personal_identity_code"] == "140285-911Y"


def test_a_client_with_a_key_has_no_secret(kelmu: RelyingParty, code: str) -> None:
    assert_refused(redeem_with(kelmu, code, ("kelmu", "")))
    assert_refused(redeem_with(kelmu, code, client_id="kelmu", client_secret=""))


def assert_refused(answer: requests.Response) -> None:
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
