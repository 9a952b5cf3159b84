"""The ground of the tests is what production stands on: two roles, real processes, real logins."""

import pytest
from django.db import ProgrammingError, connection, connections
from playwright.sync_api import Page

from demo.environment import Urls
from organisations.models import Organisation
from tests import browsers
from tests.harness import as_owner
from tests.personas import (
    AUTHORIZER,
    ENTITLED,
    KELA_ADMIN,
    LISTS_ONLY,
    MUNICIPALITY,
    OTHER_ORGANISATION,
    SUPERVISOR,
    WITHOUT_MANDATE,
    Persona,
    log_in,
)
from tests.running import Kelmu


def rename_tampere() -> None:
    Organisation.objects.filter(business_id="9900102-9").update(name_fi="Toinen")


def role(alias: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_test_acts_as_the_application_until_it_asks_for_more() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_county SET name_fi = ''")


@pytest.mark.django_db
def test_the_owner_writes_in_the_transaction_of_the_test() -> None:
    with as_owner():
        rename_tampere()
        assert role("owner") == "kelmu_owner"
    assert role("default") == "kelmu_app"
    assert Organisation.objects.filter(name_fi="Toinen").exists()


@pytest.mark.django_db
def test_a_failed_write_of_the_owner_leaves_the_application_in_charge() -> None:
    with pytest.raises(RuntimeError), as_owner():
        raise RuntimeError
    assert role("default") == "kelmu_app"


def test_a_fresh_database_has_two_logins(fresh_db: Urls) -> None:
    assert (role("default"), role("owner")) == ("kelmu_app", "kelmu_owner")


def test_what_a_test_wrote_is_gone_in_the_next(kelmu: Kelmu) -> None:
    with kelmu.owner() as owner:
        assert owner.execute("SELECT FROM audit_entry").rowcount == 0
    kelmu.client_for(ENTITLED)
    with kelmu.owner() as owner:
        assert owner.execute("SELECT FROM audit_entry").rowcount > 0
    kelmu.renew()
    with kelmu.owner() as owner:
        assert owner.execute("SELECT FROM audit_entry").rowcount == 0


@pytest.mark.parametrize(
    "persona",
    [ENTITLED, OTHER_ORGANISATION, MUNICIPALITY, LISTS_ONLY, AUTHORIZER, SUPERVISOR, KELA_ADMIN],
    ids=lambda persona: persona.person,
)
def test_each_persona_can_log_in(kelmu: Kelmu, persona: Persona) -> None:
    page = log_in(kelmu.visitor(), persona)
    assert page.status_code == 200
    assert page.url.startswith(f"{kelmu.address}/")
    assert "/login" not in page.url


def test_a_person_without_a_mandate_is_left_outside(kelmu: Kelmu) -> None:
    visitor = kelmu.visitor()
    log_in(visitor, WITHOUT_MANDATE)
    assert visitor.open("/rights/mine/").url == f"{kelmu.address}/?ended"


@pytest.mark.browser
def test_a_browser_logs_in_by_the_pages_of_suomifi(page: Page, kelmu: Kelmu) -> None:
    browsers.log_in(page, kelmu, ENTITLED)
    assert page.url.startswith(f"{kelmu.address}/")
    assert "/login" not in page.url
