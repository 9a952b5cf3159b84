"""An id_token is believed only if everything about it is right."""

import time
import traceback
from base64 import b64encode
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorizations.suomifi.errors import Reason, Refused
from authorizations.suomifi.jwks import SigningKeys
from authorizations.suomifi.tokens import MOST_CHARACTERS, Claims, Expected, verified_claims
from tests.authorizations.suomifi import forging
from tests.authorizations.suomifi.forging import CLIENT, ISSUER, LEVEL, NONCE, TEST_LEVEL, Key
from tests.authorizations.suomifi.servers import reply, serve

EXPECTED = Expected(issuer=ISSUER, client_id=CLIENT, nonce=NONCE, levels=(LEVEL,))
DAY = 24 * 3600
LETTERS = "RS256eyJ0none-_=\x00ä"
JSON = st.none() | st.booleans() | st.integers() | st.text(alphabet=LETTERS, max_size=9)


@pytest.fixture(scope="module")
def keys(key: Key) -> Iterator[SigningKeys]:
    with serve(lambda _: reply({"keys": [key.public()]})) as server:
        yield SigningKeys(lambda: server.address)


def reason_of(token: str, keys: SigningKeys, expected: Expected = EXPECTED) -> Reason:
    with pytest.raises(Refused) as caught:
        verified_claims(token, expected, keys, access_token="access")
    return caught.value.reason


def test_a_good_token_is_believed(key: Key, keys: SigningKeys) -> None:
    token = forging.signed(key, forging.claims(given_name="Aino", groups=["a", 1, "b"]))

    claims = verified_claims(token, EXPECTED, keys)

    assert claims.text("given_name") == "Aino"
    assert claims.texts("groups") == ("a", "b")
    assert claims.text("sub") == "subject"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "https://other.invalid"}, Reason.ISSUER),
        ({"iss": f"{ISSUER}/"}, Reason.ISSUER),
        ({"iss": None}, Reason.ISSUER),
        ({"aud": "other"}, Reason.AUDIENCE),
        ({"aud": [CLIENT, "other"]}, Reason.AUDIENCE),
        ({"aud": []}, Reason.AUDIENCE),
        ({"aud": None}, Reason.AUDIENCE),
        ({"azp": "other"}, Reason.AUTHORIZED_PARTY),
        ({"azp": [CLIENT]}, Reason.AUTHORIZED_PARTY),
        ({"sub": ""}, Reason.SUBJECT),
        ({"sub": None}, Reason.SUBJECT),
        ({"exp": None}, Reason.EXPIRED),
        ({"exp": str(int(time.time()) + DAY)}, Reason.EXPIRED),
        ({"exp": True}, Reason.EXPIRED),
        ({"exp": time.time() + DAY}, Reason.EXPIRED),
        ({"exp": float("inf")}, Reason.SIGNATURE),
        ({"exp": int(time.time()) - 60}, Reason.EXPIRED),
        ({"nbf": int(time.time()) + DAY}, Reason.CLAIMS),
        ({"iat": None}, Reason.ISSUED_AT),
        ({"iat": str(int(time.time()))}, Reason.ISSUED_AT),
        ({"iat": int(time.time()) + DAY}, Reason.ISSUED_AT),
        ({"iat": int(time.time()) - DAY}, Reason.ISSUED_AT),
        ({"nonce": "nonce-of-another-attempt"}, Reason.NONCE),
        ({"nonce": ""}, Reason.NONCE),
        ({"nonce": [NONCE]}, Reason.NONCE),
        ({"nonce": "\ud800"}, Reason.NONCE),
        ({"nonce": None}, Reason.NONCE),
        ({"auth_time": int(time.time()) + DAY}, Reason.AUTHENTICATION_AGE),
        ({"auth_time": "now"}, Reason.AUTHENTICATION_AGE),
        ({"acr": "http://ftn.ficora.fi/2017/loa1"}, Reason.LEVEL),
        ({"acr": TEST_LEVEL}, Reason.LEVEL),
        ({"acr": [LEVEL]}, Reason.LEVEL),
        ({"acr": None}, Reason.LEVEL),
        ({"at_hash": "of-another-access-token"}, Reason.CLAIMS),
    ],
)
def test_a_claim_that_is_not_as_it_must_be_is_refused(
    changes: dict[str, object], reason: Reason, key: Key, keys: SigningKeys
) -> None:
    assert reason_of(forging.signed(key, forging.claims(**changes)), keys) is reason


