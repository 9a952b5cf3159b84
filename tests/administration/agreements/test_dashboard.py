"""The start page of Kela's admins: who is where and late, as in the autumn of 2022."""

import re
import tomllib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django.fixtures import Settings

from administration.agreements import services
from administration.agreements.services import Said
from administration.agreements.steps import Deed
from administration.agreements.versions import services as versions
from authorizations import cast
from demo.environment import CAST
from kelmu import clock
from organisations.models import Agreement, AgreementEvent, Enquiry, Organisation
from tests.acting import owning
from tests.administration.agreements.kela import (
    Admin,
    a_new_organisation,
    approving,
    content_for,
    preparing,
)
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
EMPTIED = """
    TRUNCATE organisations_agreement, organisations_contact CASCADE;
    ALTER TABLE organisations_payee DISABLE TRIGGER keep_decided;
    DELETE FROM organisations_payee;
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE organisations_payee ENABLE TRIGGER keep_decided;
"""
type OnDay = Callable[[date], dict[str, str]]


@pytest.fixture
def anna() -> Admin:
    return preparing()


def tables(page: str) -> dict[str, str]:
    """The tables of the page by their captions; of an empty one there is none."""
    found = re.findall(r"<table.*?</table>", page)
    return {re.sub(r"<.*?>", "", one.split("</caption>")[0]).split()[0]: one for one in found}


@pytest.fixture
def on_day(settings: Settings) -> OnDay:
    """What the page tells on a day, the cast loaded on that day."""

    def on(day: date) -> dict[str, str]:
        settings.KELMU_TODAY = day
        with owning(), connection.cursor() as cursor:
            cursor.execute(EMPTIED)
            cast.load(tomllib.loads(CAST.read_text(encoding="utf-8")), "owner")
        return tables(preparing().get("/kela/"))

    return on


class TestAutumn2022:
    def test_on_the_first_of_november_a_county_without_payee_data_is_late(
        self, on_day: OnDay
    ) -> None:
        late = on_day(date(2022, 11, 1))["Late"]
        assert "Pohjanmaan hyvinvointialue" in late
        assert "Payee data" in late
        assert "31.10.2022" in late
        assert "late by 1 day" in late
        assert "Pirkanmaan hyvinvointialue" not in late
        assert "The organisation’s signature" not in late

    def test_on_the_26th_one_without_an_agreement_is_late_too(self, on_day: OnDay) -> None:
        late = on_day(date(2022, 11, 26))["Late"]
        assert "Payee data" in late
        assert "The organisation’s signature" in late
        assert "25.11.2022" in late
        assert "Nokian kaupunki" in late
        assert "Tampereen kaupunki" not in late

    def test_counties_are_new_municipalities_renewed_and_joint_authorities_lapse(
        self, on_day: OnDay
    ) -> None:
        told = on_day(date(2022, 11, 1))
        assert "Pirkanmaan sosiaalipalvelujen kuntayhtymä" in told["Lapse"]
        assert "31.12.2022" in told["Lapse"]
        counties = Agreement.objects.filter(organisation__type="wellbeing_county")
        assert {one.renews for one in counties} == {None}
        of_tampere = Agreement.objects.filter(organisation__business_id="9900102-9")
        assert [one.step for one in of_tampere if one.renews] == ["sent"]

    def test_a_day_before_its_deadline_nothing_is_late(self, on_day: OnDay) -> None:
        assert "Late" not in on_day(date(2022, 10, 31))

    def test_in_december_all_are_signed_for_the_first_of_january(self, on_day: OnDay) -> None:
        on_day(date(2022, 12, 15))
        coming = Agreement.objects.filter(validity__startswith=date(2023, 1, 1))
        assert coming.filter(organisation__business_id="9900101-0").exists()
        joint = Agreement.objects.get(organisation__type="joint_authority")
        assert joint.standing(date(2023, 1, 1)) == "lapsed"


