"""Of the provider's key set only the one right key is used."""

from collections.abc import Callable

import pytest

from authorizations.suomifi.errors import Reason, Refused, Unavailable
from authorizations.suomifi.jwks import SigningKeys
from tests.authorizations.suomifi.forging import Json, Key
from tests.authorizations.suomifi.servers import Reply, reply, serve

EC = {
    "kty": "EC",
    "crv": "P-256",
    "kid": "current",
    "use": "sig",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
}


def finds(*keys: object) -> bool:
    """Whether the key named "current" is found in such a set."""
    with serve(lambda _: reply({"keys": list(keys)})) as server:
        try:
            return SigningKeys(lambda: server.address).key("current") is not None
        except Refused as refused:
            assert refused.reason is Reason.UNKNOWN_KEY
            return False


def test_the_key_is_found_among_others(key: Key, other_key: Key) -> None:
    assert finds(EC, {"kty": "oct"}, "no key", None, other_key.public(), key.public())


@pytest.mark.parametrize("left_out", ["use", "alg"])
def test_a_key_need_not_say_what_it_is_for(key: Key, left_out: str) -> None:
    public = key.public()
    del public[left_out]

    assert finds(public)


@pytest.mark.parametrize(
    "members",
    [
        {"use": "enc"},
        {"use": ["sig"]},
        {"alg": "RS512"},
        {"alg": "RSA-OAEP"},
        {"kty": "EC"},
        {"kty": "oct", "k": "c2VjcmV0"},
        {"e": None},
        {"n": None},
        {"n": 3},
        {"n": "!"},
        {"e": ""},
        {"e": "AA"},
        {"n": "AQAB"},
        {"n": "_" * 6000},
        {"kid": "other"},
        {"kid": None},
    ],
)
def test_a_key_that_is_not_for_this_is_not_used(key: Key, members: Json) -> None:
    assert not finds(key.public(**members))


def test_a_key_too_short_is_not_used() -> None:
    assert not finds(Key.generate("current", bits=1024).public())


def test_two_keys_of_one_name_are_none(key: Key, other_key: Key) -> None:
    assert not finds(key.public(), other_key.public(kid="current"))


def test_a_key_that_appeared_since_is_fetched(key: Key, other_key: Key) -> None:
    published = [key.public()]
    with serve(lambda _: reply({"keys": published})) as server:
        keys = SigningKeys(lambda: server.address)
        keys.key("current")
        published.append(other_key.public())

        assert keys.key("other").to_dict()["n"] == other_key.public()["n"]
        assert len(server.asked) == 2


def test_junk_does_not_hammer_the_provider(key: Key) -> None:
    with serve(lambda _: reply({"keys": [key.public()]})) as server:
        keys = SigningKeys(lambda: server.address)
        for kid in "abcdef":
            with pytest.raises(Refused):
                keys.key(kid)

    assert len(server.asked) == 2


def test_the_known_keys_serve_while_the_provider_is_down(key: Key) -> None:
    answers = [reply({"keys": [key.public()]}), reply(status=503)]
    with serve(lambda _: answers.pop(0)) as server:
        keys = SigningKeys(lambda: server.address)
        keys.key("current")
        with pytest.raises(Refused):
            keys.key("unknown")

        assert keys.key("current").to_dict()["n"] == key.public()["n"]


@pytest.mark.parametrize(
    "answer",
    [
        lambda: reply(status=404),
        lambda: reply("<!doctype html>"),
        lambda: reply([]),
        lambda: reply({}),
        lambda: reply({"keys": {}}),
    ],
)
def test_a_set_that_cannot_be_read_is_unavailable(answer: Callable[[], Reply]) -> None:
    with serve(lambda _: answer()) as server, pytest.raises(Unavailable):
        SigningKeys(lambda: server.address).key("current")
