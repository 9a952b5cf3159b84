"""A code is exchanged in the way the provider takes, and only for what it must give."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs

import pytest

from authorizations.suomifi.discovery import Metadata
from authorizations.suomifi.errors import Reason, Refused
from authorizations.suomifi.exchange import Client, Tokens, redeem, userinfo
from authorizations.suomifi.keys import OwnKeys
from tests.authorizations.suomifi.servers import Reply, Server, reply, serve

SECRET = "a secret: ä/+%"
GRANT = {"code": "the-code", "redirect_uri": "https://kelmu.invalid/", "code_verifier": "v"}
GOOD = {"id_token": "a.b.c", "access_token": "the-token", "token_type": "bearer"}


@dataclass
class Provider:
    """A provider whose next answer is set by the test."""

    server: Server
    answer: list[Reply] = field(default_factory=list)

    @property
    def metadata(self) -> Metadata:
        return Metadata(
            authorization_endpoint=f"{self.server.address}/authorize",
            token_endpoint=f"{self.server.address}/token",
            jwks_uri=f"{self.server.address}/jwks",
            userinfo_endpoint=None,
            end_session_endpoint=None,
            names_itself=False,
            takes_secret_in_header=True,
        )

    def sent(self) -> tuple[str, dict[str, str]]:
        """Header and form of the one request."""
        [asked] = self.server.asked
        form = {name: value for name, [value] in parse_qs(asked.body).items()}
        return asked.headers.get("Authorization", ""), form


@pytest.fixture
def provider() -> Iterator[Provider]:
    answer = [reply(GOOD)]
    with serve(lambda _: answer[0]) as server:
        yield Provider(server, answer)


def test_a_secret_goes_encoded_in_the_header(provider: Provider) -> None:
    tokens = redeem(Client("kelmu:1", secret=SECRET), provider.metadata, GRANT)

    header, form = provider.sent()
    assert tokens == Tokens("a.b.c", "the-token")
    assert b64decode(header.removeprefix("Basic ")) == b"kelmu%3A1:a+secret%3A+%C3%A4%2F%2B%25"
    assert form == GRANT | {"grant_type": "authorization_code"}


def test_a_secret_goes_in_the_form_where_the_provider_wants_it(provider: Provider) -> None:
    metadata = replace(provider.metadata, takes_secret_in_header=False)
    redeem(Client("kelmu", secret=SECRET), metadata, GRANT)

    header, form = provider.sent()
    assert header == ""
    assert (form["client_id"], form["client_secret"]) == ("kelmu", SECRET)


def test_who_has_a_key_sends_no_secret(provider: Provider, own_keys: OwnKeys) -> None:
    redeem(Client("kelmu", own_keys, SECRET), provider.metadata, GRANT)

    header, form = provider.sent()
    assert header == ""
    assert "client_secret" not in form
    assert form["client_assertion"].count(".") == 2


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"error": "invalid_grant"}, 400, Reason.CODE),
        ({"error": "invalid_client"}, 401, Reason.CLIENT),
        ({}, 403, Reason.CLIENT),
        ({}, 200, Reason.TOKEN_FORM),
        (GOOD | {"id_token": None}, 200, Reason.TOKEN_FORM),
        (GOOD | {"id_token": ["a"]}, 200, Reason.TOKEN_FORM),
        (GOOD | {"token_type": "mac"}, 200, Reason.TOKEN_FORM),
        (GOOD | {"token_type": None}, 200, Reason.TOKEN_FORM),
    ],
)
def test_anything_but_tokens_is_refused(
    body: Any, status: int, reason: Reason, provider: Provider
) -> None:
    provider.answer[0] = reply(body, status)

    with pytest.raises(Refused) as caught:
        redeem(Client("kelmu", secret=SECRET), provider.metadata, GRANT)
    assert caught.value.reason is reason


def test_userinfo_speaks_of_the_subject(provider: Provider) -> None:
    provider.answer[0] = reply({"sub": "subject", "name": "Aino"})

    claims = userinfo(f"{provider.server.address}/userinfo", "the-token", "subject")

    assert claims.text("name") == "Aino"
    assert provider.sent()[0] == "Bearer the-token"


@pytest.mark.parametrize("subject", ["another", "", None])
def test_userinfo_of_somebody_else_is_refused(subject: object, provider: Provider) -> None:
    provider.answer[0] = reply({"sub": subject, "name": "Aino"})

    with pytest.raises(Refused) as caught:
        userinfo(f"{provider.server.address}/userinfo", "the-token", "subject")
    assert caught.value.reason is Reason.SUBJECT


def test_userinfo_that_says_nothing_is_refused(provider: Provider) -> None:
    provider.answer[0] = reply({"error": "invalid_token"}, 401)

    with pytest.raises(Refused) as caught:
        userinfo(f"{provider.server.address}/userinfo", "the-token", "subject")
    assert caught.value.reason is Reason.PROVIDER_ERROR


def test_secrets_do_not_show() -> None:
    assert SECRET not in repr(Client("kelmu", secret=SECRET))
    assert "the-token" not in repr(Tokens("a.b.c", "the-token"))