class TestToday:
    def test_no_step_has_been_taken_in_a_time_to_come(self) -> None:
        assert not AgreementEvent.objects.filter(at__gt=clock.now()).exists()

    def test_agreements_are_counted_by_state_and_type(self, anna: Admin) -> None:
        states = tables(anna.get("/kela/"))["Agreements"]
        assert "In force" in states
        assert "state=in_force&amp;kind=municipality" in states
        assert "No agreement" in states

    def test_the_number_leads_to_those_agreements(self, anna: Admin) -> None:
        page = anna.get("/kela/agreements/?state=in_force&kind=helsinki")
        assert "Helsingin kaupunki" in page
        assert "Tampereen kaupunki" not in page

    def test_what_is_late_is_found_in_the_list(self, anna: Admin) -> None:
        agreement = services.begin(anna.right, a_new_organisation())
        anna.send(
            f"/kela/agreements/{agreement.pk}/deadlines/",
            awaited="sent",
            due_on=TODAY - timedelta(days=1),
        )
        page = anna.get("/kela/agreements/?state=late")
        assert "Uusi vastaanottokeskus" in page
        assert "Tampereen kaupunki" not in page

    def test_a_version_waits_until_it_is_decided_on(self, anna: Admin) -> None:
        new = a_new_organisation()
        agreement = services.begin(anna.right, new)
        versions.prepare(anna.right, agreement.pk, TODAY, content_for(new))
        assert "KELMU-2026-9900199/1" in tables(anna.get("/kela/"))["Versions"]

    def test_it_tells_who_acts_next_in_each_commissioning_and_since_when(self, anna: Admin) -> None:
        row = re.sub(r"<.*?>", " ", tables(anna.get("/kela/"))["In"])
        assert "Keski-Suomen hyvinvointialue" in row
        assert "Pirkanmaan hyvinvointialue" not in row
        ours, theirs = "Changes implemented", "Agreement signed, Data security"
        assert re.search(rf"{theirs}.*\(since 20.11.2026\).*{ours}.*\(since", row)

    def test_an_enquiry_waits_until_it_is_answered(self, anna: Admin) -> None:
        Enquiry.objects.create(
            organisation_name="Kysyjä",
            legislation="laki",
            contact_name="K",
            contact_email="k@example.fi",
            channel="form",
            language="fi",
            received_on=TODAY,
        )
        assert "Kysyjä" in tables(anna.get("/kela/"))["Enquiries"]

    def test_an_agreement_that_ends_soon_lapses_unless_renewed(self, anna: Admin) -> None:
        agreement = Agreement.objects.get(number="KELMU-2023-9900100")
        last = TODAY + timedelta(days=30)
        heikki = approving()
        services.take(heikki.right, agreement.pk, Deed.SHORTENED, Said(TODAY, last))
        assert "not begun" in tables(anna.get("/kela/"))["Lapse"]
        services.renew(anna.right, agreement.pk)
        assert "KELMU-2026-9900100" in tables(anna.get("/kela/"))["Lapse"]
        services.take(heikki.right, agreement.pk, Deed.ENDED, Said(TODAY, last, "Syy."))
        assert "Lapse" not in tables(anna.get("/kela/"))

    def test_the_service_is_told_too(self, anna: Admin) -> None:
        page = anna.get("/kela/")
        assert "none planned" in page
        assert "/kela/feeds/" in page

    @pytest.mark.parametrize("group", ["approving", "service_desk", "oversight"])
    def test_all_four_groups_see_it(self, group: str) -> None:
        assert "Overview" in Admin(group).get("/kela/")


def test_an_organisation_without_any_agreement_is_counted(anna: Admin) -> None:
    def without() -> str:
        states = tables(anna.get("/kela/"))["Agreements"]
        row = states.split("No agreement")[1].split("</tr>")[0]
        return re.sub(r"<.*?>", "", row.split('data-label="Other authority"')[1]).strip("> ")

    before = without()
    Organisation.objects.create(
        name_fi="Toinen",
        name_sv="Andra",
        business_id="9900198-5",
        type="other_authority",
        validity=DateRange(date(2021, 1, 1), None),
    )
    assert without() != before
