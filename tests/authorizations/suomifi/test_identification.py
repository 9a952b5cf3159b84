"""Logging in at Suomi.fi, as the simulator plays it."""

import json
from dataclasses import asdict

import pytest
from pytest_django.fixtures import Settings

from authorizations.suomifi import provider
from authorizations.suomifi.errors import Cancelled, Reason, Refused, SuomiFiError, Unavailable
from authorizations.suomifi.identification import VerifiedPerson, verified_person
from authorizations.suomifi.provider import Pending, suomifi_identification
from tests.authorizations.suomifi.simulator import identify, turn_back
from tests.suomifi_simulator.parties import AINO, Browser, Simulator


def log_in(browser: Browser, person: str = "aino", *, fresh: bool = True) -> VerifiedPerson:
    """The whole way, with what is kept carried through JSON as a session does."""
    identification = suomifi_identification()
    address, pending = identification.authorization("sv", fresh=fresh)
    kept = json.dumps(asdict(pending))
    answer = identify(browser, address, person)
    return verified_person(identification.claims(Pending(**json.loads(kept)), answer))


def failure_of(browser: Browser) -> SuomiFiError:
    with pytest.raises(SuomiFiError) as caught:
        log_in(browser)
    return caught.value


def test_a_person_is_identified(browser: Browser) -> None:
    person = log_in(browser)

    assert person.hetu == AINO
    assert (person.given_name, person.family_name) != ("", "")
    assert person.acr == "http://ftn.ficora.fi/2017/loa3"
    assert person.auth_time > 0
    assert AINO not in repr(person)


def test_a_fresh_identification_asks_even_whom_the_provider_knows(browser: Browser) -> None:
    assert log_in(browser, "aino", fresh=False).hetu == AINO
    assert log_in(browser, "nobody asked", fresh=False).hetu == AINO  # single sign-on
    assert log_in(browser, "eetu", fresh=True).hetu != AINO


def test_who_turns_back_has_cancelled(browser: Browser) -> None:
    address, pending = suomifi_identification().authorization("fi", fresh=True)

    with pytest.raises(Cancelled):
        suomifi_identification().claims(pending, turn_back(browser, address))


def test_a_secret_instead_of_a_key_does_too(browser: Browser, settings: Settings) -> None:
    settings.SUOMIFI_OIDC = settings.SUOMIFI_OIDC | {
        "client_id": "kelmu-secret",
        "client_key_file": "",
        "client_secret": "invented-demo-secret-of-the-simulator",
        "hetu_claim": "national_id_num",
    }

    assert log_in(browser).hetu == AINO


def test_a_token_encrypted_to_us_is_read(browser: Browser, settings: Settings) -> None:
    settings.SUOMIFI_OIDC = settings.SUOMIFI_OIDC | {
        "client_id": "kelmu-encrypted",
        "encrypted": True,
    }

    assert log_in(browser).hetu == AINO


@pytest.mark.parametrize("fault", ["unsigned_jwe", "rsa1_5", "zip_bomb"])
def test_a_spoiled_envelope_is_refused(
    fault: str, browser: Browser, simulator: Simulator, settings: Settings
) -> None:
    settings.SUOMIFI_OIDC = settings.SUOMIFI_OIDC | {
        "client_id": "kelmu-encrypted",
        "encrypted": True,
    }
    simulator.order("fault", fault=fault)

    assert isinstance(failure_of(browser), Refused)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("wrong_nonce", Reason.NONCE),
        ("wrong_issuer", Reason.ISSUER),
        ("wrong_audience", Reason.AUDIENCE),
        ("wrong_azp", Reason.AUTHORIZED_PARTY),
        ("expired_token", Reason.EXPIRED),
        ("future_iat", Reason.ISSUED_AT),
        ("missing_hetu", Reason.NO_HETU),
        ("alg_none", Reason.ALGORITHM),
        ("alg_hs256", Reason.ALGORITHM),
        ("unknown_kid", Reason.UNKNOWN_KEY),
        ("encryption_key", Reason.UNKNOWN_KEY),
        ("swapped_state", Reason.STATE),
        ("no_code", Reason.PROVIDER_ERROR),
        ("replayed_code", Reason.CODE),
    ],
)
def test_what_the_provider_must_not_say_is_refused(
    fault: str, reason: Reason, browser: Browser, simulator: Simulator
) -> None:
    simulator.order("fault", fault=fault)

    failure = failure_of(browser)

    assert isinstance(failure, Refused)
    assert failure.reason is reason


def test_a_test_level_is_refused_where_strong_ones_are_asked(
    browser: Browser, simulator: Simulator
) -> None:
    simulator.order("fault", fault="test_loa")

    assert failure_of(browser).reason is Reason.LEVEL


def test_what_only_userinfo_tells_is_taken(browser: Browser, simulator: Simulator) -> None:
    simulator.order("fault", fault="missing_hetu", step="token")

    assert log_in(browser).hetu == AINO


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("expired", Reason.PROVIDER_ERROR), ("html_body", Reason.MALFORMED)],
)
def test_userinfo_that_does_not_tell_is_no_person(
    fault: str, reason: Reason, browser: Browser, simulator: Simulator
) -> None:
    simulator.order("fault", fault="missing_hetu", step="token")
    simulator.order("fault", fault=fault, step="userinfo")

    assert failure_of(browser).reason is reason


def test_a_token_without_at_hash_is_taken(browser: Browser, simulator: Simulator) -> None:
    """OpenID Connect Core 3.1.3.6 leaves it to the provider."""
    simulator.order("fault", fault="missing_at_hash")

    assert log_in(browser).hetu == AINO


