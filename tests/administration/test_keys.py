"""Keys of the technical interface: an organisation registers them, Kela approves the first."""

import json
from datetime import timedelta
from typing import Any

import pytest
from jose import jwk

from organisations.models import InterfaceKey
from tests.acting import POHJANMAA, client_of, entries, official, organisation
from tests.administration.kela import Admin, Own
from tests.agreeing import agree_otherwise
from tests.harness import TODAY
from tests.technical_interface.calling import TECHNICAL, System, pair, registered

pytestmark = pytest.mark.django_db

HERE = "/agreement/keys/"
AUTHORIZER = "170868-9664"
LAST = (TODAY + timedelta(days=300)).isoformat()


def typed(number: int = 0, **changed: Any) -> dict[str, str]:
    told = {"label": "Asiakastieto", "public_key": pair(number=number)[1], "last": LAST}
    return told | changed


def test_the_first_key_holds_when_kela_has_approved_it() -> None:
    tarmo, heikki = Own(TECHNICAL), Admin("approving")
    where = tarmo.post(f"{HERE}new/", **typed())
    assert "waits for Kela" in tarmo.get(where)
    assert System().ask().status_code == 401
    key = InterfaceKey.objects.get()
    assert "Asiakastieto" in heikki.get("/kela/waiting/")
    at_kela = f"/kela/organisations/{organisation().pk}/keys/{key.pk}/"
    assert key.kid in heikki.get(at_kela)
    heikki.post(f"{at_kela}approval/")
    assert "Approved by" in tarmo.get(where)
    assert System().ask().status_code == 200
    heikki.post(f"{at_kela}approval/", 422)
    acts = [row.act for row in entries() if "key" in row.act]
    assert acts.count("register_key") == acts.count("approve_key") == 1
    assert str(entries()[-1].details.get("key")) == key.kid


def test_the_next_key_holds_at_once_and_there_are_two() -> None:
    registered()
    tarmo = Own(TECHNICAL)
    where = tarmo.post(f"{HERE}new/", **typed(number=1))
    assert "Held at once, beside a key that Kela had approved." in tarmo.get(where)
    assert System(number=1).ask().status_code == 200
    page = tarmo.post(f"{HERE}new/", 422, **typed(number=2))
    assert "There are two keys already." in page


def test_why_a_system_was_refused_is_told_on_the_page_of_its_key() -> None:
    key = registered()
    system, tarmo = System(), Own(TECHNICAL)
    assert "No system that named this key was refused" in tarmo.get(f"{HERE}{key.pk}/")
    assert system.ask(system.assertion(aud="http://elsewhere/token")).status_code == 401
    assert system.ask(system.assertion({"kid": "another"})).status_code == 401
    page = tarmo.get(f"{HERE}{key.pk}/")
    assert "aud is not exactly the address of the token endpoint" in page
    assert "kid names no key" not in page


def test_a_revoked_key_gives_its_place_up_and_opens_nothing() -> None:
    key = registered()
    system = System().enter()
    tarmo = Own(TECHNICAL)
    tarmo.post(f"{HERE}{key.pk}/end/")
    assert "revoked" in tarmo.get(HERE)
    assert system.get("/api/v1/rights").status_code == 401
    where = tarmo.post(f"{HERE}new/", **typed(number=1))
    assert "waits for Kela" in tarmo.get(where)  # it is a first one again


def test_kela_ends_a_key_too() -> None:
    key = registered()
    Admin("preparing").post(f"/kela/organisations/{organisation().pk}/keys/{key.pk}/end/")
    assert System().ask().status_code == 401


def test_a_key_is_taken_as_json_too() -> None:
    told = jwk.construct(pair("ES256")[1], "ES256").to_dict()
    Own(TECHNICAL).post(f"{HERE}new/", **typed(public_key=json.dumps(told)))
    assert InterfaceKey.objects.get().algorithm == "ES256"


SMALL = """-----BEGIN PUBLIC KEY-----
MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALRiMLAhimLOsDKtUlHCU6aQ0sIWNPxG
rG4lVQZ2SXOjYlNW3t9g8FQxO9m5xjzZ8VFeXYpYyDQJpJ0p3mWZ3Y0CAwEAAQ==
-----END PUBLIC KEY-----"""


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"public_key": ""}, "Fill in “Public key”."),
        ({"public_key": "hello"}, "This is not a public key."),
        ({"public_key": "{"}, "This is not a public key."),
        ({"public_key": '{"kty": "RSA"}'}, "This is not a public key."),
        ({"public_key": "[]"}, "This is not a public key."),
        ({"public_key": pair()[0]}, "This is a private key"),
        ({"public_key": '{"kty": "EC", "d": "x"}'}, "This is a private key"),
        ({"public_key": SMALL}, "The key must be RSA of 2048 to 4096 bits"),
        ({"last": "2020-01-01"}, "The last day is today at the earliest"),
        ({"last": "2036-01-01"}, "The last day is today at the earliest"),
        ({"label": "131052-9085"}, "Leave the personal identity code out."),
    ],
)
def test_what_is_wrong_is_told(changed: dict[str, Any], message: str) -> None:
    page = Own(TECHNICAL).post(f"{HERE}new/", 422, **typed(**changed))
    assert message in page
    assert "PRIVATE KEY" not in page
    assert not InterfaceKey.objects.exists()


def test_the_same_key_is_not_registered_twice() -> None:
    registered(POHJANMAA)
    assert "registered before" in Own(TECHNICAL).post(f"{HERE}new/", 422, **typed())


def test_who_holds_another_office_reads_but_keeps_no_keys() -> None:
    key = registered()
    veikko = Own(AUTHORIZER)
    assert "Register a key" not in veikko.get(HERE)
    assert key.kid in veikko.get(f"{HERE}{key.pk}/")
    veikko.post(f"{HERE}new/", 403, **typed(number=1))
    veikko.post(f"{HERE}{key.pk}/end/", 403)


def test_a_mandate_alone_opens_nothing_of_it() -> None:
    assert client_of(official()).get(HERE).status_code == 403


def test_without_the_way_of_use_in_the_agreement_there_are_no_keys() -> None:
    agree_otherwise(by_technical_interface=False)
    tarmo = Own(TECHNICAL)
    assert "does not cover the technical interface" in tarmo.get(HERE)
    assert "does not cover the technical interface" in tarmo.post(f"{HERE}new/", 422, **typed())


def test_another_organisations_keys_are_not_there() -> None:
    key = registered(POHJANMAA)
    tarmo = Own(TECHNICAL)
    tarmo.get(f"{HERE}{key.pk}/", 404)
    tarmo.post(f"{HERE}{key.pk}/end/", 404)
    Admin("approving").get(f"/kela/organisations/{organisation().pk}/keys/{key.pk}/", 404)