@pytest.mark.parametrize(
    "changes", [{"aud": [CLIENT]}, {"azp": CLIENT}, {"auth_time": None}, {"unknown": {}}]
)
def test_what_the_standard_leaves_open_is_taken(
    changes: dict[str, object], key: Key, keys: SigningKeys
) -> None:
    token = forging.signed(key, forging.claims(**changes))

    assert verified_claims(token, EXPECTED, keys).text("sub") == "subject"


def test_an_identification_from_before_the_attempt_is_too_old(key: Key, keys: SigningKeys) -> None:
    now = int(time.time())
    fresh = Expected(issuer=ISSUER, client_id=CLIENT, nonce=NONCE, authenticated_since=now)

    assert verified_claims(forging.signed(key, forging.claims()), fresh, keys).number("iat")
    for moment in (now - 600, None):
        token = forging.signed(key, forging.claims(auth_time=moment))
        assert reason_of(token, keys, fresh) is Reason.AUTHENTICATION_AGE


def test_a_test_level_counts_only_where_it_may(key: Key, keys: SigningKeys) -> None:
    token = forging.signed(key, forging.claims(acr=TEST_LEVEL))
    levels = (LEVEL, TEST_LEVEL)
    production = Expected(issuer=ISSUER, client_id=CLIENT, nonce=NONCE, levels=levels)
    anywhere = Expected(issuer=ISSUER, client_id=CLIENT, nonce=NONCE)
    test = Expected(issuer=ISSUER, client_id=CLIENT, nonce=NONCE, levels=levels, test_levels=True)

    assert reason_of(token, keys, production) is Reason.LEVEL
    assert reason_of(token, keys, anywhere) is Reason.LEVEL
    assert verified_claims(token, test, keys).text("acr") == TEST_LEVEL


def test_an_attempt_without_nonce_believes_nothing(key: Key, keys: SigningKeys) -> None:
    token = forging.signed(key, forging.claims(nonce=""))

    assert reason_of(token, keys, Expected(issuer=ISSUER, client_id=CLIENT, nonce="")) is (
        Reason.NONCE
    )


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", "RS512", "PS256", None, 1])
def test_another_algorithm_is_refused(algorithm: object, key: Key, keys: SigningKeys) -> None:
    token = forging.unsigned(forging.claims(), alg=algorithm, kid=key.kid)

    assert reason_of(token, keys) is Reason.ALGORITHM


def test_an_empty_signature_is_refused(key: Key, keys: SigningKeys) -> None:
    token = forging.unsigned(forging.claims(), alg="RS256", kid=key.kid)

    assert reason_of(token, keys) is Reason.SIGNATURE


def test_our_knowledge_of_the_public_key_is_no_shared_secret(key: Key, keys: SigningKeys) -> None:
    for secret in (key.public_pem, b64encode(key.public_pem), b""):
        token = forging.signed_by_secret(secret, forging.claims(), kid=key.kid)
        assert reason_of(token, keys) is Reason.ALGORITHM


def test_the_key_of_somebody_else_under_the_right_name_is_refused(
    key: Key, other_key: Key, keys: SigningKeys
) -> None:
    token = forging.signed(Key(key.kid, other_key.pem), forging.claims())

    assert reason_of(token, keys) is Reason.SIGNATURE