@pytest.mark.parametrize("step", ["discovery", "jwks", "token"])
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("server_error", Reason.SERVER_ERROR),
        ("unavailable", Reason.SERVER_ERROR),
        ("truncated_json", Reason.MALFORMED),
        ("html_body", Reason.MALFORMED),
    ],
)
def test_a_provider_that_is_out_of_order_is_unavailable(
    fault: str, step: str, reason: Reason, browser: Browser, simulator: Simulator
) -> None:
    simulator.order("fault", fault=fault, step=step)

    failure = failure_of(browser)

    assert isinstance(failure, Unavailable)
    assert failure.reason is reason
    assert failure.RETRY_AFTER_SECONDS > 0


def test_a_provider_that_sleeps_is_given_up(
    browser: Browser, simulator: Simulator, settings: Settings
) -> None:
    suomifi_identification().authorization("fi", fresh=True)
    settings.OUTGOING_TIMEOUT_SECONDS = 0.3
    simulator.order("fault", fault="slow", step="token", times=1, seconds=2)

    assert failure_of(browser).reason is Reason.TIMEOUT


def test_a_provider_that_was_down_at_our_start_is_found_later(
    browser: Browser, simulator: Simulator
) -> None:
    simulator.order("fault", fault="unavailable", step="discovery", times=1)

    assert isinstance(failure_of(browser), Unavailable)
    assert log_in(browser).hetu == AINO


def test_a_provider_that_changes_its_key_is_followed(
    browser: Browser, simulator: Simulator
) -> None:
    log_in(browser)
    simulator.order("rotate-keys", provider="idp")

    assert log_in(browser).hetu == AINO


def test_a_callback_of_another_attempt_is_refused(browser: Browser) -> None:
    identification = suomifi_identification()
    address, _ = identification.authorization("fi", fresh=True)
    _, pending = identification.authorization("fi", fresh=True)
    answer = identify(browser, address, "aino")

    with pytest.raises(Refused) as caught:
        identification.claims(pending, answer)
    assert caught.value.reason is Reason.STATE


def test_a_code_stolen_from_another_browser_is_useless(browser: Browser) -> None:
    """PKCE: the code without its verifier, under a state of one's own."""
    identification = suomifi_identification()
    address, _ = identification.authorization("fi", fresh=True)
    _, own = identification.authorization("fi", fresh=True)
    stolen = identify(browser, address, "aino") | {"state": own.state}

    with pytest.raises(Refused) as caught:
        identification.claims(own, stolen)
    assert caught.value.reason is Reason.CODE


@pytest.mark.parametrize("state", [None, "", "other", "ä"])
def test_a_forged_callback_is_refused_before_anything_is_asked(
    state: str | None, simulator: Simulator
) -> None:
    identification = suomifi_identification()
    _, pending = identification.authorization("fi", fresh=True)
    parameters = {"code": "c", "error": "access_denied"} | ({"state": state} if state else {})

    with pytest.raises(Refused) as caught:
        identification.claims(pending, parameters)
    assert caught.value.reason is Reason.STATE


def test_an_attempt_does_not_wait_for_ever(simulator: Simulator) -> None:
    identification = suomifi_identification()
    _, pending = identification.authorization("fi", fresh=True)
    old = Pending(**asdict(pending) | {"started_at": pending.started_at - 3600})

    with pytest.raises(Refused) as caught:
        identification.claims(old, {"state": old.state, "code": "c"})
    assert caught.value.reason is Reason.ATTEMPT_EXPIRED


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("access_denied", Cancelled),
        ("cancel", Cancelled),
        ("temporarily_unavailable", Unavailable),
        ("server_error", Unavailable),
        ("invalid_request", Refused),
        ("", Refused),
    ],
)
def test_an_error_of_the_provider_says_what_to_do(
    error: str, expected: type[SuomiFiError], simulator: Simulator
) -> None:
    identification = suomifi_identification()
    _, pending = identification.authorization("fi", fresh=True)

    with pytest.raises(expected):
        identification.claims(pending, {"state": pending.state, "error": error, "code": "c"})


def test_a_callback_of_another_provider_is_refused(simulator: Simulator) -> None:
    identification = suomifi_identification()
    _, pending = identification.authorization("fi", fresh=True)
    parameters = {"state": pending.state, "code": "c", "iss": "https://other.invalid"}

    with pytest.raises(Refused) as caught:
        identification.claims(pending, parameters)
    assert caught.value.reason is Reason.ISSUER


def test_the_secrets_of_an_attempt_do_not_show(simulator: Simulator) -> None:
    _, pending = suomifi_identification().authorization("fi", fresh=True)

    for secret in (pending.state, pending.nonce, pending.verifier):
        assert len(secret) >= 43  # 256 bits
        assert secret not in repr(pending)


def test_logging_out_goes_by_the_provider(browser: Browser) -> None:
    log_in(browser)
    address = suomifi_identification().logout_url("sv")

    assert address is not None
    assert browser.post(browser.get(address).url).is_redirect
    assert "token" not in address


def test_logging_out_does_without_a_provider_that_is_down(simulator: Simulator) -> None:
    simulator.order("fault", fault="unavailable", step="discovery")

    assert suomifi_identification().logout_url("sv") is None


def test_there_is_one_provider_per_process(simulator: Simulator) -> None:
    assert suomifi_identification() is suomifi_identification()
    assert provider.kela() is provider.kela()
    assert suomifi_identification() is not provider.kela()
