"""Detection flags odd acts for review, where staff has been told of it and nowhere else."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import override_settings

from audit.models import ActKind
from audit.pseudonyms import subject_of
from audit.services import act_for
from kelmu.clock import HELSINKI
from oversight.detection import queries
from oversight.detection.acts import Tie
from oversight.models import Flag, Review, Sweep, Switch
from tests.acting import POHJANMAA, customer, entries, organisation
from tests.oversight.detecting import as_sealer, detect
from tests.oversight.watching import (
    OCTOBER,
    SUPERVISOR,
    Overseer,
    Supervisor,
    cells,
    known,
    latest,
    written,
)

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 10, 14, 2, 30, tzinfo=HELSINKI)
NOTE = "Yhteistoimintaneuvottelu 3/2026, pöytäkirja 12 §"
COLLEAGUE, FAR = "211190-933R", "090855-9171"
PROCEDURE = {"held_on": "2026-09-15", "note": NOTE}


def october() -> None:
    """Aino's usual mornings, and one look at Eino in the night without a case."""
    for day in range(1, 29):
        at = datetime(2026, 10, day, 9, tzinfo=HELSINKI)
        told: dict[str, Any] = {
            "customer": subject_of(str(day % 9)),
            "case_reference": f"S-{day % 9}",
        }
        written(at, act="open", **told)
        written(at + timedelta(minutes=2), act="view", **told)
    written(NIGHT, act="open", customer=customer())


@pytest.fixture
def supervisor() -> Supervisor:
    return Supervisor()


@pytest.fixture
def _on(supervisor: Supervisor) -> None:
    supervisor.post("/oversight/detection/on/", **PROCEDURE)


@pytest.fixture
def _flagged(_on: None) -> None:
    october()
    detect()
    entries()  # acts for the organisation


def flag() -> Flag:
    return Flag.objects.select_related("review").get(rank=1)


class TestSwitch:
    def test_it_is_off_until_a_procedure_with_staff_is_recorded(
        self, supervisor: Supervisor
    ) -> None:
        assert "Off. Nobody’s acts are compared" in supervisor.get("/oversight/detection/")
        supervisor.post("/oversight/detection/on/", **PROCEDURE)
        page = supervisor.get("/oversight/detection/")
        assert "On. Acts since 15.9.2026 are looked at" in page
        assert cells(page, "Note") == [NOTE]
        told = {"is_on": True, "held_on": "2026-09-15", "note": NOTE}
        assert latest(ActKind.SWITCH_DETECTION).details == told
        assert latest(ActKind.VIEW_DETECTION).actor == subject_of(SUPERVISOR)

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"held_on": ""}, "Give the day on which the procedure ended."),
            ({"held_on": "2026-11-21"}, "The procedure has to have been held first."),
            ({"held_on": "yesterday"}, "This is not a day."),
            ({"note": ""}, "Write a note."),
            ({"note": "131052-9085"}, "Leave the personal identity code out."),
        ],
    )
    def test_what_is_recorded_is_checked(
        self, supervisor: Supervisor, wrong: dict[str, str], told: str
    ) -> None:
        assert told in supervisor.post("/oversight/detection/on/", 422, **PROCEDURE | wrong)
        assert not Switch.objects.exists()

    @pytest.mark.usefixtures("_on")
    def test_it_is_switched_off_with_a_note(self, supervisor: Supervisor) -> None:
        supervisor.post("/oversight/detection/off/", 422, note="")
        supervisor.post("/oversight/detection/off/", note="Arvioidaan uudelleen")
        page = supervisor.get("/oversight/detection/")
        assert cells(page, "Detection") == ["off", "on"]

    def test_kela_reads_it_and_switches_nothing(self, supervisor: Supervisor) -> None:
        overseer = Overseer()
        leads_to = overseer.inquire(organisation=organisation().pk)
        page = overseer.get(leads_to.replace("log/", "detection/"))
        assert "No co-operation procedure has been recorded." in page
        assert "Record and switch on" not in page
        overseer.post("/oversight/detection/on/", 403, **PROCEDURE)

    @pytest.mark.usefixtures("_on")
    def test_another_organisation_sees_nothing_of_it(self) -> None:
        act_for(organisation(POHJANMAA).pk)
        assert not Switch.objects.exists()

    @pytest.mark.parametrize(
        "columns",
        [{"is_on": True}, {"held_on": OCTOBER}, {"is_on": True, "held_on": date(2026, 11, 21)}],
    )
    def test_the_database_knows_no_detection_without_a_procedure(
        self, columns: dict[str, object]
    ) -> None:
        act_for(organisation().pk)
        who = {"by": subject_of(SUPERVISOR), "by_name": "Saara", "on": date(2026, 11, 20)}
        told = {"is_on": False, "held_on": None, "note": NOTE} | columns | who
        with pytest.raises(DatabaseError), transaction.atomic():
            Switch.objects.create(organisation=organisation(), **told)


