"""Päätettävänä: what was proposed and waits for Kela's second person."""

import pytest

from tests.acting import organisation
from tests.administration.kela import Admin
from tests.administration.test_contacts import TYPED as CONTACT
from tests.administration.test_payees import TYPED as PAYEE
from tests.administration.test_payees import WITHOUT

pytestmark = pytest.mark.django_db


def test_when_nothing_waits_it_says_so() -> None:
    page = Admin("approving").get("/kela/waiting/")
    assert "No contact waits." in page
    assert "No account waits." in page


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
