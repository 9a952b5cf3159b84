"""A step with many agreements at once: shown first row by row, then taken some at a time."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django.fixtures import Settings

from administration.models import BulkItem, BulkRun
from audit.models import ActKind
from organisations.models import Agreement, AgreementVersion, Deadline, Organisation
from tests.acting import TAMPERE, entries
from tests.administration.agreements.kela import Admin, approving, preparing, text_of
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
BUSINESS_IDS = ["9900180-3", "9900181-1", "9900183-8"]  # of nobody
TOMORROW = TODAY + timedelta(days=1)
DRAFTS = f"/kela/bulk/?what=draft&kind=municipality&day={TOMORROW}"


@pytest.fixture
def anna() -> Admin:
    return preparing()


@pytest.fixture
def heikki() -> Admin:
    return approving()


@pytest.fixture
def new_ones() -> list[Organisation]:
    """Three municipalities with which nothing has been agreed."""
    return [
        Organisation.objects.create(
            name_fi=f"Uusi kunta {number}",
            name_sv=f"Ny kommun {number}",
            business_id=business_id,
            type="municipality",
            municipality_id="604",
            validity=DateRange(date(2021, 2, 1), None),
        )
        for number, business_id in enumerate(BUSINESS_IDS, start=1)
    ]


def run() -> BulkRun:
    return BulkRun.objects.get()


def states() -> dict[str, str]:
    return {
        item.organisation.name_fi: item.state
        for item in BulkItem.objects.select_related("organisation")
    }


class TestWhatWouldHappen:
    def test_nothing_is_done_by_looking(self, anna: Admin, new_ones: list[Organisation]) -> None:
        page = anna.get(DRAFTS)
        assert "Uusi kunta 1" in page
        assert "a new agreement, with what the law opens" in page
        assert "a renewal of KELMU-2023-9900102" in page
        assert not BulkRun.objects.exists()

    def test_what_is_left_out_says_why(self, anna: Admin) -> None:
        of_tampere = Agreement.objects.get(number="KELMU-2023-9900102")
        anna.send(f"/kela/agreements/{of_tampere.pk}/renewal/")
        assert "left out: KELMU-2026-9900102 is under way" in anna.get(DRAFTS)

    def test_a_type_to_which_the_law_opens_nothing_is_left_out_whole(self, anna: Admin) -> None:
        page = anna.get(f"/kela/bulk/?what=draft&kind=joint_authority&day={TOMORROW}")
        assert "the law opens nothing to it from that day on" in page
        answer = anna.send(f"/kela/bulk/?what=draft&kind=joint_authority&day={TOMORROW}")
        assert answer.status_code == 422

    @pytest.mark.parametrize(
        "asked", ["what=draft&kind=municipality", "what=deadline&kind=municipality", "what=dance"]
    )
    def test_what_is_missing_is_said(self, anna: Admin, asked: str) -> None:
        assert anna.client.get(f"/kela/bulk/?{asked}").status_code == 422

    def test_each_group_is_offered_its_own_steps(self, anna: Admin, heikki: Admin) -> None:
        assert "Create drafts" in anna.get("/kela/bulk/")
        assert "Approve the versions" not in anna.get("/kela/bulk/")
        assert "Approve the versions" in heikki.get("/kela/bulk/")
        assert heikki.client.get(DRAFTS).status_code == 422


class TestTaking:
    def test_a_campaign_from_drafts_to_sending(
        self, anna: Admin, heikki: Admin, new_ones: list[Organisation]
    ) -> None:
        answer = anna.send(DRAFTS, left_out=[new_ones[2].pk])
        assert answer["Location"] == f"/kela/bulk/{run().pk}/"
        told = states()
        assert told["Uusi kunta 1"] == told["Tampereen kaupunki"] == "done"
        assert told["Uusi kunta 3"] == "left_out"
        versions = AgreementVersion.objects.filter(decision="")
        assert versions.filter(wanted__startswith=TOMORROW).count() == 5
        heikki.send("/kela/bulk/?what=approve&kind=municipality")
        assert not AgreementVersion.objects.filter(decision="").exists()
        anna.send("/kela/bulk/?what=send&kind=municipality")
        sent = Agreement.objects.filter(step="sent", organisation__type="municipality")
        assert sent.count() == 5
        page = anna.get(answer["Location"])
        assert "5 done, 1 left out, 0 wait, of 6." in page
        assert "left out by choice" in page

    def test_a_renewal_has_what_the_law_opens_now(self, anna: Admin) -> None:
        anna.send(DRAFTS)
        version = AgreementVersion.objects.get(
            agreement__organisation__business_id=TAMPERE, decision=""
        )
        assert {row.purpose for row in version.purposes.all()} == {
            "integration_benefits",
            "integration_services",
            "labour_market_subsidy_list",
            "child_care_allowance_lists",
        }

    def test_a_language_in_the_address_asks_for_nothing_yet(self, anna: Admin) -> None:
        assert "Correct this before going on" not in anna.get("/kela/bulk/?lang=en")

    def test_deadlines_are_set_for_all_under_way(self, anna: Admin) -> None:
        anna.send(DRAFTS)
        address = f"/kela/bulk/?what=deadline&kind=municipality&awaited=payees&day={TOMORROW}"
        anna.send(address)
        due = Deadline.objects.filter(awaited="payees", due_on=TOMORROW)
        assert due.filter(agreement__organisation__type="municipality").count() == 3

    def test_only_some_are_taken_in_one_request(
        self, anna: Admin, settings: Settings, new_ones: list[Organisation]
    ) -> None:
        settings.AGREEMENTS_AT_ONCE = 2
        anna.send(DRAFTS)
        address = f"/kela/bulk/{run().pk}/"
        assert "2 done, 0 left out, 4 wait, of 6." in anna.get(address)
        part = anna.client.post(f"{address}next/", headers={"HX-Request": "true"})
        assert "4 done, 0 left out, 2 wait, of 6." in text_of(part)
        assert "hx-post" in text_of(part)
        assert "<html" not in text_of(part)
        assert anna.send(f"{address}next/")["Location"] == address
        page = anna.get(address)
        assert "6 done, 0 left out, 0 wait, of 6." in page
        assert "hx-post" not in page

    def test_one_row_that_cannot_be_done_holds_no_other_up(
        self, anna: Admin, settings: Settings, new_ones: list[Organisation]
    ) -> None:
        settings.AGREEMENTS_AT_ONCE = 0
        anna.send(DRAFTS)
        of_tampere = Agreement.objects.get(number="KELMU-2023-9900102")
        anna.send(f"/kela/agreements/{of_tampere.pk}/renewal/")  # meanwhile
        settings.AGREEMENTS_AT_ONCE = 20
        anna.send(f"/kela/bulk/{run().pk}/next/")
        told = states()
        assert told["Tampereen kaupunki"] == "left_out"
        assert told["Uusi kunta 1"] == "done"

    def test_somebody_else_does_not_go_on(self, anna: Admin, settings: Settings) -> None:
        settings.AGREEMENTS_AT_ONCE = 0
        anna.send(DRAFTS)
        assert preparing().send(f"/kela/bulk/{run().pk}/next/").status_code == 403

    def test_each_row_is_in_its_organisations_log(self, anna: Admin) -> None:
        anna.send(DRAFTS)
        acts = {row.act for row in entries(TAMPERE)}
        assert {ActKind.AGREEMENT_STEP, ActKind.PREPARE_VERSION} <= acts

    def test_nobody_approves_what_they_prepared(self) -> None:
        both = Admin("preparing", "approving")
        both.send(DRAFTS)
        page = both.get("/kela/bulk/?what=approve&kind=municipality")
        assert "you prepared it yourself" in page
