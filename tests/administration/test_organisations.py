"""Organisaatiot: who finds them how, what stands of them, and how they change."""

import re
from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from audit.models import ActKind
from organisations.models import FormerName, Organisation
from tests.acting import (
    HELSINKI,
    PIRKANMAA,
    POHJANMAA,
    TAMPERE,
    client_of,
    entries,
    official,
    organisation,
    owning,
)
from tests.administration.kela import Admin
from tests.harness import TODAY

pytestmark = pytest.mark.django_db

JOINT, NEW = "9900106-1", "9900199-3"
LIST = "/kela/organisations/"
TYPED = {
    "business_id": NEW,
    "name_fi": "Uuden kunta",
    "name_sv": "Nya kommun",
    "type": "other_authority",
    "first": "2026-01-01",
}


@pytest.fixture
def anna() -> Admin:
    return Admin("preparing")


def page_of(business_id: str = PIRKANMAA) -> str:
    return f"{LIST}{organisation(business_id).pk}/"


def found(anna: Admin, **wanted: str) -> list[str]:
    """The business IDs that a search shows."""
    return re.findall(r'data-label="Business ID" ?>([\d-]+)<', anna.post(LIST, 200, **wanted))


def typed_of(business_id: str, **changed: object) -> dict[str, Any]:
    """The form of an organisation as it opens, some of it changed."""
    one = organisation(business_id)
    names = ["name_fi", "name_sv", "type", "street", "postal_code", "post_office"]
    return (
        {name: getattr(one, name) for name in names}
        | {"county": one.county_id or "", "municipality": one.municipality_id or ""}
        | changed
    )


class TestFinding:
    def test_all_are_listed(self, anna: Admin) -> None:
        assert "Pirkanmaan hyvinvointialue" in anna.get(LIST)

    @pytest.mark.parametrize(
        ("text", "finds"),
        [
            ("pohjanMAAN", POHJANMAA),
            ("Österbottens", POHJANMAA),
            ("osterbottens", POHJANMAA),
            ("TAMMERFORS", TAMPERE),
            ("9900102", TAMPERE),
            ("837", TAMPERE),
            ("08", PIRKANMAA),
            ("Nokia", JOINT),
            ("Nokia", PIRKANMAA),
            ("Birkaland", TAMPERE),
        ],
    )
    def test_an_organisation_is_found(self, anna: Admin, text: str, finds: str) -> None:
        assert finds in found(anna, text=text)

    def test_it_is_found_by_the_name_that_it_had(self, anna: Admin) -> None:
        FormerName.objects.create(
            organisation=organisation(TAMPERE),
            name_fi="Väinölän kauppala",
            name_sv="Väinölä köping",
            validity=DateRange(date(2021, 1, 1), date(2022, 1, 1)),
        )
        assert found(anna, text="vainola") == [TAMPERE]

    def test_what_nobody_has_finds_nobody(self, anna: Admin) -> None:
        assert "No organisation is found so." in anna.post(LIST, 200, text="xyzzy%")

    def test_the_list_is_narrowed_by_type_and_by_agreement(self, anna: Admin) -> None:
        assert found(anna, kind="helsinki") == [HELSINKI]
        assert JOINT in found(anna, agreed="no")
        assert JOINT not in found(anna, agreed="yes")
        assert PIRKANMAA in found(anna, agreed="yes")

    def test_a_long_list_comes_in_pages(self, anna: Admin) -> None:
        with owning():
            Organisation.objects.using("owner").bulk_create(
                Organisation(
                    business_id=business_id,
                    name_fi=f"Ö{number:02}",
                    name_sv=f"Ö{number:02}",
                    type="other_authority",
                    validity=DateRange(TODAY, None),
                )
                for number, business_id in enumerate(business_ids(60))
            )
        assert "Page 1 of 2" in anna.get(LIST)
        assert "Ö59" in anna.post(LIST, 200, page="2")

    def test_a_personal_identity_code_is_no_search(self, anna: Admin) -> None:
        page = anna.post(LIST, 422, text="131052-9085")
        assert "Leave the personal identity code out." in page

    @pytest.mark.parametrize("group", ["preparing", "approving", "service_desk", "oversight"])
    def test_every_group_of_kela_reads(self, group: str) -> None:
        admin = Admin(group)
        admin.get(LIST)
        admin.get(page_of())

    def test_nobody_else_does(self) -> None:
        assert client_of(official()).get(LIST).status_code == 403
        assert client_of(official()).get(page_of()).status_code == 403


