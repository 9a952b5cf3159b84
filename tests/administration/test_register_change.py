"""Rekisterin muutos: a file is shown first, then taken in whole or not at all, and once."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange

from audit.models import ActKind, Entry
from kelmu.dates import valid_on
from organisations.models import CountyMembership, Municipality
from tests.acting import PIRKANMAA, client_of, official, organisation, owning
from tests.administration.kela import Admin, text_of
from tests.administration.test_organisations import JOINT

pytestmark = pytest.mark.django_db

HERE = "/kela/register-change/"
HEADING = "change,code,day,name_fi,name_sv,language,county,successor\n"
PERTUNMAA = "ended,588,2025-01-01,,,,,507\n"  # as it was on 1.1.2025
NEW_YEAR = date(2027, 1, 1)
OF_2027 = (
    "ended,536,2027-01-01,,,,,999\n"  # its successor stands below
    "new,999,1.1.2027,Suurkunta,Storkommun,fi_sv,08,\n"
    "moved,604,2027-01-01,,,,09,\n"
    "renamed,837,2026-11-01,Tammerkoski,Tammerforsen,fi_sv,,\n"
    f"organisation_merged,{JOINT},2023-01-01,,,,,{PIRKANMAA}\n"
)


@pytest.fixture
def anna() -> Admin:
    return Admin("preparing")


def shown(anna: Admin, rows: str, status: int = 200) -> str:
    return anna.post(HERE, status, text=HEADING + rows)


def taken_in(anna: Admin, rows: str, status: int = 200) -> str:
    return anna.post(HERE, status, text=HEADING + rows, take_in="1")


def register() -> set[tuple[object, ...]]:
    """Everything that a file may change."""
    municipalities = Municipality.objects.values_list(
        "code", "name_fi", "name_sv", "language", "validity", "successor"
    )
    memberships = CountyMembership.objects.values_list("municipality", "county", "validity")
    ended = organisation(JOINT).validity.upper
    return {*municipalities, *memberships, (ended,)}


@pytest.fixture
def before_2025() -> set[tuple[object, ...]]:
    """The register of 2024, and that of 2025 as the project ships it."""
    shipped = register()
    still = DateRange(date(2021, 1, 1), None)
    with owning():
        Municipality.objects.filter(code="588").update(validity=still, successor=None)
        CountyMembership.objects.filter(municipality="588").update(
            validity=DateRange(date(2023, 1, 1), None)
        )
    assert register() != shipped
    return shipped


def test_the_change_of_2025_makes_the_register_of_2025(
    anna: Admin, before_2025: set[tuple[object, ...]]
) -> None:
    assert "Pertunmaa (588) becomes part of Mäntyharju on 1.1.2025." in shown(anna, PERTUNMAA)
    assert "The file was taken in" in taken_in(anna, PERTUNMAA)
    assert register() == before_2025


def test_a_preview_changes_nothing(anna: Admin) -> None:
    before = register()
    page = shown(anna, OF_2027)
    assert "This is what the file would change: nothing has been changed yet" in page
    assert "5 changes, 0 rows are so already, 0 rows cannot be taken in" in page
    assert register() == before


def test_every_kind_of_change_is_taken_in(anna: Admin) -> None:
    taken_in(anna, OF_2027)
    new = Municipality.objects.get(code="999")
    assert (new.name_sv, new.validity) == ("Storkommun", DateRange(NEW_YEAR, None))
    nokia = Municipality.objects.get(code="536")
    assert (nokia.successor, nokia.validity.upper) == (new, NEW_YEAR)
    assert Municipality.objects.get(code="837").name_fi == "Tammerkoski"
    assert organisation(JOINT).merged_into == organisation()
    for day, counties in [
        (date(2026, 12, 31), {("536", "08"), ("604", "08")}),
        (NEW_YEAR, {("999", "08"), ("604", "09")}),
    ]:
        rows = CountyMembership.objects.filter(
            valid_on(day), municipality__in=["536", "604", "999"]
        )
        assert set(rows.values_list("municipality", "county")) == counties


def test_the_same_file_again_changes_nothing(anna: Admin) -> None:
    taken_in(anna, OF_2027)
    before = register()
    page = shown(anna, OF_2027)
    assert "0 changes, 5 rows are so already" in page
    assert "Take the changes in" not in page
    taken_in(anna, OF_2027)
    assert register() == before


def test_one_bad_line_and_nothing_is_changed(anna: Admin) -> None:
    before = register()
    page = taken_in(anna, OF_2027 + "moved,604,2028-01-01,,,,77,\n", 422)
    assert "The file cannot be taken in: nothing was changed" in page
    assert ">7<" in page.replace(" ", "")
    assert "No county has the code 77." in page
    assert register() == before


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("", "There is no row under the headings."),
        ("gone,588,2025-01-01,,,,,507", "“gone” is no change."),
        ("ended,588,2025-13-01,,,,,507", "“2025-13-01” is no day."),
        ("ended,588,2025-01-01,,,,,", "These columns must be filled in: successor"),
        ("ended,588,2025-01-01,,,,08,507", "This change leaves these columns empty: county"),
        ("ended,588,2025-01-01", "There are 3 columns instead of 8."),
        ("ended,000,2025-01-01,,,,,507", "No municipality has the code 000."),
        ("ended,588,2026-01-01,,,,,507", "It has ended already, on 31.12.2024."),
        ("ended,837,2027-01-01,,,,,837", "The successor is a municipality that goes on"),
        ("ended,837,2027-01-01,,,,,588", "The successor is a municipality that goes on"),
        ("new,837,2027-01-01,Uusi,Ny,fi,08,", "The code is that of Tampere already."),
        ("new,99,2027-01-01,Uusi,Ny,fi,08,", "A municipality has a code of three digits."),
        ("new,999,2027-01-01,Uusi,Ny,se,08,", "The language is one of these: fi, fi_sv"),
        ("renamed,837,2027-01-01,Uusi,Ny,fi,,", "take the file in on 1.1.2027 or later."),
        ("moved,588,2026-01-01,,,,08,", "There is no such municipality on that day."),
        (f"organisation_merged,{PIRKANMAA},2027-01-01,,,,,{JOINT}", "end it first."),
        (f"organisation_merged,{JOINT},2027-01-01,,,,,1234567-1", "has the business ID 1234567-1"),
    ],
)
def test_each_problem_is_told_by_its_line(anna: Admin, rows: str, told: str) -> None:
    before = register()
    assert told in shown(anna, rows, 422)
    assert register() == before


@pytest.mark.parametrize("text", ["code;day\n1;2", "x", "\x00"])
def test_what_is_no_such_file_is_told_so(anna: Admin, text: str) -> None:
    anna.post(HERE, 422, text=text)


def test_the_log_tells_what_was_changed(anna: Admin) -> None:
    taken_in(anna, PERTUNMAA + "moved,604,2027-01-01,,,,09,\n")
    with owning():
        entry = Entry.objects.using("owner").get(act=ActKind.CHANGE_REGISTER)
    assert entry.actor == anna.subject
    assert entry.details["unchanged"] == 1
    assert entry.details["changes"] == [
        {"line": 3, "change": "moved", "code": "604", "day": "2027-01-01", "county": "09"}
    ]


class TestTheFile:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    @pytest.mark.parametrize("delimiter", [",", ";"])
    def test_it_may_be_sent(self, anna: Admin, encoding: str, delimiter: str) -> None:
        content = (HEADING + OF_2027).replace(",", delimiter).replace("\n", "\r\n")
        file = SimpleUploadedFile("muutos.csv", content.encode(encoding))
        page = text_of(anna.client.post(HERE, {"file": file}), 200)
        assert "5 changes" in page

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "The file is empty."),
            (HEADING.encode() + "ä".encode("latin-1"), "The file is not UTF-8"),
            (b"x" * 100_001, "The file is larger than 100 kB."),
            (b"x" * 900_000, "The file is larger than 100 kB."),
        ],
    )
    def test_what_is_wrong_with_it_is_told(self, anna: Admin, content: bytes, told: str) -> None:
        file = SimpleUploadedFile("muutos.csv", content)
        assert told in text_of(anna.client.post(HERE, {"file": file}), 422)

    def test_neither_file_nor_text_is_told_too(self, anna: Admin) -> None:
        assert "Choose a file, or paste its content." in anna.post(HERE, 422, text="")

    def test_two_files_are_one_too_many(self, anna: Admin) -> None:
        files = [SimpleUploadedFile(f"{name}.csv", b"x") for name in "ab"]
        assert anna.client.post(HERE, {"file": files}).status_code == 400

    @pytest.mark.parametrize("path", ["/kela/organisations/", "/kela/organisations/new/"])
    def test_no_other_page_takes_a_file(self, anna: Admin, path: str) -> None:
        file = SimpleUploadedFile("muutos.csv", b"x")
        assert anna.client.post(path, {"file": file}).status_code == 400


@pytest.mark.parametrize("group", ["approving", "service_desk", "oversight"])
def test_only_who_prepares_takes_it_in(group: str) -> None:
    Admin(group).post(HERE, 403, text=HEADING + PERTUNMAA, take_in="1")
    assert client_of(official()).post(HERE).status_code == 403
