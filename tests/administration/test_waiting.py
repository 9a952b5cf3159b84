"""Päätettävänä: what was proposed and waits for Kela's second person."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from administration.waiting import queries
from organisations.models import AgreementVersion
from tests.acting import organisation, owning
from tests.administration.kela import Admin
from tests.administration.test_contacts import TYPED as CONTACT
from tests.administration.test_payees import TYPED as PAYEE
from tests.administration.test_payees import WITHOUT
from tests.agreeing import BEFORE, PREPARER, version_of
from tests.harness import TODAY

pytestmark = pytest.mark.django_db


def test_when_nothing_waits_it_says_so() -> None:
    page = Admin("approving").get("/kela/waiting/")
    assert "No contact waits." in page
    assert "No account waits." in page
    assert "No version of an agreement waits." in page


def test_it_tells_who_proposed_what_and_what_holds_now() -> None:
    anna, here = Admin("preparing"), f"/kela/organisations/{organisation().pk}"
    accountless = f"/kela/organisations/{organisation(WITHOUT).pk}"
    contact = anna.post(f"{here}/contacts/new/", **CONTACT)
    payee = anna.post(f"{accountless}/payees/new/", **PAYEE)
    page = Admin("approving").get("/kela/waiting/")
    for told in [contact, "Uuno Uusi", "Saara Seuraaja, who stay", payee, "no account"]:
        assert told in page
    assert "Proposed by Aino Virkailija on " in page
    assert "a decision" in page


def test_what_was_decided_waits_no_more() -> None:
    anna, heikki = Admin("preparing"), Admin("approving")
    where = anna.post(f"/kela/organisations/{organisation(WITHOUT).pk}/payees/new/", **PAYEE)
    heikki.post(f"{where}decide/", decision="accepted")
    assert "No account waits." in heikki.get("/kela/waiting/")


def test_versions_of_agreements_wait_there_too() -> None:
    version, tomorrow = version_of(), TODAY + timedelta(days=1)
    with owning():
        AgreementVersion.objects.using("owner").create(
            agreement_id=version.agreement_id,
            number=2,
            wanted=DateRange(tomorrow, None),
            proposed_by=PREPARER,
            proposed_by_name="Anna Aloittaja",
            proposed_at=BEFORE,
        )
    page = Admin("approving").get("/kela/waiting/")
    assert "KELMU-2023-9900100/2" in page
    assert "21.11.2026–" in page


def test_of_more_than_it_shows_it_says_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    anna, here = Admin("preparing"), f"/kela/organisations/{organisation().pk}"
    for name in ("Uuno Uusi", "Ulla Uusi"):
        anna.post(
            f"{here}/contacts/new/", **CONTACT | {"name": name, "hetu": "", "role": "billing"}
        )
    monkeypatch.setattr(queries, "MOST", 1)
    assert "1–1 / 2" in Admin("approving").get("/kela/waiting/")


@pytest.mark.parametrize("path", ["/kela/waiting/", "/kela/organisations/"])
def test_a_list_asks_the_database_seldom(path: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        Admin("approving").get(path)
    sent = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    first = next(place for place, sql in enumerate(sent) if "authorizations_right" in sql)
    assert len(sent[first:]) <= 6  # with BEGIN and COMMIT 8
