"""Viitetiedot: reference data to browse by Django's admin, without an account and unchangeable."""

import pytest
from django.apps import apps
from django.test import Client
from django.utils.translation import override

from administration.reference.kinds import KINDS
from tests.acting import HELSINKI, client_of, kela_admin, official
from tests.addresses import METHODS

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = client_of(kela_admin("oversight"))
    client.cookies["kelmu-language"] = "en"
    return client


def page(client: Client, address: str = "") -> str:
    answer = client.get(f"/kela/reference/{address}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_contents_name_each_kind_and_its_owner(admin: Client) -> None:
    shown = page(admin)
    for kind, one in KINDS.items():
        assert f'href="/kela/reference/{kind}/"' in shown
        with override("en"):
            assert str(one.owner) in shown
    assert "The file benefits/data/benefits.toml" in shown


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_kind_is_shown(kind: str, language: str) -> None:
    client = client_of(kela_admin("preparing"))
    client.cookies["kelmu-language"] = language
    shown = page(client, f"{kind}/")
    assert f'lang="{language}"' in shown
    assert "None" not in shown.split("<main", 1)[1]


def test_rows_tell_their_fields_in_words(admin: Client) -> None:
    shown = page(admin, "organisation/")
    assert "Pirkanmaan hyvinvointialue" in shown
    assert "City of Helsinki" in shown
    assert "1.2.2021–" in shown


def test_rows_are_filtered(admin: Client) -> None:
    shown = page(admin, "organisation/?type__exact=helsinki")
    assert HELSINKI in shown
    assert "Pirkanmaan hyvinvointialue" not in shown


def test_rows_are_sorted_by_their_columns(admin: Client) -> None:
    newest = page(admin, "county/?o=-0")
    assert 'aria-sort="descending"' in newest
    assert newest.index("> 91 <") < newest.index("> 01 <")


def test_many_rows_stand_on_pages(admin: Client) -> None:
    assert "1–100 / 3" in page(admin, "municipality/")
    assert "101–200 / 3" in page(admin, "municipality/?p=2")


@pytest.mark.parametrize("query", ["?nothing=1", "?p=x", "?p=1000", "?o=x", "?type__exact=x"])
def test_an_address_that_no_link_has_breaks_nothing(admin: Client, query: str) -> None:
    answer = admin.get(f"/kela/reference/organisation/{query}", follow=True)
    assert answer.status_code in {200, 400}


def test_what_is_not_reference_data_has_no_page(admin: Client) -> None:
    for kind in ("customer", "contact", "payee", "entry", "session"):
        assert admin.get(f"/kela/reference/{kind}/").status_code == 404


@pytest.mark.parametrize("method", sorted({*METHODS} - {"GET", "HEAD", "OPTIONS"}))
def test_nothing_can_be_changed(admin: Client, method: str) -> None:
    assert admin.generic(method, "/kela/reference/organisation/").status_code == 405


def test_it_is_kela_s_alone() -> None:
    assert client_of(official()).get("/kela/reference/").status_code == 403
    assert Client().get("/kela/reference/").status_code == 302


def test_there_are_no_accounts_and_no_passwords() -> None:
    for app in ("auth", "admin", "contenttypes"):
        assert not apps.is_installed(f"django.contrib.{app}")


def test_a_list_costs_few_questions(
    admin: Client,
    django_assert_max_num_queries: object,
) -> None:
    page(admin)
    for kind in KINDS:
        with django_assert_max_num_queries(7):  # type: ignore[operator]  # a context manager
            page(admin, f"{kind}/")