def test_claims_changed_after_the_signature_are_refused(key: Key, keys: SigningKeys) -> None:
    header, _, signature = forging.signed(key, forging.claims()).split(".")
    _, changed, _ = forging.signed(key, forging.claims(sub="somebody else")).split(".")

    assert reason_of(f"{header}.{changed}.{signature}", keys) is Reason.SIGNATURE


@pytest.mark.parametrize("kid", [None, 1, ["current"], "unknown"])
def test_a_token_must_name_a_key_of_the_provider(kid: object, key: Key, keys: SigningKeys) -> None:
    assert reason_of(forging.signed(key, forging.claims(), kid=kid), keys) is Reason.UNKNOWN_KEY


def test_keys_that_the_token_brings_along_are_not_used(other_key: Key, keys: SigningKeys) -> None:
    with serve(lambda _: reply({"keys": [other_key.public()]})) as attacker:
        token = forging.signed(
            other_key,
            forging.claims(),
            jku=attacker.address,
            x5u=attacker.address,
            jwk=other_key.public(),
        )
        assert reason_of(token, keys) is Reason.UNKNOWN_KEY

    assert not attacker.asked


def test_an_extension_that_must_be_understood_is_not(key: Key, keys: SigningKeys) -> None:
    token = forging.signed(key, forging.claims(), crit=["b64"], b64=False)

    assert reason_of(token, keys) is Reason.ALGORITHM


def test_an_oversized_token_is_not_looked_at(key: Key, keys: SigningKeys) -> None:
    token = forging.signed(key, forging.claims(much="x" * MOST_CHARACTERS))

    assert reason_of(token, keys) is Reason.TOKEN_FORM


@pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "e30.e30.", "....", "ä.ö.å", "\ud800.."])
def test_what_is_no_token_is_refused(token: str, keys: SigningKeys) -> None:
    assert reason_of(token, keys) in {Reason.TOKEN_FORM, Reason.ALGORITHM}


def test_claims_that_are_no_object_are_refused(key: Key, keys: SigningKeys) -> None:
    header, _, signature = forging.signed(key, forging.claims()).split(".")

    assert reason_of(f"{header}.W10.{signature}", keys) is Reason.SIGNATURE


def test_an_encrypted_token_is_refused_where_none_was_agreed(key: Key, keys: SigningKeys) -> None:
    token = forging.encrypted(forging.signed(key, forging.claims()), key.public(use="enc"))

    assert reason_of(token, keys) is Reason.TOKEN_FORM


@given(st.text(alphabet=LETTERS, max_size=99), st.text(alphabet=LETTERS, max_size=99))
def test_no_garbage_gets_further_than_a_refusal(
    keys: SigningKeys, header: str, payload: str
) -> None:
    with pytest.raises(Refused):
        verified_claims(f"{header}.{payload}.", EXPECTED, keys)


@given(st.dictionaries(st.sampled_from(["alg", "kid", "crit", "typ", "b64"]), JSON))
def test_no_header_gets_further_than_a_refusal(
    keys: SigningKeys, header: dict[str, object]
) -> None:
    with pytest.raises(Refused):
        verified_claims(forging.unsigned(forging.claims(), **header), EXPECTED, keys)


@pytest.mark.parametrize("changes", [{"nonce": "other"}, {"exp": 1}, {"at_hash": "other"}])
def test_a_refusal_tells_nothing_of_the_token(
    changes: dict[str, object], key: Key, keys: SigningKeys
) -> None:
    token = forging.signed(key, forging.claims(personal_identity_code="131052-9085", **changes))
    with pytest.raises(Refused) as caught:
        verified_claims(token, EXPECTED, keys)

    told = "".join(traceback.format_exception(caught.value))
    assert "131052" not in told
    assert not any(part in told for part in token.split("."))


def test_the_values_of_claims_do_not_show() -> None:
    claims = Claims({"personal_identity_code": "131052-9085"})

    assert "131052" not in repr(claims)
    assert claims.text("given_name") == ""
    assert claims.texts("groups") == ()
    assert claims.number("auth_time") is None