def business_ids(number: int) -> list[str]:
    """Invented ones, their check digits right."""
    right = []
    for body in range(9910000, 9919999):
        digits = [int(digit) for digit in f"{body}"]
        rest = sum(a * b for a, b in zip(digits, [7, 9, 10, 5, 8, 4, 2], strict=True)) % 11
        if rest != 1:
            right.append(f"{body}-{(11 - rest) % 11}")
    return right[:number]


class TestThePage:
    def test_it_tells_what_the_organisation_is(self, anna: Admin) -> None:
        page = anna.get(page_of())
        for told in ["9900100-2", "Birkalands välfärdsområde", "Tampere (837)", "KELMU-2023-"]:
            assert told in page

    def test_it_names_the_contacts_by_role_and_who_is_missing(self, anna: Admin) -> None:
        page = anna.get(page_of())
        assert "Veikko Valtuuttaja" in page
        assert "Nobody holds these roles now: Data protection officer, " in page

    def test_a_joint_authority_tells_for_whom_it_acts(self, anna: Admin) -> None:
        assert "Nokia, 1.2.2021–" in anna.get(page_of(JOINT))

    def test_looking_is_a_row_of_the_organisations_log(self, anna: Admin) -> None:
        anna.get(page_of())
        assert entries()[-1].act == ActKind.VIEW_ORGANISATION
        assert entries()[-1].actor == anna.subject
        assert entries()[-1].office == "preparing"


class TestRegistering:
    def test_an_organisation_is_registered(self, anna: Admin) -> None:
        where = anna.post(f"{LIST}new/", **TYPED)
        assert "Uuden kunta" in anna.get(where)
        assert entries(NEW)[0].act == ActKind.REGISTER_ORGANISATION

    @pytest.mark.parametrize("typed", ["99001993", "9900199-3"])
    def test_the_hyphen_of_the_business_id_may_be_left_out(self, anna: Admin, typed: str) -> None:
        anna.post(f"{LIST}new/", **TYPED | {"business_id": typed})
        assert organisation(NEW).name_sv == "Nya kommun"

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"business_id": "9900199-4"}, "This is not a business ID: check the digits."),
            ({"business_id": PIRKANMAA}, "is already that of Pirkanmaan hyvinvointialue."),
            ({"type": "municipality"}, "An organisation of this type has one: choose it."),
            ({"county": "08"}, "An organisation of this type has none"),
            ({"postal_code": "3310"}, "A postal code has five digits."),
            ({"first": "31.2.2026"}, "This is not a day. Write it as 15.12.2022."),
            ({"name_fi": "Kunta 131052-9085"}, "Leave the personal identity code out."),
        ],
    )
    def test_what_is_wrong_is_told_and_what_was_typed_stays(
        self, anna: Admin, wrong: dict[str, str], told: str
    ) -> None:
        page = anna.post(f"{LIST}new/", 422, **TYPED | wrong)
        assert told in page
        assert 'value="Nya kommun"' in page
        assert not Organisation.objects.filter(business_id=NEW).exists()

    @pytest.mark.parametrize("group", ["approving", "service_desk", "oversight"])
    def test_only_who_prepares_enters(self, group: str) -> None:
        for path in [f"{LIST}new/", f"{page_of()}change/", f"{page_of()}end/"]:
            Admin(group).post(path, 403, **TYPED)


