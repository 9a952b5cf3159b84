"""Kela's oversight sees the log of any organisation, or of all, once it has said why."""

import re

import psycopg
import pytest
from django.db import connection
from django.test import Client

from audit.models import ActKind, Entry
from demo.environment import Urls
from tests.acting import (
    CUSTOMER,
    POHJANMAA,
    client_of,
    customer,
    kela_admin,
    organisation,
)
from tests.oversight.watching import REASON, Overseer, cells, latest, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def overseer() -> Overseer:
    return Overseer()


def without_organisation() -> list[Entry]:
    """Rows that belong to no organisation, as the owner sees them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE kelmu_owner")
        found = list(Entry.objects.filter(organisation_id=None).order_by("at"))
        cursor.execute("SET LOCAL ROLE kelmu_app")
    return found


def test_nothing_is_seen_without_a_reason(overseer: Overseer) -> None:
    page = overseer.post("/kela/oversight/", 422, reason="", organisation=organisation().pk)
    assert "Say why you look." in page


def test_a_reason_holds_no_identity_code(overseer: Overseer) -> None:
    page = overseer.post("/kela/oversight/", 422, reason=f"About {CUSTOMER}")
    assert "Leave the personal identity code out." in page


def test_what_is_seen_of_an_organisation_stands_in_its_log_with_the_reason(
    overseer: Overseer,
) -> None:
    customer()
    opened()
    page = overseer.get(overseer.inquire(organisation=organisation().pk))
    assert cells(page, "Act")[-1] == "Opened a customer"
    assert cells(page, "Person")[-1] == "Aino Virkailija"
    assert REASON in page
    row = latest(ActKind.SEARCH_LOG)
    assert (row.office, row.details) == ("oversight", {"reason": REASON})


def test_one_act_is_read_with_the_reason_too(overseer: Overseer) -> None:
    customer()
    opened()
    page = overseer.get(overseer.inquire())
    acts = re.findall(r'href="(/oversight/inquiries/[^"]+\?of=[^"]+)"', page)
    assert "Esimerkki, Eino Olavi" in overseer.get(acts[-1])
    assert latest(ActKind.VIEW_LOG_ENTRY).details["reason"] == REASON


def test_all_organisations_are_seen_at_once(overseer: Overseer) -> None:
    customer()
    opened()
    opened(at=POHJANMAA)
    page = overseer.get(f"{overseer.inquire()}?act=open")
    assert cells(page, "Organisation") == [
        "Pohjanmaan hyvinvointialue",
        "Pirkanmaan hyvinvointialue",
    ]
    assert cells(page, "Person") == ["Aino Virkailija"] * 2
    assert [row.details["reason"] for row in without_organisation()] == [REASON]


def test_a_customer_is_looked_for_across_organisations(overseer: Overseer) -> None:
    customer()
    opened()
    opened(at=POHJANMAA)
    leads_to = overseer.inquire(hetu=CUSTOMER)
    assert CUSTOMER not in leads_to
    page = overseer.get(leads_to)
    assert cells(page, "Act") == ["Searched the log", "Opened a customer", "Opened a customer"]
    assert "Esimerkki, Eino Olavi" in page


def test_figures_and_files_are_seen_with_the_reason_too(overseer: Overseer) -> None:
    customer()
    opened()
    at = overseer.inquire().removesuffix("log/")
    assert "Pirkanmaan hyvinvointialue · 1" in overseer.get(at)
    file = overseer.client.get(f"{at}log.csv").content.decode()
    assert "Pirkanmaan hyvinvointialue" in file
    assert [row.act for row in without_organisation()] == ["view_use", "download_log"]
    overseer.get(f"{at}detection/", 404)


@pytest.mark.parametrize("group", ["preparing", "approving", "service_desk"])
def test_nobody_else_of_kela_looks(group: str) -> None:
    stranger: Client = client_of(kela_admin(group))
    assert stranger.get("/kela/oversight/").status_code == 403
    assert 'href="/kela/oversight/"' not in stranger.get("/kela/").content.decode()


def test_an_inquiry_is_of_the_session_that_made_it(overseer: Overseer) -> None:
    Overseer().get(overseer.inquire(), 404)


def test_the_database_opens_all_rows_only_after_the_reason_of_the_same_transaction(
    fresh_db: Urls,
) -> None:
    row = (
        '{"act": "search_log", "outcome": "permitted", "channel": "browser", "rule_date":'
        ' "2026-11-20", "office": "%s", "agreement": "", "mandates": [], "purpose": "", "laws":'
        ' [], "rulebook": "", "data_groups": [], "case_reference": "", "details": {"reason":'
        ' "%s"}, "organisation_id": %s}'
    )
    with psycopg.connect(fresh_db.application, autocommit=True) as app:

        def seen(office: str = "oversight", reason: str = "Tarkastus") -> int:
            with app.transaction():
                write(app, row % (office, reason, "null"))
                return count(app)

        with app.transaction():
            app.execute("SELECT set_config('kelmu.organisation', '1', true)")
            theirs = write(app, row % ("mandate", "", 1))
        with app.transaction():
            assert count(app) == 0
        assert seen() == 2
        assert seen(reason="") == 0
        assert seen(office="service_desk") == 0
        with app.transaction():  # the setting alone, naming rows of other transactions
            for entry in (theirs, write(app, row % ("oversight", "x", "null"))):
                app.execute("SELECT set_config('kelmu.reason', %s, true)", [str(entry)])
        with app.transaction():
            app.execute("SELECT set_config('kelmu.reason', %s, true)", [str(entry)])
            assert count(app, "audit_entry_person") == count(app) == 0


def write(app: psycopg.Connection, entry: str) -> object:
    """Write a row, and let the setting name it."""
    found = app.execute("SELECT audit_write(%s::jsonb)", [entry]).fetchone()
    assert found
    app.execute("SELECT set_config('kelmu.reason', %s, true)", [str(found[0])])
    return found[0]


def count(app: psycopg.Connection, table: str = "audit_entry") -> int:
    return app.execute(f"SELECT FROM {table}").rowcount
