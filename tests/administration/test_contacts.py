"""Whom an organisation names: entered by one of Kela, accepted by another, ended at once."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from audit.models import ActKind
from audit.pseudonyms import subject_of
from organisations.models import Contact
from tests.acting import client_of, entries, official, organisation
from tests.administration.kela import Admin
from tests.harness import TODAY

pytestmark = pytest.mark.django_db

AUTHORIZER, NEW = "170868-9664", "250596-963P"
TYPED = {
    "role": "supervisor",
    "name": "Uuno Uusi",
    "email": "uuno@example.fi",
    "phone": "03 123",
    "hetu": AUTHORIZER,
    "first": TODAY.isoformat(),
}


@pytest.fixture
def anna() -> Admin:
    return Admin("preparing")


@pytest.fixture
def heikki() -> Admin:
    return Admin("approving")


def contacts() -> str:
    return f"/kela/organisations/{organisation().pk}/contacts/"


def entered(anna: Admin, **changed: object) -> str:
    """The address of a contact that was entered."""
    return anna.post(f"{contacts()}new/", **TYPED | changed)


def latest() -> Contact:
    return Contact.objects.latest("pk")


def named(role: str) -> Contact:
    return Contact.objects.get(organisation=organisation(), role=role)


class TestEntering:
    def test_a_contact_is_entered_and_holds_nothing_yet(self, anna: Admin) -> None:
        page = anna.get(entered(anna))
        assert "waits for Kela" in page
        assert latest().validity is None
        assert "Decide" not in page

    def test_the_identity_code_becomes_a_pseudonym_and_is_shown_and_logged_nowhere(
        self, anna: Admin
    ) -> None:
        page = anna.get(entered(anna))
        assert latest().subject_id == subject_of(AUTHORIZER)
        assert AUTHORIZER not in page
        assert all(AUTHORIZER not in str(entry.details) for entry in entries())
        assert entries()[0].act == ActKind.PROPOSE_CONTACT
        assert entries()[0].details["official"] == str(subject_of(AUTHORIZER))

    def test_it_is_not_even_sent_back_with_a_form_that_is_to_be_corrected(
        self, anna: Admin
    ) -> None:
        page = anna.post(f"{contacts()}new/", 422, **TYPED | {"name": ""})
        assert AUTHORIZER not in page
        assert 'value="uuno@example.fi"' in page

    @pytest.mark.parametrize("role", ["billing", "data_protection_officer"])
    def test_who_does_not_log_in_needs_none(self, anna: Admin, role: str) -> None:
        entered(anna, role=role, hetu="")
        assert latest().subject_id is None

    @pytest.mark.parametrize(
        "role", ["signatory", "data_protection", "authorizer", "supervisor", "technical"]
    )
    def test_who_logs_in_needs_one(self, anna: Admin, role: str) -> None:
        page = anna.post(f"{contacts()}new/", 422, **TYPED | {"role": role, "hetu": ""})
        assert "Whoever has this role logs in: type the identity code." in page

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"hetu": "170868-9665"}, "The last character does not match the others"),
            ({"hetu": "x"}, "An identity code has 11 characters"),
            ({"name": "Uuno 170868-9664"}, "Leave the personal identity code out."),
            ({"last": "2020-01-01"}, "The last day is before the first."),
            ({"email": "uuno"}, "email"),
            ({"role": "king"}, "king"),
            ({"role": "authorizer"}, "The person has this role in that time already"),
        ],
    )
    def test_what_is_wrong_is_told(self, anna: Admin, wrong: dict[str, str], told: str) -> None:
        assert told in anna.post(f"{contacts()}new/", 422, **TYPED | wrong)
        assert not Contact.objects.filter(decision="").exists()

    def test_nobody_is_proposed_twice_for_the_same(self, anna: Admin) -> None:
        entered(anna)
        page = anna.post(f"{contacts()}new/", 422, **TYPED)
        assert "or is proposed for it." in page

    def test_only_who_prepares_enters(self, heikki: Admin) -> None:
        heikki.post(f"{contacts()}new/", 403, **TYPED)


class TestDeciding:
    def test_another_person_accepts_and_the_role_holds(self, anna: Admin, heikki: Admin) -> None:
        where = entered(anna)
        assert "Accept" in heikki.get(where)
        heikki.post(f"{where}decide/", decision="accepted")
        page = heikki.get(where)
        assert "Accepted by " in page
        assert TODAY in latest().validity
        session = official(subject=subject_of(AUTHORIZER), by_role=True)
        assert client_of(session).get("/rights/mine/").status_code == 200

    def test_a_refusal_says_why(self, anna: Admin, heikki: Admin) -> None:
        where = entered(anna)
        assert "Say why" in heikki.post(f"{where}decide/", 422, decision="refused")
        heikki.post(f"{where}decide/", decision="refused", note="Väärä henkilö")
        assert "refused: Väärä henkilö" in anna.get(where)
        assert latest().validity is None

    def test_nobody_accepts_what_they_proposed(self) -> None:
        both = Admin("preparing", "approving")
        where = entered(both)
        page = both.post(f"{where}decide/", 422, decision="accepted", note="Olen itse varma")
        assert "You proposed this yourself: it takes another person to decide on it." in page
        assert "Olen itse varma" in page
        assert latest().decision == ""

    def test_nothing_is_decided_twice(self, anna: Admin, heikki: Admin) -> None:
        where = entered(anna)
        heikki.post(f"{where}decide/", decision="accepted")
        page = heikki.post(f"{where}decide/", 422, decision="refused", note="Sittenkin")
        assert "This has been decided already." in page
        assert latest().decision == "accepted"

    def test_only_who_approves_decides(self, anna: Admin) -> None:
        where = entered(anna)
        for group in ["preparing", "service_desk", "oversight"]:
            Admin(group).post(f"{where}decide/", 403, decision="accepted")

    def test_the_page_shows_what_would_change(self, anna: Admin, heikki: Admin) -> None:
        page = heikki.get(entered(anna, replaces=named("supervisor").pk))
        assert "What would change" in page
        assert "Saara Seuraaja" in page
        assert "Uuno Uusi" in page

    def test_somebody_beside_leaves_those_who_are_there(self, anna: Admin) -> None:
        assert "Saara Seuraaja, who stay" in anna.get(entered(anna))

    def test_who_is_replaced_ends_on_the_day_on_which_the_new_one_begins(
        self, anna: Admin, heikki: Admin
    ) -> None:
        old, next_week = named("supervisor"), TODAY + timedelta(days=7)
        where = entered(anna, replaces=old.pk, first=next_week.isoformat())
        heikki.post(f"{where}decide/", decision="accepted")
        old.refresh_from_db()
        assert old.validity == DateRange(date(2023, 1, 1), next_week)
        assert latest().validity == DateRange(next_week, None)

    def test_one_of_another_role_is_not_replaced(self, anna: Admin) -> None:
        typed = TYPED | {"replaces": named("authorizer").pk}
        assert "Choose somebody of the same role." in anna.post(f"{contacts()}new/", 422, **typed)


class TestEnding:
    def test_the_role_is_gone_at_the_next_request(self, anna: Admin) -> None:
        one = named("authorizer")
        browser = client_of(official(subject=subject_of(AUTHORIZER), by_role=True))
        assert browser.get("/access-review/").status_code == 200
        anna.post(f"{contacts()}{one.pk}/end/")
        assert browser.get("/access-review/").status_code == 403
        assert entries()[-1].act == ActKind.REFUSAL

    def test_what_has_ended_is_not_ended_again(self, anna: Admin) -> None:
        one = named("authorizer")
        anna.post(f"{contacts()}{one.pk}/end/")
        anna.post(f"{contacts()}{one.pk}/end/", 404)

    def test_what_was_to_begin_never_begins(self, anna: Admin, heikki: Admin) -> None:
        where = entered(anna, first=(TODAY + timedelta(days=7)).isoformat())
        heikki.post(f"{where}decide/", decision="accepted")
        heikki.post(f"{where}end/")
        assert latest().validity.isempty
        assert ">ended<" in anna.get(where)

    def test_a_contact_of_another_organisation_is_not_there(self, anna: Admin) -> None:
        one = named("authorizer")
        other = f"/kela/organisations/{organisation('9900102-9').pk}/contacts/{one.pk}/"
        anna.get(other, 404)
        anna.post(f"{other}end/", 404)


def test_a_contact_that_expired_while_it_waited_is_seen_so(anna: Admin, heikki: Admin) -> None:
    where = entered(anna, first="2026-01-01", last="2026-02-01")
    heikki.post(f"{where}decide/", decision="accepted")
    assert "ended" in anna.get(where)
    assert latest().decided_by == heikki.subject != UUID(int=0)
