"""A list as a file: who fetched it stands in the log before it is read."""

import hashlib
import re
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db.models import F
from django.test import Client
from django.test.utils import override_settings

from audit.models import EntryPerson
from audit.pseudonyms import subject_of
from notifications.listings import files
from notifications.models import Download
from tests.acting import TAMPERE, entries, owning
from tests.delivering import HANNA, JONNA
from tests.notifications.listings.publishing import (
    CORRECTED,
    INVOICE,
    PROTECTED,
    publish,
)
from tests.notifications.listings.reading import (
    FIRST,
    INTEGRATION,
    SECOND,
    SUBSIDY,
    bytes_of,
    fetched,
    lines_of,
    reader,
)

pytestmark = pytest.mark.django_db
SECOND_DAY = "2026-11-20T07:00:00+02:00"


@pytest.fixture
def leena(tmp_path: Path) -> Client:
    publish(tmp_path / "1", INVOICE)
    return reader(TAMPERE, SUBSIDY)


def sheet_of(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert not [name for name in book.namelist() if "vba" in name.lower()]
        return book.read("xl/worksheets/sheet1.xml").decode()


def persons_of(entry_id: UUID) -> set[UUID]:
    return set(EntryPerson.objects.filter(entry_id=entry_id).values_list("subject", flat=True))


def test_the_act_and_its_persons_are_written_before_a_row_is_read(leena: Client) -> None:
    answer = leena.post(f"{FIRST}fetch/", {"format": "csv"})
    assert answer.status_code == 302
    [entry] = entries(TAMPERE)
    assert (entry.act, entry.details["format"], entry.details["version"]) == (
        "download_list",
        "csv",
        1,
    )
    assert persons_of(entry.id) == {subject_of(code) for code in (JONNA, HANNA, PROTECTED)}
    leena.get(answer["Location"])
    assert len(entries(TAMPERE)) == 1


def test_the_file_is_read_when_it_goes_out_and_not_before(leena: Client) -> None:
    answer = fetched(leena, FIRST)
    assert Download.objects.get().finished_at is None
    bytes_of(answer)
    assert Download.objects.get().finished_at is not None


def test_a_csv_file_is_one_that_spreadsheets_of_finland_read(leena: Client) -> None:
    content = bytes_of(fetched(leena, FIRST))
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = lines_of(content)
    assert head[:4] == ["Henkilötunnus", "Nimi", "Turvakielto", "Etuus"]
    assert rows[0] == [
        JONNA, "Testaaja, Jonna Maria", "", "yleistuki", "maksu", "15.10.2026", "1.9.2026",
        "30.9.2026", "22", "310", "818,62", "30", "245,59",
    ]  # fmt: skip
    assert rows[3][-3:] == ["-600,00", "10", "-60,00"]
    assert [row[2] for row in rows] == ["", "", "kyllä", ""]
    assert len(rows) == 4


def test_a_name_that_begins_like_a_formula_is_harmless(leena: Client) -> None:
    rows = lines_of(bytes_of(fetched(leena, FIRST)))
    assert rows[2][1] == "'=Perheellinen, Hanna Sofia"
    sheet = sheet_of(bytes_of(fetched(leena, FIRST, "xlsx")))
    assert "<f>" not in sheet
    assert "=Perheellinen" in sheet


def test_a_workbook_has_figures_days_and_a_head_that_stays(leena: Client) -> None:
    sheet = sheet_of(bytes_of(fetched(leena, FIRST, "xlsx")))
    assert 'state="frozen"' in sheet
    assert re.search(r'<c r="F2" s="\d+"><v>46310</v></c>', sheet)  # 15.10.2026
    assert re.search(r'<c r="M2" s="\d+"><v>245.59</v></c>', sheet)
    assert re.search(r'<c r="M5" s="\d+"><v>-60.00</v></c>', sheet)
    assert "yleistuki" in sheet


def test_the_name_of_the_file_tells_list_municipality_period_and_version(leena: Client) -> None:
    answer = fetched(leena, FIRST)
    assert answer["Content-Disposition"] == (
        'attachment; filename="kelmu_tyomarkkinatuen-laskun-henkiloluettelo_tampere_2026-10_v1.csv"'
    )
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_the_receipt_has_the_checksum_of_the_file(leena: Client) -> None:
    content = bytes_of(fetched(leena, FIRST))
    download = Download.objects.get()
    assert download.sha256 == hashlib.sha256(content).hexdigest()
    receipt = leena.get(f"/lists/{download.pk}/").content.decode()
    for told in (download.sha256, "Aino Virkailija", str(download.entry_id), "Tampere"):
        assert told in receipt
    assert JONNA not in receipt


def test_a_download_that_broke_off_says_so_and_can_be_repeated(leena: Client) -> None:
    answer = fetched(leena, FIRST)
    next(iter(answer))  # and no more of it
    download = Download.objects.get()
    assert download.sha256 == ""
    assert f"/lists/{download.pk}/file/" in leena.get(f"/lists/{download.pk}/").content.decode()
    again = bytes_of(leena.get(f"/lists/{download.pk}/file/"))
    assert len(lines_of(again)) == 5
    first, second = entries(TAMPERE)
    assert second.details["repeats"] == str(first.id)
    assert persons_of(second.id) == persons_of(first.id)


def test_a_workbook_fetched_once_more_is_the_same_file(leena: Client) -> None:
    bytes_of(fetched(leena, FIRST, "xlsx"))
    with owning():  # it was asked for yesterday
        Download.objects.update(asked_at=F("asked_at") - timedelta(days=1))
    download = Download.objects.get()
    again = bytes_of(leena.get(f"/lists/{download.pk}/file/"))
    with zipfile.ZipFile(BytesIO(again)) as book:
        assert f"{download.asked_at:%Y-%m-%dT%H:%M:%SZ}" in book.read("docProps/core.xml").decode()


def test_the_publications_tell_who_fetched_which(leena: Client) -> None:
    bytes_of(fetched(leena, FIRST))
    page = leena.get(FIRST.removesuffix("837/2026-10-01/1/")).content.decode()
    assert f"/lists/{Download.objects.get().pk}/" in page
    assert "Aino Virkailija" in page


def test_a_superseded_version_goes_out_only_to_who_knows_it(leena: Client, tmp_path: Path) -> None:
    publish(tmp_path / "2", CORRECTED, SECOND_DAY)
    warned = leena.post(f"{FIRST}fetch/", {"format": "csv"})
    assert warned.status_code == 422
    assert SECOND in warned.content.decode()
    assert not Download.objects.exists()
    assert len(lines_of(bytes_of(fetched(leena, FIRST, superseded="on")))) == 5
    assert len(lines_of(bytes_of(fetched(leena, SECOND)))) == 4


@pytest.mark.parametrize("form", ["", "pdf", "xlsm"])
def test_there_are_two_formats(leena: Client, form: str) -> None:
    assert leena.post(f"{FIRST}fetch/", {"format": form}).status_code == 422
    assert not Download.objects.exists()


def test_a_list_that_names_its_reader_is_fetched_whole_and_flagged(tmp_path: Path) -> None:
    publish(tmp_path, INVOICE)
    jonna = reader(TAMPERE, SUBSIDY, subject=subject_of(JONNA))
    assert len(lines_of(bytes_of(fetched(jonna, FIRST)))) == 5
    assert entries(TAMPERE)[0].details["names_oneself"] is True


def test_a_long_list_goes_out_in_parts(leena: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bytes_of(fetched(leena, FIRST))
    monkeypatch.setattr(files, "FIRST_ROWS", 1)
    assert bytes_of(fetched(leena, FIRST)) == whole
    book = sheet_of(bytes_of(fetched(leena, FIRST, "xlsx")))
    assert book.count("<row ") == 5


@override_settings(MANDATE_MAX_AGE=timedelta(0))
def test_mandates_are_read_again_before_a_list_is_fetched(leena: Client) -> None:
    answer = leena.post(f"{FIRST}fetch/", {"format": "csv"})
    assert answer.status_code == 302
    assert "/lists/" not in answer["Location"]
    assert not Download.objects.exists()


def test_nobody_fetches_by_a_receipt_of_nobody(leena: Client) -> None:
    assert leena.get(f"/lists/{uuid4()}/").status_code == 404
    assert leena.get(f"/lists/{uuid4()}/file/").status_code == 404


def test_a_colleague_sees_the_receipt_and_fetches_by_an_act_of_their_own(leena: Client) -> None:
    bytes_of(fetched(leena, FIRST))
    colleague = reader(TAMPERE, SUBSIDY, subject=subject_of("110676-910W"))
    download = Download.objects.get()
    assert colleague.get(f"/lists/{download.pk}/").status_code == 200
    bytes_of(colleague.get(f"/lists/{download.pk}/file/"))
    assert {entry.actor for entry in entries(TAMPERE)} == {
        subject_of("140285-911Y"),
        subject_of("110676-910W"),
    }


def test_a_receipt_opens_to_nobody_whose_mandate_does_not_open_the_list(leena: Client) -> None:
    bytes_of(fetched(leena, FIRST))
    download = Download.objects.get()
    for client in (reader("9900105-3", SUBSIDY), reader(TAMPERE, INTEGRATION)):
        assert client.get(f"/lists/{download.pk}/").status_code in {403, 404}
        assert client.get(f"/lists/{download.pk}/file/").status_code in {403, 404}
