"""Discovery, the key set and its rotation."""

import pytest
import requests
from jose import jwt

from tests.suomifi_simulator.parties import Browser, RelyingParty, Simulator


@pytest.mark.parametrize("provider", ["idp", "kela"])
def test_each_provider_tells_its_own_addresses(simulator: Simulator, provider: str) -> None:
    issuer = simulator.url(f"/{provider}")
    url = f"{issuer}/.well-known/openid-configuration"
    metadata = requests.get(url, timeout=10).json()
    assert metadata["issuer"] == issuer
    addresses = [value for name, value in metadata.items() if name.endswith(("_endpoint", "_uri"))]
    assert len(addresses) == 5
    assert all(address.startswith(f"{issuer}/") for address in addresses)


def test_two_keys_sign_and_one_does_not(kelmu: RelyingParty, kela: RelyingParty) -> None:
    keys = kelmu.keys()
    assert sorted(key["use"] for key in keys.values()) == ["enc", "sig", "sig"]
    assert all(key.keys() == {"kty", "kid", "use", "alg", "n", "e"} for key in keys.values())
    assert not keys.keys() & kela.keys().keys()


def test_a_rotated_key_is_new_and_the_old_one_stays(browser: Browser, kelmu: RelyingParty) -> None:
    def sign() -> str:
        tokens = kelmu.redeem(kelmu.log_in(browser, prompt="login")["code"]).json()
        kelmu.verified(tokens)
        kid: str = jwt.get_unverified_header(tokens["id_token"])["kid"]
        return kid

    before, old = kelmu.keys(), sign()
    kid = kelmu.simulator.order("rotate-keys", provider="idp")["kid"]
    assert sign() == kid
    assert kid not in before
    assert {kid, old} < kelmu.keys().keys()
    assert len(kelmu.keys()) == 3
