"""The organisation's own accounts: proposed by it, accepted by Kela."""

from datetime import timedelta

import pytest

from organisations.models import Payee
from organisations.queries import payees_on
from tests.acting import PIRKANMAA, TAMPERE, client_of, entries, official, organisation
from tests.administration.kela import Admin, Own
from tests.administration.test_payees import OTHER, TYPED
from tests.harness import TODAY

pytestmark = pytest.mark.django_db

SIGNATORY, AUTHORIZER = "140372-9013", "170868-9664"
HERE = "/agreement/payees/"


def present() -> Payee:
    return Payee.objects.get(organisation=organisation())


def test_who_binds_the_organisation_proposes_another_account() -> None:
    pentti, anna, heikki = Own(SIGNATORY), Admin("preparing"), Admin("approving")
    where = pentti.post(f"{HERE}new/", **TYPED | {"iban": OTHER, "replaces": present().pk})
    assert "calls a number known from before" in pentti.get(where)
    one = Payee.objects.latest("pk")
    kela = f"/kela/organisations/{organisation().pk}/payees/{one.pk}/"
    anna.post(f"{kela}check/", note="Soitin vaihteeseen")
    heikki.post(f"{kela}decide/", decision="accepted")
    assert "holds" in pentti.get(where)
    assert [one.iban for one in payees_on(organisation().pk, TODAY)] == [OTHER]


def test_who_holds_another_office_reads_but_does_not_propose() -> None:
    veikko = Own(AUTHORIZER)
    page = veikko.get(HERE)
    assert "Accounts are proposed to Kela by Signatory, Billing contact" in page
    assert "Propose an account" not in page
    veikko.post(f"{HERE}new/", 403, **TYPED)
    veikko.post(f"{HERE}{present().pk}/end/", 403, last=TODAY.isoformat())


def test_a_mandate_alone_opens_nothing_of_it() -> None:
    assert client_of(official()).get(HERE).status_code == 403


def test_what_is_wrong_is_told_and_what_was_typed_stays() -> None:
    page = Own(SIGNATORY).post(f"{HERE}new/", 422, **TYPED | {"iban": "FI00 1"})
    assert "This is not an account number (IBAN)" in page
    assert 'value="FI00 1"' in page


def test_the_organisation_ends_an_account() -> None:
    pentti, tomorrow = Own(SIGNATORY), TODAY + timedelta(days=1)
    one = present()
    assert "Yesterday is the earliest" in pentti.post(
        f"{HERE}{one.pk}/end/", 422, last="2026-01-01"
    )
    pentti.post(f"{HERE}{one.pk}/end/", last=TODAY.isoformat())
    assert payees_on(organisation().pk, TODAY)
    assert not payees_on(organisation().pk, tomorrow)
    assert entries(PIRKANMAA)[-1].details["account_last4"] == one.iban[-4:]


def test_another_organisations_accounts_are_not_there() -> None:
    other = Payee.objects.filter(organisation=organisation(TAMPERE)).latest("pk")
    pentti = Own(SIGNATORY)
    pentti.get(f"{HERE}{other.pk}/", 404)
    pentti.post(f"{HERE}{other.pk}/end/", 404, last=TODAY.isoformat())
