"""An authorizer or Kela ends a person's sessions at once: the next request finds nobody."""

import re
from typing import Any
from uuid import uuid4

import pytest
import requests

from audit.models import ActKind
from audit.pseudonyms import subject_of
from authorizations.access_review import services
from authorizations.models import Session
from tests import acting
from tests.acting import CUSTOMER, OFFICIAL, PIRKANMAA, POHJANMAA
from tests.authorizations.reviewing import AUTHORIZER as VEIKKO
from tests.authorizations.stepping import rows_of
from tests.personas import AUTHORIZER, ENTITLED, KELA_ADMIN, KELA_OVERSIGHT
from tests.running import Kelmu
from tests.visitor import Visitor


def has_ended(visitor: Visitor, address: str = "/start/") -> bool:
    return visitor.open(address).url.endswith("/?ended")


def review_of(visitor: Visitor) -> requests.Response:
    return visitor.open("/access-review/?lang=en")


class TestByAnAuthorizer:
    def test_the_next_request_finds_nobody_logged_in(self, kelmu: Kelmu) -> None:
        aino, veikko = kelmu.client_for(ENTITLED), kelmu.client_for(AUTHORIZER)
        start = aino.open("/start/")
        customer = aino.submit(start, "/start/$", purpose="other_benefits", hetu=CUSTOMER)
        assert "Esimerkki" in customer.text
        veikko.submit(review_of(veikko), "/end-sessions/$")
        assert has_ended(aino, customer.url)
        (row,) = endings(kelmu)
        assert (row["office"], row["details"]["ended"]) == ("authorizer", 1)
        assert not has_ended(veikko, "/access-review/")

    def test_somebody_marked_as_left_is_out_and_stays_on_the_list(self, kelmu: Kelmu) -> None:
        aino, veikko = kelmu.client_for(ENTITLED), kelmu.client_for(AUTHORIZER)
        page = veikko.submit(review_of(veikko), "/left/$")
        assert has_ended(aino)
        assert "Aino Virkailija" in page.text
        listed = review_of(veikko).text
        assert "left or moved, marked on 20.11.2026" in listed
        assert "has logged in since" not in listed

    def test_the_mark_closes_nothing_that_suomifi_still_grants(self, kelmu: Kelmu) -> None:
        veikko = kelmu.client_for(AUTHORIZER)
        kelmu.client_for(ENTITLED)
        veikko.submit(review_of(veikko), "/left/$")
        assert not has_ended(kelmu.client_for(ENTITLED))
        listed = review_of(veikko)
        assert "has logged in since: void the mandates in Suomi.fi" in listed.text
        veikko.submit(listed, "/not-left/$")
        assert "marked on" not in review_of(veikko).text

    def test_a_search_typed_before_the_end_opens_nothing(self, kelmu: Kelmu) -> None:
        aino, veikko = kelmu.client_for(ENTITLED), kelmu.client_for(AUTHORIZER)
        start = aino.open("/start/")
        veikko.submit(review_of(veikko), "/end-sessions/$")
        answer = aino.submit(start, "/start/$", purpose="other_benefits", hetu=CUSTOMER)
        assert answer.url.endswith("/?ended")
        assert has_ended(aino)


class TestByKela:
    def test_sessions_are_ended_with_a_reason(self, kelmu: Kelmu) -> None:
        aino, timo = kelmu.client_for(ENTITLED), kelmu.client_for(KELA_OVERSIGHT)
        page = timo.open(people_address(timo))
        found = timo.submit(page, "/people/$", name="aino")
        assert "Aino Virkailija" in found.text
        done = timo.submit(found, "/end-sessions/$", reason="left, told by phone")
        assert done.status_code == 200
        assert has_ended(aino)
        (row,) = endings(kelmu)
        assert (row["office"], row["details"]["reason"]) == ("oversight", "left, told by phone")
        assert row["organisation_id"] is not None

    def test_a_reason_is_needed_and_holds_no_identity_code(self, kelmu: Kelmu) -> None:
        aino, timo = kelmu.client_for(ENTITLED), kelmu.client_for(KELA_OVERSIGHT)
        page = timo.open(people_address(timo))
        found = timo.submit(page, "/people/$", name="aino")
        for reason in ["", f"about {CUSTOMER}"]:
            assert timo.submit(found, "/end-sessions/$", reason=reason).status_code == 422
        assert not has_ended(aino)

    def test_nobody_is_listed_without_a_name(self, kelmu: Kelmu) -> None:
        kelmu.client_for(ENTITLED)
        timo = kelmu.client_for(KELA_OVERSIGHT)
        page = timo.open(people_address(timo))
        assert "Aino" not in timo.submit(page, "/people/$", name="").text

    def test_those_who_prepare_agreements_end_nothing(self, kelmu: Kelmu) -> None:
        anna, timo = kelmu.client_for(KELA_ADMIN), kelmu.client_for(KELA_OVERSIGHT)
        address = people_address(timo)
        assert address not in organisation_of(anna).text
        assert anna.open(address).status_code == 403


def endings(kelmu: Kelmu) -> list[dict[str, Any]]:
    return [row for row in rows_of(kelmu) if row["act"] == ActKind.END_SESSIONS]


def organisation_of(visitor: Visitor) -> requests.Response:
    """Pirkanmaa among the organisations."""
    row = visitor.open("/kela/organisations/").text.split("Pirkanmaan hyvinvointialue")[0]
    return visitor.open(row.rsplit('href="', 1)[1].split('"')[0])


def people_address(visitor: Visitor) -> str:
    """The way to the people of Pirkanmaa."""
    found = re.search(r'href="(/kela/\d+/people/)"', organisation_of(visitor).text)
    assert found
    return found[1]


@pytest.mark.django_db
class TestReach:
    def test_sessions_for_another_organisation_go_on(self) -> None:
        subject = subject_of(OFFICIAL)
        here, elsewhere = acting.official(), acting.official(POHJANMAA, subject=subject)
        right = acting.right_of(acting.official(subject=subject_of(VEIKKO), by_role=True))
        assert services.end_sessions(right, acting.organisation(PIRKANMAA).pk, subject) == 1
        remaining = set(Session.objects.filter(subject=subject).values_list("id", flat=True))
        assert remaining == {acting.row_of(elsewhere).id}
        assert here.session_key

    def test_somebody_who_is_identified_and_acts_for_nobody_yet_is_out_too(self) -> None:
        subject = uuid4()
        store = acting.session(subject)
        right = acting.right_of(acting.official(subject=subject_of(VEIKKO), by_role=True))
        assert services.end_sessions(right, acting.organisation(PIRKANMAA).pk, subject) == 1
        assert not store.exists(store.session_key or "")

    def test_another_organisations_official_cannot_be_reached(self) -> None:
        veikko = acting.official(subject=subject_of(VEIKKO), by_role=True)
        browser = acting.client_of(veikko)
        for act in ["end-sessions", "left", "not-left"]:
            assert browser.post(f"/access-review/999999/{act}/").status_code == 404
