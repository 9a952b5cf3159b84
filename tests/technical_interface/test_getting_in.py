"""A system gets in by a key of its organisation: a signed assertion, once, for a short token."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from jose import jwt
from pytest_django import Settings

from organisations.models import InterfaceKey
from technical_interface.models import AccessToken
from tests.acting import CUSTOMER, POHJANMAA, customer, entries, owning
from tests.agreeing import agree_otherwise
from tests.harness import TODAY
from tests.technical_interface.calling import AUDIENCE, System, pair, problem, registered

pytestmark = pytest.mark.django_db


def last_reason() -> Any:
    return entries()[-1].details["reason"]


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_a_registered_key_gets_a_token_for_ten_minutes(algorithm: str) -> None:
    key = registered(algorithm=algorithm)
    answer = System(algorithm=algorithm).ask()
    assert answer.status_code == 200
    told = answer.json()
    assert told["token_type"] == "Bearer"
    assert told["expires_in"] == 600
    assert "other_benefits" in told["scope"].split()
    assert "payment_demands" in told["scope"].split()
    row = entries()[-1]
    assert (row.act, row.channel, row.office) == ("enter_interface", "interface", "interface")
    assert row.details["key"] == key.kid
    assert InterfaceKey.objects.get().last_used_at is not None


def test_the_database_knows_no_token() -> None:
    registered()
    system = System().enter()
    [row] = AccessToken.objects.all()
    assert system.token.encode() not in bytes(row.digest)
    assert len(row.digest) == 32


def test_a_token_is_narrowed_to_what_was_asked_for() -> None:
    registered()
    assert System().ask(scope="other_benefits").json()["scope"] == "other_benefits"
    refused = System().ask(scope="other_benefits treatment_of_pets")
    assert (refused.status_code, refused.json()) == (400, {"error": "invalid_scope"})
    assert AccessToken.objects.count() == 1


def test_an_assertion_is_good_once() -> None:
    registered()
    system = System()
    assertion = system.assertion()
    assert system.ask(assertion).status_code == 200
    again = system.ask(assertion)
    assert (again.status_code, again.json()) == (401, {"error": "invalid_client"})
    assert last_reason() == "used"


NOW = int(time.time())
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "another issuer": ({"iss": POHJANMAA}, "client"),
    "another subject": ({"sub": POHJANMAA}, "client"),
    "no subject": ({"sub": None}, "client"),
    "no audience": ({"aud": None}, "audience"),
    "another audience": ({"aud": "http://testserver/"}, "audience"),
    "two audiences": ({"aud": [AUDIENCE, "http://elsewhere"]}, "audience"),
    "a list of one audience": ({"aud": [AUDIENCE]}, "audience"),
    "no end": ({"exp": None}, "lifetime"),
    "no beginning": ({"iat": None}, "lifetime"),
    "ended": ({"iat": NOW - 4000, "exp": NOW - 3900}, "lifetime"),
    "too long": ({"exp": NOW + 4000}, "lifetime"),
    "from the future": ({"iat": NOW + 3000, "exp": NOW + 3100}, "lifetime"),
    "an end in words": ({"exp": "tomorrow"}, "signature"),
    "a huge end": ({"exp": 10**400}, "lifetime"),
    "true as a beginning": ({"iat": True}, "lifetime"),
    "no number of its own": ({"jti": None}, "jti"),
    "an empty number": ({"jti": ""}, "jti"),
    "a number that is no text": ({"jti": {"a": 1}}, "signature"),
    "a very long number": ({"jti": "x" * 101}, "jti"),
}


@pytest.mark.parametrize(("changed", "reason"), WRONG.values(), ids=WRONG)
def test_what_an_assertion_says_must_be_so(changed: dict[str, Any], reason: str) -> None:
    registered()
    system = System()
    answer = system.ask(system.assertion(**changed))
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    assert last_reason() == reason


class TestForgeries:
    """What is not signed by the named key, in the key's own way, proves nothing."""

    @pytest.fixture(autouse=True)
    def _key(self) -> None:
        self.key = registered()
        self.system = System()

    def assert_refused(self, assertion: str) -> None:
        answer = self.system.ask(assertion)
        assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})

    def test_another_key(self) -> None:
        headers = {"kid": self.key.kid}
        other = jwt.encode(self.system.claims(), pair(number=5)[0], "RS256", headers=headers)
        self.assert_refused(other)

    def test_the_public_key_as_a_shared_secret(self) -> None:
        headers = {"kid": self.key.kid}
        secret = "not a key in PEM"
        self.assert_refused(jwt.encode(self.system.claims(), secret, "HS256", headers=headers))

    def test_no_signature(self) -> None:
        signed = self.system.assertion()
        header, claims, _signature = signed.split(".")
        self.assert_refused(f"{header}.{claims}.")
        self.assert_refused(f"{jose_part({'alg': 'none', 'kid': self.key.kid})}.{claims}.")

    def test_an_unknown_key(self) -> None:
        self.assert_refused(System(number=7).assertion())
        self.assert_refused(self.system.assertion({"kid": None}))
        self.assert_refused(self.system.assertion({"kid": ["a"]}))
        self.assert_refused(self.system.assertion({"kid": "ä" * 43}))

    def test_an_extension_that_must_be_understood(self) -> None:
        self.assert_refused(self.system.assertion({"crit": ["b64"], "b64": False}))

    @pytest.mark.parametrize("junk", ["", ".", "..", "a.b.c", "ä.ö.å", "x" * 9000, "{}", "\x00"])
    def test_junk(self, junk: str) -> None:
        self.assert_refused(junk)

    def test_the_key_of_another_organisation(self) -> None:
        registered(POHJANMAA, number=2)
        self.assert_refused(System(number=2).assertion())  # signs as Pirkanmaa