class TestChanging:
    def test_a_changed_name_leaves_the_former_one_with_its_days(self, anna: Admin) -> None:
        typed = typed_of(TAMPERE, name_fi="Tampereen suurkaupunki", renamed_on="2026-01-01")
        page = anna.get(anna.post(f"{page_of(TAMPERE)}change/", **typed))
        assert "Tampereen suurkaupunki" in page
        assert "1.2.2021–31.12.2025" in page
        former = organisation(TAMPERE).former_names.get()
        assert former.name_fi == "Tampereen kaupunki"

    def test_the_log_tells_what_was_before_and_after(self, anna: Admin) -> None:
        anna.post(f"{page_of(TAMPERE)}change/", **typed_of(TAMPERE, street="Aleksis Kiven katu 14"))
        entry = entries(TAMPERE)[-1]
        assert entry.act == ActKind.CHANGE_ORGANISATION
        assert entry.details["before"] == {"street": ""}
        assert entry.details["after"] == {"street": "Aleksis Kiven katu 14"}

    def test_what_does_not_change_leaves_no_row(self, anna: Admin) -> None:
        anna.post(f"{page_of(TAMPERE)}change/", **typed_of(TAMPERE))
        assert entries(TAMPERE) == []

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"type": "other_authority", "municipality": ""}, "An agreement in force rests on"),
            ({"renamed_on": "2026-01-01"}, "The name does not change: leave the day empty."),
            ({"name_fi": "Uusi", "renamed_on": "2027-01-01"}, "give a day between that and today"),
            ({"name_fi": "Uusi", "renamed_on": "2020-01-01"}, "The present name began on 1.2.2021"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(
        self, anna: Admin, wrong: dict[str, str], told: str
    ) -> None:
        page = anna.post(f"{page_of(TAMPERE)}change/", 422, **typed_of(TAMPERE, **wrong))
        assert told in page
        assert organisation(TAMPERE).name_fi == "Tampereen kaupunki"


class TestEnding:
    def test_an_organisation_without_an_agreement_ends_and_is_merged(self, anna: Admin) -> None:
        path = f"{page_of(JOINT)}end/"
        page = anna.get(anna.post(path, last="2022-12-31", successor=PIRKANMAA))
        assert "ended on 31.12.2022, merged into Pirkanmaan hyvinvointialue" in page
        assert "Pirkanmaan sosiaalipalvelujen kuntayhtymä" in anna.get(page_of())
        assert "merged into Pirkanmaan" in anna.post(LIST, 200, text="kuntayhtymä")

    def test_it_may_turn_out_to_go_on(self, anna: Admin) -> None:
        anna.post(f"{page_of(JOINT)}end/", last="2022-12-31")
        anna.post(f"{page_of(JOINT)}end/", last="")
        assert organisation(JOINT).validity.upper is None

    @pytest.mark.parametrize(
        ("business_id", "typed", "told"),
        [
            (PIRKANMAA, {"last": "2026-12-31"}, "Agreement KELMU-2023-9900100 is in force after"),
            (JOINT, {"last": "2020-12-31"}, "The last day is before the first."),
            (JOINT, {"successor": PIRKANMAA}, "An organisation that is merged has a last day."),
            (JOINT, {"last": "2022-12-31", "successor": JOINT}, "be merged into itself."),
            (JOINT, {"last": "2022-12-31", "successor": NEW}, "Kelmu knows no organisation of"),
            (JOINT, {"last": "2022-12-31", "successor": "1-1"}, "This is not a business ID"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(
        self, anna: Admin, business_id: str, typed: dict[str, str], told: str
    ) -> None:
        assert told in anna.post(f"{page_of(business_id)}end/", 422, **typed)
        assert organisation(business_id).validity.upper is None

    def test_two_are_not_merged_into_each_other(self, anna: Admin) -> None:
        anna.post(f"{LIST}new/", **TYPED)
        anna.post(f"{page_of(NEW)}end/", last="2026-06-30", successor=JOINT)
        page = anna.post(f"{page_of(JOINT)}end/", 422, last="2026-05-31", successor=NEW)
        assert "be merged into itself." in page


class TestServing:
    def test_a_joint_authority_acts_for_one_more_municipality(self, anna: Admin) -> None:
        path = f"{page_of(JOINT)}municipalities/"
        page = anna.get(anna.post(path, municipality="837", first="2022-01-01", last="2022-12-31"))
        assert "Tampere, 1.1.–31.12.2022" in page

    def test_not_twice_at_a_time_and_not_backwards(self, anna: Admin) -> None:
        path = f"{page_of(JOINT)}municipalities/"
        page = anna.post(path, 422, municipality="536", first="2022-01-01")
        assert "The organisation serves this municipality already in that time." in page
        page = anna.post(path, 422, municipality="837", first="2022-01-02", last="2022-01-01")
        assert "The last day is before the first." in page

    def test_it_stops_with_a_last_day(self, anna: Admin) -> None:
        served = organisation(JOINT).serves.get(municipality="536")
        path = f"{page_of(JOINT)}municipalities/{served.pk}/"
        assert "Nokia, 1.2.2021–31.12.2022" in anna.get(anna.post(path, last="2022-12-31"))

    def test_a_county_serves_what_the_register_says(self, anna: Admin) -> None:
        anna.get(f"{page_of()}municipalities/", 404)
