"""What an organisation sees of its own: its agreement, what its employees see, its instruction."""

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation
from pytest_django import Settings

from authorizations.refusals import Reason
from authorizations.rulebook import Mandate
from organisations.models import Contact
from tests.acting import (
    CUSTOMER,
    HELSINKI,
    PIRKANMAA,
    client_of,
    customer,
    entries,
    official,
    organisation,
    owning,
)
from tests.administration.kela import Admin, Own
from tests.administration.people import (
    AUTHORIZER,
    DATA_PROTECTION,
    SIGNATORY,
    named,
    of_keski_suomi,
)
from tests.agreeing import agreed_purposes, agreements_of
from tests.authorizations.reviewing import told
from tests.harness import TODAY

pytestmark = pytest.mark.django_db

VEIKKO, TIINA = "170868-9664", "250981-902C"  # authorizer and data protection of Pirkanmaa
INSTRUCT = "/agreement/instruction/change/"
BENEFITS = Mandate.BENEFITS_AND_PAYMENT_DEMANDS


class TestAgreement:
    def test_it_stands_in_words(self) -> None:
        page = Own(VEIKKO).get("/agreement/")
        assert "KELMU-2023-9900100" in page
        assert "in force" in page
        assert "Other benefits" in page
        assert "812/2000" in page or "703/2023" in page

    def test_one_under_way_says_where_it_stands(self) -> None:
        page = of_keski_suomi(SIGNATORY).get("/agreement/")
        assert "under way: Sent to the organisation" in page
        assert "Until its day of use these pages are open" in page
        assert "Social assistance notifications" in page


class TestWhatEmployeesSee:
    def test_it_is_told_mandate_by_mandate(self) -> None:
        page = Own(VEIKKO).get("/agreement/mandates/")
        assert "Social assistance notifications" in page
        assert "TYP service" in page
        assert "Labour market subsidy list" not in page

    def test_it_leaves_out_what_the_agreement_does(self) -> None:
        assert "Insurance" in Own(VEIKKO).get("/agreement/mandates/")
        with owning():
            agreed_purposes().update(withheld_groups=["insurance"])
        assert "Insurance" not in Own(VEIKKO).get("/agreement/mandates/")

    def test_before_the_day_of_use_it_tells_what_will_be_seen(self) -> None:
        page = of_keski_suomi(AUTHORIZER).get("/agreement/mandates/")
        assert "What each mandate opens alone on 20.11.2026" in page
        assert "Other benefits" in page


class TestInstruction:
    def test_it_is_changed_in_both_languages_and_stands_in_the_log(self) -> None:
        tiina = Own(TIINA)
        typed = {"staff_instruction_fi": "Kysy Veikolta.", "staff_instruction_sv": "Fråga Veikko."}
        assert tiina.post(INSTRUCT, **typed) == "/agreement/instruction/"
        page = tiina.get("/agreement/instruction/")
        assert "Kysy Veikolta." in page
        assert "Fråga Veikko." in page
        [entry] = [one for one in entries() if one.act == "change_instruction"]
        assert entry.details == {"changed": typed}

    def test_it_reads_on_refusals_and_under_my_rights(self) -> None:
        Own(TIINA).post(INSTRUCT, staff_instruction_fi="Kysy Veikolta.", staff_instruction_sv="")
        client = client_of(official(PIRKANMAA, Mandate.SOCIAL_ASSISTANCE_CUSTOMERS))
        refusal = client.get("/access-review/").content.decode()
        assert "Kysy Veikolta." in refusal
        assert "Veikko Valtuuttaja" in refusal
        assert "Kysy Veikolta." in client.get("/rights/mine/").content.decode()

    def test_without_an_organisation_no_instruction_is_told(self) -> None:
        page = Admin("preparing").get("/start/", 403)
        assert "Instruction of your organisation" not in page

    def test_nothing_changed_is_nothing_written(self) -> None:
        own = organisation()
        Own(TIINA).post(
            INSTRUCT,
            staff_instruction_fi=own.staff_instruction_fi,
            staff_instruction_sv=own.staff_instruction_sv,
        )
        assert "change_instruction" not in {one.act for one in entries()}

    def test_an_identity_code_is_refused_and_what_was_typed_stays(self) -> None:
        page = Own(TIINA).post(INSTRUCT, 422, staff_instruction_fi="Kysy 131052-9085")
        assert "Leave the personal identity code out." in page
        assert "Kysy" in page