def jose_part(content: dict[str, Any]) -> str:
    unsigned: str = jwt.encode({}, "secret", "HS256", headers=content)
    return unsigned.split(".")[0]


UNUSABLE: dict[str, tuple[dict[str, Any], str]] = {
    "not approved": ({"approved_at": None, "approved_by": None}, "unapproved_key"),
    "revoked": ({"ended_at": timezone.now(), "ended_by": UUID(int=1)}, "ended_key"),
    "expired": ({"registered_on": TODAY - timedelta(days=9), "expires_on": TODAY}, "ended_key"),
}


@pytest.mark.parametrize(("fields", "reason"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_key_that_does_not_hold_lets_nobody_in(fields: dict[str, Any], reason: str) -> None:
    registered(**fields)
    assert System().ask().status_code == 401
    assert last_reason() == reason


def test_the_agreement_must_cover_the_technical_interface() -> None:
    registered()
    agree_otherwise(by_technical_interface=False)
    answer = System().ask()
    assert (answer.status_code, answer.json()) == (400, {"error": "unauthorized_client"})
    row = entries()[-1]
    assert (row.act, row.channel, row.details["reason"]) == (
        "refusal",
        "interface",
        "no_agreement",
    )


def test_whoever_asks_too_often_is_told_to_wait(settings: Settings) -> None:
    settings.INTERFACE_TOKENS_IN_A_MINUTE = 2
    registered()
    statuses = [System().ask().status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert System().ask()["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("told", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_assertion_type": "basic"}, 401, "invalid_client"),
        ({"scope": " ".join(f"a{n}" for n in range(30))}, 400, "invalid_scope"),
    ],
)
def test_other_ways_of_oauth_are_not_there(told: dict[str, str], status: int, error: str) -> None:
    registered()
    answer = System().ask(**told)
    assert (answer.status_code, answer.json()) == (status, {"error": error})


def test_a_revoked_key_takes_its_tokens_along() -> None:
    key = registered()
    system = System().enter()
    assert system.get("/api/v1/rights").status_code == 200
    with owning():
        InterfaceKey.objects.using("owner").filter(pk=key.pk).update(
            ended_at=timezone.now(), ended_by=UUID(int=1)
        )
    assert problem(system.get("/api/v1/rights")) == "invalid-token"


def test_a_token_ends() -> None:
    registered()
    system = System().enter()
    past = timezone.now() - timedelta(minutes=11)
    with owning():
        AccessToken.objects.using("owner").update(
            issued_at=past, expires_at=past + timedelta(minutes=10)
        )
    assert problem(system.get("/api/v1/rights")) == "invalid-token"


class TestTheDatabase:
    """It keeps the invariants whatever the application writes."""

    def assert_kept(self, name: str, write: Callable[[], object]) -> None:
        with pytest.raises(IntegrityError, match=name), transaction.atomic(), owning():
            write()

    def test_two_keys_at_most(self) -> None:
        registered()
        registered(number=1)
        self.assert_kept("one_key_in_a_place", lambda: registered(number=2))
        self.assert_kept("two_places_for_keys", lambda: registered(number=2, place=3))

    def test_two_people(self) -> None:
        self.assert_kept(
            "a_key_is_approved_by_somebody_else", lambda: registered(approved_by=UUID(int=1))
        )

    def test_the_first_key_waits_for_kela(self) -> None:
        self.assert_kept("the first key", lambda: registered(approved_by=None))
        registered()
        registered(number=1, approved_by=None)

    def test_two_years(self) -> None:
        self.assert_kept(
            "a_key_expires_within_two_years",
            lambda: registered(expires_on=TODAY + timedelta(days=732)),
        )

    def test_an_ended_key_stays_so(self) -> None:
        key = registered(ended_at=timezone.now(), ended_by=UUID(int=1))
        again = InterfaceKey.objects.using("owner").filter(pk=key.pk)
        self.assert_kept(
            "does not change",
            lambda: again.update(ended_at=None, ended_by=None),
        )

    def test_ten_minutes(self) -> None:
        registered()
        System().enter()
        tokens = AccessToken.objects.using("owner")
        self.assert_kept(
            "a_token_is_short_lived",
            lambda: tokens.update(expires_at=timezone.now() + timedelta(minutes=11)),
        )


def test_an_environment_for_tests_serves_nobody_while_somebody_real_is_there(
    settings: Settings,
) -> None:
    settings.INTERFACE_IS_FOR_TESTS = True
    registered()
    customer(CUSTOMER)
    assert System().enter().get("/api/v1/rights").json()["is_for_tests"] is True
    customer("131052-308T")
    answer = System().ask()
    assert (answer.status_code, answer.json()) == (503, {"error": "temporarily_unavailable"})
