"""Logging in at Kela's own provider, as the simulator plays it."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from authorizations.suomifi.identification import KelaAdmin, KelaGroup, kela_admin
from authorizations.suomifi.provider import kela
from authorizations.suomifi.tokens import Claims
from tests.authorizations.suomifi.simulator import identify
from tests.suomifi_simulator.parties import Browser


def log_in(browser: Browser, person: str) -> KelaAdmin:
    address, pending = kela().authorization("fi", fresh=True)
    return kela_admin(kela().claims(pending, identify(browser, address, person)))


@pytest.mark.parametrize(
    ("person", "group"),
    [
        ("anna", KelaGroup.PREPARING),
        ("heikki", KelaGroup.APPROVING),
        ("pirkko", KelaGroup.SERVICE_DESK),
        ("timo", KelaGroup.OVERSIGHT),
    ],
)
def test_an_admin_is_known_with_their_group(
    person: str, group: KelaGroup, browser: Browser
) -> None:
    admin = log_in(browser, person)

    assert admin.groups == (group,)
    assert admin.issuer.endswith("/kela")
    assert admin.subject.startswith("kela-")
    assert admin.name


def test_kelas_own_names_of_the_groups_come_from_settings(settings: Settings) -> None:
    settings.KELA_OIDC = settings.KELA_OIDC | {
        "group_claim": "roles",
        "groups": {"oversight": "CN=Kelmu-valvonta"},
    }

    admin = kela_admin(Claims({"roles": ["CN=Kelmu-valvonta", "approving", "oversight", 1]}))

    assert admin.groups == (KelaGroup.APPROVING, KelaGroup.OVERSIGHT)


@pytest.mark.parametrize("groups", [None, "oversight", ["Oversight"], [["oversight"]], {}])
def test_who_is_in_no_group_of_ours_has_none(groups: object, settings: Settings) -> None:
    settings.KELA_OIDC = settings.KELA_OIDC | {"group_claim": "groups", "groups": {}}

    assert kela_admin(Claims({"groups": groups})).groups == ()


@pytest.mark.django_db
def test_who_is_in_no_group_of_ours_enters_nowhere(browser: Browser, settings: Settings) -> None:
    settings.KELA_OIDC = settings.KELA_OIDC | {"groups": {"preparing": "CN=Kelmu-valmistelu"}}
    client = Client()
    address = client.post("/kela/login/").headers["Location"]
    page = client.get("/kela/callback", identify(browser, address, "anna"))
    assert page.status_code == 403
    assert client.get("/kela/").headers["Location"] == "/?ended"