class TestUsage:
    def test_it_is_counted_by_month_and_purpose_for_the_own_organisation_alone(self) -> None:
        customer()
        for business_id in (PIRKANMAA, HELSINKI, HELSINKI):
            typed = {"purpose": "other_benefits", "hetu": CUSTOMER}
            assert client_of(official(business_id)).post("/start/", typed).status_code == 302
        page = Own(VEIKKO).get("/agreement/usage/")
        row = page.split("<tbody", 1)[1].split("</tbody>")[0]
        assert "Other benefits" in row
        assert ">1<" in row.replace(" ", "")
        assert ">2<" not in row.replace(" ", "")
        assert "Virkailija" not in row

    def test_its_file_has_no_person_and_is_recorded(self) -> None:
        answer = Own(VEIKKO).client.get("/agreement/usage.csv")
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert [one.act for one in entries()][-1] == "download_usage"

    def test_before_the_day_of_use_there_is_none(self) -> None:
        assert "Kelmu was not used in this time." in of_keski_suomi(SIGNATORY).get(
            "/agreement/usage/"
        )


class TestEnding:
    @pytest.fixture(autouse=True)
    def _end_soon(self, settings: Settings) -> None:
        told(settings, TODAY - timedelta(days=40), BENEFITS, Mandate.FRONT_VETERANS_SUPPLEMENT)
        told(settings, TODAY - timedelta(days=3), BENEFITS)
        end(TODAY + timedelta(days=30))

    @pytest.mark.parametrize("page", ["", "commissioning/"])
    def test_authorizers_are_reminded_before_it_and_led_to_who_holds_mandates(
        self, page: str
    ) -> None:
        page = Own(VEIKKO).get(f"/agreement/{page}")
        assert "The agreement ends on 19.12.2026." in page
        assert "/agreement/holders/" in page

    def test_others_with_an_office_are_reminded_without_names(self) -> None:
        page = Own(TIINA).get("/agreement/")
        assert "The agreement ends on 19.12.2026." in page
        assert "/agreement/holders/" not in page

    def test_the_authorizers_of_access_review_are_reminded_too(self) -> None:
        assert "The agreement ends on 19.12.2026." in Own(VEIKKO).get("/access-review/")

    def test_holders_are_listed_as_of_their_latest_login_and_the_look_is_recorded(self) -> None:
        page = Own(VEIKKO).get("/agreement/holders/")
        assert "Eetu Etuuskäsittelijä" in page
        assert "17.11.2026" in page
        assert "Viewing benefit information" in page or "benefit" in page
        assert "front" not in page.lower().split("<tbody")[1].split("</tbody>")[0]
        assert [one.act for one in entries()][-1] == "view_holders"

    def test_far_from_the_end_nobody_is_reminded(self) -> None:
        end(TODAY + timedelta(days=91))
        assert "The agreement ends on" not in Own(VEIKKO).get("/agreement/")

    def test_nor_when_another_agreement_follows(self) -> None:
        old = agreements_of().filter(validity__contains=TODAY).get()
        with owning():
            follower = agreements_of().get(pk=old.pk)
            follower.pk, follower.number, follower.renews_id = None, "NEXT", old.pk
            follower.validity = DateRange(old.validity.upper, None)
            follower.save(using="owner")
        assert "The agreement ends on" not in Own(VEIKKO).get("/agreement/")

    def test_after_it_nobody_logs_in_and_kela_reminds_the_authorizers(self) -> None:
        end(TODAY)
        assert str(Reason.NO_AGREEMENT) == "no_agreement"
        assert client_of(official(by_role=True)).get("/agreement/").status_code == 403
        pk = agreements_of().order_by("-pk").values_list("pk", flat=True)[0]
        address = f"/kela/agreements/{pk}/commissioning/"
        page = Admin("oversight").get(address)
        assert "The agreement ended on 19.11.2026" in page
        assert "Veikko Valtuuttaja" in page
        assert "Eetu Etuuskäsittelijä" in Admin("oversight").get(f"{address}holders/")
        Admin("preparing").get(f"{address}holders/", 403)
        assert "holders/" not in Admin("preparing").get(address)


def end(day: object) -> None:
    with owning():
        newest = agreements_of().order_by("-pk")[:1].get()
        agreements_of().filter(pk=newest.pk).update(validity=DateRange(newest.validity.lower, day))


def test_the_pages_speak_swedish() -> None:
    client = of_keski_suomi(DATA_PROTECTION).client
    client.cookies["kelmu-language"] = "sv"
    assert "Vems tur det är" in client.get("/agreement/commissioning/").content.decode()
    translation.deactivate()


def test_a_newcomer_named_in_an_office_finds_the_way(settings: Settings) -> None:
    page = named(Contact.Role.TECHNICAL).get("/agreement/")
    assert 'href="/agreement/security/"' in page
