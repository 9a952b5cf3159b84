"""Review work: chance picks acts of a month, a supervisor checks them, nobody their own."""

import re
from datetime import date
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import override_settings

from audit.models import ActKind
from audit.pseudonyms import subject_of
from audit.services import act_for
from organisations.models import Contact
from oversight.models import Finding, Review, Sample
from oversight.reviews.services import draw_what_is_due
from tests.acting import OFFICIAL, POHJANMAA, entries, organisation
from tests.harness import as_owner
from tests.oversight.watching import (
    OCTOBER,
    SUPERVISOR,
    Overseer,
    Supervisor,
    cells,
    in_october,
    latest,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor() -> Supervisor:
    return Supervisor()


@pytest.fixture
def _drawn(supervisor: Supervisor) -> None:
    """October had three acts, all of which were drawn on 20.11.2026."""
    in_october(3, case_reference="SOS-7")
    draw_what_is_due()
    entries()  # acts for the organisation


def sample() -> Sample:
    act_for(organisation().pk)
    return Sample.objects.get(organisation=organisation(), month=OCTOBER)


def review() -> Review:
    return Review.objects.get(sample=sample(), number=1)


def address(one: Review) -> str:
    return f"/oversight/reviews/{one.pk}/"


class TestSample:
    @override_settings(OVERSIGHT_SAMPLE=4)
    def test_it_has_as_many_acts_as_the_setting_says(self, supervisor: Supervisor) -> None:
        in_october(9)
        draw_what_is_due()
        assert (sample().acts, sample().size, sample().reviews.count()) == (9, 4, 4)

    @override_settings(OVERSIGHT_SAMPLE=3)
    def test_whoever_has_the_log_can_draw_it_again(self) -> None:
        ids = [str(key.id) for key in in_october(8)]
        draw_what_is_due()
        seed = sha256(",".join(ids).encode()).hexdigest()
        picked = sorted(ids, key=lambda one: sha256(f"{seed}{one}".encode()).digest())[:3]
        drawn = sample().reviews.order_by("number").values_list("entry_id", flat=True)
        assert [str(one) for one in drawn] == picked
        assert sample().seed == seed

    def test_it_is_drawn_once(self, supervisor: Supervisor) -> None:
        in_october(2)
        draw_what_is_due()
        first = sample().drawn_at
        in_october(3)
        draw_what_is_due()
        supervisor.post("/oversight/reviews/draw/")
        assert sample().drawn_at == first
        assert latest(ActKind.DRAW_SAMPLE).details == {"month": "2026-10", "drawn": 2}

    def test_a_supervisor_draws_what_the_worker_has_not(self, supervisor: Supervisor) -> None:
        in_october(2)
        assert "October 2026" in supervisor.get("/oversight/reviews/")
        supervisor.post("/oversight/reviews/draw/")
        assert sample().reviews.count() == 2
        assert latest(ActKind.DRAW_SAMPLE).actor == subject_of(SUPERVISOR)

    def test_what_was_refused_or_done_by_an_office_is_not_drawn(self) -> None:
        in_october(1, outcome="refused")
        in_october(1, office="authorizer")
        draw_what_is_due()
        act_for(organisation().pk)
        assert not Sample.objects.exists()

    @pytest.mark.usefixtures("_drawn")
    @pytest.mark.parametrize(
        "statement",
        [
            "INSERT INTO oversight_sample SELECT * FROM oversight_sample",
            "INSERT INTO oversight_review SELECT * FROM oversight_review",
            "UPDATE oversight_review SET due_on = '2030-01-01'",
            "DELETE FROM oversight_review",
            "UPDATE oversight_finding SET conclusion = 'in_order'",
            "SELECT oversight_draw(999, '2026-09-01', 5, '2030-01-01')",
            "SELECT oversight_draw(organisation_id, '2099-1-1', 5, NULL) FROM oversight_sample",
        ],
    )
    def test_nobody_chooses_it(self, statement: str) -> None:
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.usefixtures("_drawn")
class TestReview:
    def test_the_acts_of_the_month_wait_to_be_checked(self, supervisor: Supervisor) -> None:
        page = supervisor.get("/oversight/reviews/")
        assert cells(page, "State") == ["not checked, due on 20.12.2026"] * 3
        assert cells(page, "Not checked") == ["3"]

    def test_an_act_is_shown_in_full(self, supervisor: Supervisor) -> None:
        page = supervisor.get(address(review()))
        assert "SOS-7" in page
        assert "The act has not been checked." in page
        assert latest(ActKind.VIEW_LOG_ENTRY).details["review"] == review().pk

    def test_a_finding_ends_the_review(self, supervisor: Supervisor) -> None:
        told = {"conclusion": "in_order", "note": ""}
        leads_to = supervisor.post(f"{address(review())}finding/", **told)
        assert leads_to == "/oversight/reviews/?month=2026-10&done=1"
        page = supervisor.get(leads_to)
        assert "What you found was recorded." in page
        assert "In order" in cells(page, "State")
        assert latest(ActKind.RECORD_FINDING).details["conclusion"] == "in_order"
        assert "Aino Virkailija" in supervisor.get(address(review()))

    @pytest.mark.parametrize(
        ("conclusion", "note", "told"),
        [
            ("misuse_suspected", "", "Say why it is not in order."),
            ("", "x", "Choose what you found."),
            ("dance", "x", "Choose what you found."),
            ("mistake", "About 131052-9085", "Leave the personal identity code out."),
        ],
    )
    def test_a_finding_that_says_too_little_or_too_much_is_not_taken(
        self, supervisor: Supervisor, conclusion: str, note: str, told: str
    ) -> None:
        page = supervisor.post(
            f"{address(review())}finding/", 422, conclusion=conclusion, note=note
        )
        assert told in page
        assert note in page
        assert not Finding.objects.exists()

    def test_what_needs_explaining_stays_open_until_it_is_judged(
        self, supervisor: Supervisor
    ) -> None:
        one = f"{address(review())}finding/"
        supervisor.post(one, conclusion="needs_explaining", note="Kysytty esihenkilöltä")
        with override_settings(KELMU_TODAY=date(2026, 12, 21)):
            page = supervisor.get("/oversight/reviews/")
            assert "late, was due on 20.12.2026: Needs explaining" in page
            supervisor.post(one, conclusion="mistake", note="Ohjattu")
            assert "2 reviews are late." in supervisor.get("/oversight/reviews/")
        history = supervisor.get(address(review()))
        assert cells(history, "Note") == ["Ohjattu", "Kysytty esihenkilöltä"]

    def test_what_is_late_says_so_in_words(self, supervisor: Supervisor) -> None:
        with override_settings(KELMU_TODAY=date(2026, 12, 20)):
            assert "late" not in supervisor.get("/oversight/reviews/").split("<main")[1]
        with override_settings(KELMU_TODAY=date(2026, 12, 21)):
            page = supervisor.get("/oversight/reviews/")
        assert "3 reviews are late." in page
        assert "late, was due on 20.12.2026: not checked" in page

    def test_nobody_finds_a_review_of_another_organisation(self) -> None:
        act_for(organisation(POHJANMAA).pk)
        assert not Review.objects.exists()
        assert not Sample.objects.exists()

    def test_kela_reads_the_reviews_and_judges_none(self) -> None:
        overseer = Overseer()
        leads_to = overseer.inquire(organisation=organisation().pk).replace("log/", "reviews/")
        page = overseer.get(leads_to)
        assert cells(page, "State") == ["not checked, due on 20.12.2026"] * 3
        act = re.search(r'href="(/oversight/inquiries/[^"]+/log/[^"]+)"', page)
        assert act
        assert "SOS-7" in overseer.get(act[1])
        overseer.post(f"{address(review())}finding/", 403, conclusion="in_order")

    def test_kela_reads_how_far_all_organisations_are(self, supervisor: Supervisor) -> None:
        told = {"conclusion": "misuse_suspected", "note": "Naapurin tiedot"}
        supervisor.post(f"{address(review())}finding/", **told)
        in_october(2, by=POHJANMAA)
        draw_what_is_due()
        overseer = Overseer()
        of_all = overseer.inquire()
        with override_settings(KELMU_TODAY=date(2026, 12, 21)):
            page = overseer.get(of_all.replace("log/", "reviews/"))
        assert "Pirkanmaan hyvinvointialue" in page
        assert "Pohjanmaan hyvinvointialue" in page
        assert cells(page, "To review") == ["3", "2"]
        assert cells(page, "Late") == ["2", "2"]
        page = overseer.get(of_all.replace("log/", "report/?year=2026"))
        assert cells(page, "Misuse suspected") == ["1", "0"]
        assert cells(page, "Note") == ["Naapurin tiedot"]
        assert "By person" not in page


class TestOwnAct:
    def test_another_supervisor_reviews_it(self, supervisor: Supervisor) -> None:
        in_october(1, actor=subject_of(SUPERVISOR))
        draw_what_is_due()
        one = review()
        assert "Your own act: somebody else reviews it." in supervisor.get("/oversight/reviews/")
        assert "Record the finding" not in supervisor.get(address(one))
        page = supervisor.post(f"{address(one)}finding/", 403, conclusion="in_order")
        assert "You cannot review your own act." in page
        assert not Finding.objects.exists()

    def test_whom_they_wait_for_is_told(self, supervisor: Supervisor) -> None:
        in_october(1, actor=subject_of(SUPERVISOR))
        draw_what_is_due()
        page = supervisor.get("/oversight/reviews/")
        assert "your organisation has named no other supervisor" in page
        assert 'href="/agreement/contacts/">Contacts' in page
        with as_owner():
            another = Contact.objects.get(organisation=organisation(), role="supervisor")
            another.pk, another.name = None, "Simo Sijainen"
            another.subject_id = subject_of(OFFICIAL)
            another.save(force_insert=True)
        assert "they wait for Simo Sijainen." in supervisor.get("/oversight/reviews/")

    def test_the_database_refuses_it_too(self) -> None:
        in_october(1, actor=subject_of(SUPERVISOR))
        draw_what_is_due()
        with pytest.raises(DatabaseError, match="Nobody reviews their own act"):
            Finding.objects.create(
                review=review(),
                conclusion="in_order",
                by=subject_of(SUPERVISOR),
                by_name="Saara",
                on=date(2026, 11, 20),
            )


@pytest.mark.usefixtures("_drawn")
class TestYearlyReport:
    def test_it_tells_figures_reviews_and_what_was_not_in_order(
        self, supervisor: Supervisor
    ) -> None:
        told = {"conclusion": "misuse_suspected", "note": "Naapurin tiedot"}
        supervisor.post(f"{address(review())}finding/", **told)
        page = supervisor.get("/oversight/report/?year=2026")
        assert "Oversight of use in 2026" in page
        assert cells(page, "Acts in the month") == ["3"]
        assert cells(page, "Misuse suspected") == ["1"]
        assert cells(page, "Note") == ["Naapurin tiedot"]
        assert latest(ActKind.VIEW_YEARLY_REPORT).details == {"year": "2026"}

    def test_printing_it_is_an_act_of_its_own(self, supervisor: Supervisor) -> None:
        page = supervisor.get("/oversight/report/?year=2026&print=1")
        assert "data-print" in page
        row = latest(ActKind.VIEW_YEARLY_REPORT)
        assert row.details == {"year": "2026", "print": True}

    def test_another_year_has_nothing(self, supervisor: Supervisor) -> None:
        assert "No sample has been drawn." in supervisor.get("/oversight/report/?year=2025")
        supervisor.get("/oversight/report/?year=1999", 422)
