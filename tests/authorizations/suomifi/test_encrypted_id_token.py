"""Where encrypted id_tokens were agreed, a token must be both: encrypted to us, and signed."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from authorizations.suomifi.errors import Reason, Refused
from authorizations.suomifi.jwks import SigningKeys
from authorizations.suomifi.keys import OwnKeys
from authorizations.suomifi.tokens import Claims, Expected, verified_claims
from tests.authorizations.suomifi import forging
from tests.authorizations.suomifi.forging import CLIENT, ISSUER, NONCE, Json, Key
from tests.authorizations.suomifi.servers import reply, serve

EXPECTED = Expected(issuer=ISSUER, client_id=CLIENT, nonce=NONCE)


@dataclass(frozen=True)
class Receiver:
    """Us, who agreed on encrypted tokens."""

    keys: SigningKeys
    own: OwnKeys

    @property
    def public(self) -> Json:
        """What the world encrypts to us with."""
        return next(dict(key) for key in self.own.published() if key["use"] == "enc")

    def claims(self, token: str) -> Claims:
        return verified_claims(token, EXPECTED, self.keys, decryption=self.own)

    def reason(self, token: str) -> Reason:
        with pytest.raises(Refused) as caught:
            self.claims(token)
        return caught.value.reason


@pytest.fixture(scope="module")
def us(key: Key, own_keys: OwnKeys) -> Iterator[Receiver]:
    with serve(lambda _: reply({"keys": [key.public()]})) as server:
        yield Receiver(SigningKeys(lambda: server.address), own_keys)


@pytest.fixture
def signed(key: Key) -> str:
    """A good token, not encrypted yet."""
    return forging.signed(key, forging.claims())


@pytest.mark.parametrize("algorithm", ["RSA-OAEP", "RSA-OAEP-256"])
def test_a_token_signed_and_encrypted_is_believed(
    us: Receiver, signed: str, algorithm: str
) -> None:
    assert us.claims(forging.encrypted(signed, us.public, algorithm)).text("sub") == "subject"


def test_a_plain_token_is_refused(us: Receiver, signed: str) -> None:
    assert us.reason(signed) is Reason.TOKEN_FORM


def test_encryption_is_not_a_signature(us: Receiver) -> None:
    """Our public key is public: anybody can encrypt claims to us."""
    unsigned = forging.unsigned(forging.claims(), alg="none")

    assert us.reason(forging.encrypted('{"sub":"a"}', us.public)) is Reason.TOKEN_FORM
    assert us.reason(forging.encrypted(unsigned, us.public)) is Reason.ALGORITHM


def test_what_is_inside_is_checked_like_any_token(us: Receiver, key: Key, other_key: Key) -> None:
    forged = forging.signed(Key(key.kid, other_key.pem), forging.claims())
    wrong = forging.signed(key, forging.claims(nonce="other"))

    assert us.reason(forging.encrypted(forged, us.public)) is Reason.SIGNATURE
    assert us.reason(forging.encrypted(wrong, us.public)) is Reason.NONCE


def test_an_envelope_within_an_envelope_is_refused(us: Receiver, signed: str) -> None:
    inner = forging.encrypted(signed, us.public)

    assert us.reason(forging.encrypted(inner, us.public)) is Reason.TOKEN_FORM


def test_the_old_padding_is_refused(us: Receiver, signed: str) -> None:
    assert us.reason(forging.encrypted(signed, us.public, "RSA1_5")) is Reason.ALGORITHM


def test_compression_is_refused_before_anything_is_inflated(us: Receiver) -> None:
    bomb = forging.encrypted(" " * 10_000_000, us.public, zip="DEF")

    assert us.reason(bomb) is Reason.ALGORITHM


@pytest.mark.parametrize(
    "changes",
    [
        {"alg": "dir"},
        {"alg": "A128KW"},
        {"alg": []},
        {"enc": "A256CBC-HS512"},
        {"enc": None},
        {"enc": {}},
        {"crit": ["x"]},
    ],
)
def test_another_way_of_encryption_is_refused(us: Receiver, signed: str, changes: Json) -> None:
    header = {"alg": "RSA-OAEP", "enc": "A128CBC-HS256", "kid": us.public["kid"]} | changes
    token = forging.with_header(forging.encrypted(signed, us.public), **header)

    assert us.reason(token) is Reason.ALGORITHM


@pytest.mark.parametrize("kid", [None, "unknown", 1])
def test_it_must_name_one_of_our_keys(us: Receiver, signed: str, kid: object) -> None:
    token = forging.encrypted(signed, us.public)
    header = {"alg": "RSA-OAEP", "enc": "A128CBC-HS256", "kid": kid}

    assert us.reason(forging.with_header(token, **header)) is Reason.UNKNOWN_KEY


def test_our_signing_key_decrypts_nothing(us: Receiver, signed: str) -> None:
    signing = next(dict(key) for key in us.own.published() if key["use"] == "sig")

    assert us.reason(forging.encrypted(signed, signing)) is Reason.UNKNOWN_KEY


def test_what_was_encrypted_to_somebody_else_is_refused(
    us: Receiver, signed: str, other_key: Key
) -> None:
    token = forging.encrypted(signed, other_key.public(kid=us.public["kid"]))

    assert us.reason(token) is Reason.DECRYPTION


def test_a_changed_envelope_is_refused(us: Receiver, signed: str) -> None:
    parts = forging.encrypted(signed, us.public).split(".")
    for place in range(1, 5):
        changed = [*parts[:place], parts[place][::-1], *parts[place + 1 :]]
        assert us.reason(".".join(changed)) is Reason.DECRYPTION


@pytest.mark.parametrize("token", ["....", "a.b.c.d.e", "e30....", "W10....", "e30.e30.e30.e30."])
def test_what_is_no_envelope_is_refused(us: Receiver, token: str) -> None:
    assert us.reason(token) in {Reason.TOKEN_FORM, Reason.ALGORITHM}