class TestFlags:
    def test_off_means_none(self) -> None:
        october()
        detect()
        act_for(organisation().pk)
        assert not Flag.objects.exists()
        assert not Sweep.objects.exists()
        assert Review.objects.exists()

    @pytest.mark.usefixtures("_on")
    def test_off_again_means_none_again(self, supervisor: Supervisor) -> None:
        supervisor.post("/oversight/detection/off/", note="Arvioidaan uudelleen")
        october()
        detect()
        act_for(organisation().pk)
        assert not Sweep.objects.exists()

    @pytest.mark.usefixtures("_flagged")
    def test_the_odd_act_is_flagged_with_its_signs(self) -> None:
        assert flag().review.at == NIGHT
        assert [one["kind"] for one in flag().signs] == ["unusual_hour", "no_reference"]
        assert latest(ActKind.PICK_ODD_ACTS).details == {"month": "2026-10", "picked": 1}

    @pytest.mark.usefixtures("_flagged")
    def test_the_page_tells_which_months_were_looked_at(self, supervisor: Supervisor) -> None:
        page = supervisor.get("/oversight/detection/")
        assert cells(page, "Acts compared") == ["57"]
        assert cells(page, "Acts picked") == ["1"]

    @pytest.mark.usefixtures("_flagged")
    def test_a_month_is_looked_at_once(self) -> None:
        first = Sweep.objects.get()
        written(NIGHT + timedelta(hours=1), act="open", customer=subject_of("x"))
        detect()
        assert Sweep.objects.get().swept_at == first.swept_at

    @pytest.mark.usefixtures("_flagged")
    @override_settings(OVERSIGHT_SAMPLE=1)
    def test_what_chance_picked_too_is_reviewed_once(self) -> None:
        assert Review.objects.filter(entry_id=flag().review.entry_id).count() == 1

    def test_nothing_from_before_the_procedure_is_looked_at(self, supervisor: Supervisor) -> None:
        supervisor.post("/oversight/detection/on/", **PROCEDURE | {"held_on": "2026-10-15"})
        october()
        detect()
        act_for(organisation().pk)
        assert Sweep.objects.get().acts == 28  # from the 15th on
        assert not Flag.objects.exists()

    def test_a_month_that_was_over_before_the_procedure_is_left_alone(
        self, supervisor: Supervisor
    ) -> None:
        supervisor.post("/oversight/detection/on/", **PROCEDURE | {"held_on": "2026-11-01"})
        october()
        detect()
        act_for(organisation().pk)
        assert not Sweep.objects.exists()

    @pytest.mark.usefixtures("_flagged")
    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT oversight_ties({organisation}, '2026-10-01', '2026-11-20')",
            "SELECT oversight_flag_acts({organisation}, '2026-9-1', '2026-9-1', NULL, 1, '{{}}')",
            "INSERT INTO oversight_flag SELECT * FROM oversight_flag",
            "INSERT INTO oversight_sweep SELECT * FROM oversight_sweep",
            "UPDATE oversight_switch SET is_on = false",
            "DELETE FROM oversight_flag",
        ],
    )
    def test_the_application_computes_and_changes_none(self, statement: str) -> None:
        statement = statement.format(organisation=organisation().pk)
        with (
            pytest.raises(DatabaseError, match=r"permission denied|refused"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


class TestTheDatabaseKeepsIt:
    def test_ties_are_told_of_nobody_where_it_is_off(self) -> None:
        one = organisation().pk
        with pytest.raises(DatabaseError, match="Detection is off"), as_sealer():
            queries.ties(one, OCTOBER, date(2026, 11, 20))

    @pytest.mark.usefixtures("_on")
    def test_at_most_one_act_in_twenty_is_flagged(self) -> None:
        october()
        flags = json.dumps([{}] * 4)  # of 57 acts
        one = organisation().pk
        with override_settings(OVERSIGHT_ODD_ACTS=0):
            detect()
        with (
            pytest.raises(DatabaseError, match="one act in twenty"),
            as_sealer(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "SELECT oversight_flag_acts(%s, %s, '2026-11-20', '2026-12-20', 57, %s)",
                [one, OCTOBER, flags],
            )


@pytest.mark.usefixtures("_on")
class TestTies:
    def ties(self, **fields: object) -> dict[str, Tie]:
        """How Aino Virkailija is tied to those whom she looked up, by their codes."""
        people = {code: subject_of(code) for code in (COLLEAGUE, FAR)}
        for hour, subject in enumerate(people.values()):
            written(NIGHT + timedelta(hours=hour), act="open", customer=subject)
        one = organisation().pk
        with as_sealer():
            found = queries.ties(one, OCTOBER, date(2026, 11, 20))
        return {code: found[pair] for code, s in people.items() for pair in found if pair[1] == s}

    def test_a_colleague_and_the_same_surname(self) -> None:
        known(COLLEAGUE, "Eetu Etuuskäsittelijä")
        customer(COLLEAGUE, family_name="Etuuskäsittelijä")
        customer(FAR, family_name="Mäki-VIRKAILIJA")
        told = self.ties()
        assert told[COLLEAGUE] == Tie(is_colleague=True)
        assert 0 < told[FAR].namesakes < 1
        assert not told[FAR].is_elsewhere

    def test_somebody_who_lives_elsewhere(self) -> None:
        customer(COLLEAGUE, family_name="Helsinkiläinen", home_municipality_id="091")
        customer(FAR, family_name="Tamperelainen", home_municipality_id="837")
        assert self.ties() == {COLLEAGUE: Tie(is_elsewhere=True)}

    def test_of_non_disclosure_nothing_about_where_they_live(self) -> None:
        customer(COLLEAGUE, home_municipality_id="091", protected=True)
        customer(FAR, home_municipality_id=None)
        assert self.ties() == {}


@pytest.mark.usefixtures("_flagged")
class TestReview:
    def test_the_list_says_why_and_names_no_customer(self, supervisor: Supervisor) -> None:
        page = supervisor.get("/oversight/reviews/")
        assert "Acts that stand out in October 2026, the oddest first" in page
        assert "At 2 o’clock, when the person hardly ever uses Kelmu." in page
        assert "To stand out is no verdict." in page
        assert "Esimerkki" not in page
        assert cells(page, "Odd acts") == ["1"]

    def test_a_flagged_act_is_reviewed_as_any_other(self, supervisor: Supervisor) -> None:
        one = f"/oversight/reviews/{flag().review.pk}/"
        page = supervisor.get(one)
        assert "Esimerkki" in page  # the act in full; the log tells who looked
        assert "There is no case reference" in page
        leads_to = supervisor.post(f"{one}finding/", conclusion="mistake", note="Päivystäjä")
        assert "A mistake" in supervisor.get(leads_to)

    def test_what_is_late_stands_out(self, supervisor: Supervisor) -> None:
        with override_settings(KELMU_TODAY=date(2026, 12, 21)):
            page = supervisor.get("/oversight/reviews/").split("the oddest first")[1]
        assert "late, was due on 20.12.2026" in page.split("</table>")[0]
