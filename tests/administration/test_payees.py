"""Accounts: proposed by one, a change checked by calling back, accepted by a third."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from audit.models import ActKind
from organisations.models import Payee
from organisations.queries import payees_on
from tests.acting import entries, organisation
from tests.administration.kela import Admin
from tests.harness import TODAY

pytestmark = pytest.mark.django_db

WITHOUT = "9900109-6"  # an organisation that has no account yet
IBAN, OTHER = "FI2112345600000785", "FI4950009420028730"
TYPED = {
    "name": "Pirkanmaan talouspalvelut",
    "street": "PL 272",
    "postal_code": "33101",
    "post_office": "TAMPERE",
    "iban": "fi21 1234 5600 0007 85",
    "first": TODAY.isoformat(),
}
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def anna() -> Admin:
    return Admin("preparing")


@pytest.fixture
def heikki() -> Admin:
    return Admin("approving")


@pytest.fixture
def pirkko() -> Admin:
    return Admin("service_desk")


def payees() -> str:
    return f"/kela/organisations/{organisation(WITHOUT).pk}/payees/"


def proposed(anna: Admin, **changed: object) -> str:
    return anna.post(f"{payees()}new/", **TYPED | changed)


def accepted(anna: Admin, heikki: Admin) -> Payee:
    """The first account of the organisation."""
    heikki.post(f"{proposed(anna)}decide/", decision="accepted")
    return Payee.objects.latest("pk")


def latest() -> Payee:
    return Payee.objects.latest("pk")


class TestTheFirstAccount:
    def test_it_is_proposed_by_one_and_accepted_by_another(
        self, anna: Admin, heikki: Admin
    ) -> None:
        where = proposed(anna)
        assert not payees_on(organisation(WITHOUT).pk, TODAY)
        heikki.post(f"{where}decide/", decision="accepted")
        assert [one.iban for one in payees_on(organisation(WITHOUT).pk, TODAY)] == [IBAN]
        assert not payees_on(organisation(WITHOUT).pk, YESTERDAY)

    def test_it_is_shown_in_groups_of_four(self, anna: Admin) -> None:
        assert "FI21 1234 5600 0007 85" in anna.get(proposed(anna))

    def test_the_log_knows_its_last_four_characters_alone(self, anna: Admin, heikki: Admin) -> None:
        accepted(anna, heikki)
        told = [entry for entry in entries(WITHOUT) if "account_last4" in entry.details]
        assert [entry.act for entry in told] == [ActKind.PROPOSE_PAYEE, ActKind.DECIDE_ON_PAYEE]
        assert {entry.details["account_last4"] for entry in told} == {"0785"}
        assert all("123456" not in str(entry.details) for entry in entries(WITHOUT))

    def test_nobody_accepts_what_they_proposed(self) -> None:
        both = Admin("preparing", "approving")
        page = both.post(f"{proposed(both)}decide/", 422, decision="accepted", note="Kyllä")
        assert "it takes another person to decide on it." in page
        assert "Kyllä" in page
        assert latest().validity is None

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"iban": "FI21 1234 5600 0007 86"}, "This is not an account number (IBAN)"),
            ({"iban": "12345"}, "This is not an account number (IBAN)"),
            ({"postal_code": "x"}, "A postal code has five digits."),
            ({"last": "2020-01-01"}, "The last day is before the first."),
            ({"name": "Aino 131052-9085"}, "Leave the personal identity code out."),
            ({"street": ""}, "Fill in “Street address or post box”."),
        ],
    )
    def test_what_is_wrong_is_told_and_what_was_typed_stays(
        self, anna: Admin, wrong: dict[str, str], told: str
    ) -> None:
        page = anna.post(f"{payees()}new/", 422, **TYPED | wrong)
        assert told in page
        assert 'value="TAMPERE"' in page
        assert not Payee.objects.filter(organisation=organisation(WITHOUT)).exists()

    def test_the_page_tells_the_steps(self, anna: Admin) -> None:
        page = anna.get(proposed(anna))
        assert "One person proposes an account and another, of Kela, accepts it." in page
        assert "waits: another person than the others decides" in page


class TestAChangeOfAccount:
    def test_a_third_person_calls_back_before_it_is_accepted(
        self, anna: Admin, heikki: Admin, pirkko: Admin
    ) -> None:
        old = accepted(anna, heikki)
        where = proposed(anna, iban=OTHER, replaces=old.pk, first=TOMORROW.isoformat())
        page = heikki.post(f"{where}decide/", 422, decision="accepted")
        assert "A change of account is checked by calling the organisation back first." in page
        pirkko.post(f"{where}check/", note="Soitin talousjohtajalle, 03 123")
        assert "Soitin talousjohtajalle, 03 123" in heikki.get(where)
        heikki.post(f"{where}decide/", decision="accepted")
        assert [one.iban for one in payees_on(organisation(WITHOUT).pk, TODAY)] == [IBAN]
        assert [one.iban for one in payees_on(organisation(WITHOUT).pk, TOMORROW)] == [OTHER]

    def test_one_that_the_organisation_does_not_know_is_refused_unchecked(
        self, anna: Admin, heikki: Admin
    ) -> None:
        accepted(anna, heikki)
        where = proposed(anna, iban=OTHER, replaces="beside")
        page = heikki.get(where)
        assert 'value="refused"' in page
        assert 'value="accepted"' not in page
        heikki.post(f"{where}decide/", decision="refused", note="They do not know it.")
        assert "They do not know it." in heikki.get(where)

    def test_one_beside_is_a_change_too(self, anna: Admin, heikki: Admin) -> None:
        accepted(anna, heikki)
        where = proposed(anna, iban=OTHER, replaces="beside")
        assert "calls a number known from before" in anna.get(where)
        heikki.post(f"{where}decide/", 422, decision="accepted")

    def test_it_says_whether_it_is_beside_or_instead(self, anna: Admin, heikki: Admin) -> None:
        accepted(anna, heikki)
        page = anna.post(f"{payees()}new/", 422, **TYPED | {"iban": OTHER})
        assert "beside the present accounts" in page

    def test_nobody_checks_what_they_proposed(self, anna: Admin, heikki: Admin) -> None:
        old = accepted(anna, heikki)
        where = proposed(anna, iban=OTHER, replaces=old.pk)
        page = anna.post(f"{where}check/", 422, note="Soitin")
        assert "You proposed this yourself: it takes another person to check it." in page
        assert "Soitin" in page

    def test_nobody_accepts_what_they_checked(self, anna: Admin, heikki: Admin) -> None:
        old = accepted(anna, heikki)
        where = proposed(anna, iban=OTHER, replaces=old.pk)
        both = Admin("approving", "service_desk")
        both.post(f"{where}check/", note="Soitin")
        page = both.post(f"{where}decide/", 422, decision="accepted")
        assert "You checked this account yourself" in page
        one = latest()
        with pytest.raises(IntegrityError, match="change_of_account"), transaction.atomic():
            Payee.objects.filter(pk=one.pk).update(
                decision="accepted",
                validity=one.wanted,
                decided_by=one.checked_by,
                decided_at=one.checked_at,
            )

    def test_a_check_says_how(self, anna: Admin, heikki: Admin, pirkko: Admin) -> None:
        old = accepted(anna, heikki)
        where = proposed(anna, iban=OTHER, replaces=old.pk)
        assert "Say how you checked the account." in pirkko.post(f"{where}check/", 422, note="")
        pirkko.post(f"{where}check/", note="Soitin")
        page = pirkko.post(f"{where}check/", 422, note="Soitin taas")
        assert "This has been checked or decided already." in page

    @pytest.mark.parametrize("group", ["approving", "oversight"])
    def test_others_do_not_check(self, anna: Admin, heikki: Admin, group: str) -> None:
        old = accepted(anna, heikki)
        where = proposed(anna, iban=OTHER, replaces=old.pk)
        Admin(group).post(f"{where}check/", 403, note="Soitin")

    def test_the_page_shows_what_would_change(self, anna: Admin, heikki: Admin) -> None:
        old = accepted(anna, heikki)
        page = heikki.get(proposed(anna, iban=OTHER, replaces=old.pk))
        assert page.index("FI21 1234 5600 0007 85") < page.index("FI49 5000 9420 0287 30")


class TestTimes:
    def test_the_same_account_is_not_there_twice_at_a_time(
        self, anna: Admin, heikki: Admin
    ) -> None:
        accepted(anna, heikki)
        page = anna.post(f"{payees()}new/", 422, **TYPED | {"replaces": "beside"})
        assert "This account is there in that time already, or is proposed." in page

    def test_two_proposals_of_one_account_are_one_too_many(self, anna: Admin) -> None:
        proposed(anna)
        assert "or is proposed." in anna.post(f"{payees()}new/", 422, **TYPED)

    def test_an_account_does_not_replace_itself(self, anna: Admin, heikki: Admin) -> None:
        old = accepted(anna, heikki)
        page = anna.post(f"{payees()}new/", 422, **TYPED | {"replaces": old.pk})
        assert "This is the account that it is to replace." in page

    def test_it_ends_with_a_last_day(self, anna: Admin, heikki: Admin) -> None:
        one = accepted(anna, heikki)
        anna.post(f"{payees()}{one.pk}/end/", last=TOMORROW.isoformat())
        one.refresh_from_db()
        assert one.validity == DateRange(TODAY, TOMORROW + timedelta(days=1))

    def test_it_may_end_at_once_but_not_earlier(self, anna: Admin, heikki: Admin) -> None:
        one = accepted(anna, heikki)
        page = anna.post(f"{payees()}{one.pk}/end/", 422, last="2026-01-01")
        assert "Yesterday is the earliest last day." in page
        anna.post(f"{payees()}{one.pk}/end/", last=YESTERDAY.isoformat())
        assert not payees_on(organisation(WITHOUT).pk, TODAY)

    def test_an_end_does_not_make_it_longer(self, anna: Admin, heikki: Admin) -> None:
        where = proposed(anna, last=TOMORROW.isoformat())
        heikki.post(f"{where}decide/", decision="accepted")
        anna.post(f"{where}end/", last="2030-01-01")
        assert latest().validity.upper == TOMORROW + timedelta(days=1)
