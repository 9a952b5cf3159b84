"""The feeds of notifications and attachments: what comes, what is left out, what goes again."""

import hashlib
from pathlib import Path

import pytest

from intake import services
from intake.models import Delivery, Reject
from notifications.models import Answer, Attachment, Event, Handling, Notification
from notifications.words import State
from tests.acting import client_of, owning
from tests.delivering import EINO, GOOD, JONNA, SECOND_DAY, deliver, vouch
from tests.notifications.forwarding import PDF, county, handling, page_of

pytestmark = pytest.mark.django_db
UNIT = '"Kela, ratkaisukeskus 1",020 634 2550'
CAME = "2026-11-18T09:12:00+02:00"
APPLICATION = (
    f"1,{EINO},application,837,{CAME},2026-11-18,false,Terve,+358 40 1234567,supplementary,"
    f"Muutto,380.00,2026-11-01,2026-11-30,,,,{UNIT}"
)
REDUCED = (
    f'2,{EINO},reduced_basic_amount,837,{CAME},2026-11-18,false,"Kaksi\nriviä",,,,,2026-12-01,,'
    f"40,employment_policy,,{UNIT}"
)
NEED = f"3,{JONNA},need_for_social_work,091,{CAME},,true,,,,,,,,,,housing health,{UNIT}"
IMMIGRANT = f"4,{EINO},immigrant,837,{CAME},,false,,,,,,,,,,,{UNIT}"
IN_HELSINKI = f"5,{JONNA},immigrant,091,{CAME},,false,,,,,,,,,,,{UNIT}"
OF_2022 = f"6,{EINO},immigrant,837,2022-11-18T09:12:00+02:00,,false,,,,,,,,,,,{UNIT}"
YOUNG = f"7,{EINO},unemployed_under_25,837,{CAME},,false,,,,,,,,,,,{UNIT}"
ALL = [APPLICATION, REDUCED, NEED, IMMIGRANT, IN_HELSINKI, OF_2022, YOUNG]


def attached(name: str, content: bytes, number: int = 1, notification: int = 1) -> str:
    return f"{number},{notification},{name},{hashlib.sha256(content).hexdigest()}"


def lay(
    folder: Path, rows: list[str], contents: dict[str, bytes] | None = None, **more: list[str]
) -> Path:
    """A delivery of notifications and attachments by name, their contents numbered from 1."""
    files = {"customers.csv": GOOD["customers.csv"], "notifications.csv": rows}
    given = list((contents or {}).items())
    files["notification_attachments.csv"] = [
        attached(name, content, number) for number, (name, content) in enumerate(given, start=1)
    ]
    files |= {f"{name.replace('__', '.')}.csv": lines for name, lines in more.items()}
    deliver(folder, files)
    (folder / "attachments").mkdir(exist_ok=True)
    for number, (_name, content) in enumerate(given, start=1):
        (folder / "attachments" / str(number)).write_bytes(content)
    vouch(folder, {name: len(lines) for name, lines in files.items()})
    return folder


def take_in(folder: Path) -> None:
    with owning():
        list(services.take_in([folder]))


def everything[Row](model: type[Row]) -> list[Row]:
    with owning():
        return list(model.objects.using("owner").order_by("pk"))  # type: ignore[attr-defined]


def rejected() -> set[tuple[str, int, str, str]]:
    return set(Reject.objects.values_list("file", "line", "field", "reason"))


def test_the_six_types_come_in_new_to_their_receivers(tmp_path: Path) -> None:
    take_in(lay(tmp_path, ALL))
    assert not rejected()
    assert len(everything(Notification)) == 7
    assert {(one.notification_id, one.receiver) for one in everything(Handling)} == {
        *((number, "social_services") for number in range(1, 8)),
        (4, "municipality"),  # neither Helsinki's nor that of 2022 has two
    }
    assert {one.state for one in everything(Handling)} == {State.NEW}
    told = {one.pk: one for one in everything(Notification)}
    assert str(told[1].visible_on) == "2026-11-19"
    assert str(told[3].visible_on) == "2026-11-18"
    assert told[2].text == "Kaksi\nriviä"
    assert told[3].needs == ["housing", "health"]


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    take_in(lay(tmp_path / "1", ALL, {"Tiliote.pdf": PDF}))
    second = lay(tmp_path / "2", ALL, {"Tiliote.pdf": PDF})
    rows = {"customers.csv": 2, "notifications.csv": 7, "notification_attachments.csv": 1}
    vouch(second, rows, SECOND_DAY)
    before = [one.pk for one in everything(Handling)]
    take_in(second)
    newest = Delivery.objects.filter(batch__made_at=SECOND_DAY)
    assert {one.file: one.unchanged for one in newest} == rows
    assert [one.pk for one in everything(Handling)] == before


def test_a_correction_reaches_the_queue_and_leaves_its_state(tmp_path: Path) -> None:
    take_in(lay(tmp_path / "1", [YOUNG]))
    client = client_of(county())
    client.post(f"{page_of(handling(7))}change/", {"do": "taken", "version": "1"})
    second = lay(tmp_path / "2", [YOUNG.replace(",false,", ",true,")])
    vouch(
        second, {"customers.csv": 2, "notifications.csv": 1, "notification_attachments.csv": 0},
        SECOND_DAY,
    )  # fmt: skip
    take_in(second)
    assert not rejected()
    one = handling(7)
    assert (one.is_urgent, one.state) == (True, State.IN_PROGRESS)


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (YOUNG.replace(EINO, "010190-902S"), "hetu", "unknown_customer"),
        (YOUNG.replace(",837,", ",999,"), "municipality", "unknown_municipality"),
        (YOUNG.replace("unemployed_under_25", "message"), "type", "unknown_word"),
        (YOUNG.replace("T09:12:00+02:00", ""), "arrived_at", "form"),
        (YOUNG.replace(CAME, "2026-11-21T09:12:00+02:00"), "arrived_at", "future"),
        (YOUNG.replace("unemployed_under_25", "application"), "type", "state"),
        (YOUNG.replace("unemployed_under_25", "need_for_social_work"), "type", "state"),
        (APPLICATION.replace("2026-11-18,false", ",false"), "decided_on", "state"),
        (APPLICATION.replace("2026-11-30", "2026-10-30"), "last_day", "period"),
        (APPLICATION.replace("380.00", "-380.00"), "amount", "form"),
        (REDUCED.replace(",40,", ",30,"), "reduction", "form"),
        (REDUCED.replace(",40,employment_policy,", ",,,"), "type", "state"),
        (NEED.replace("housing health", "housing sleep"), "needs", "form"),
        (NEED.replace("true,", 'true,"\x07"', 1), "text", "form"),
        (YOUNG.replace("020 634 2550", "soita"), "unit_phone", "form"),
    ],
)
def test_a_row_that_breaks_a_rule_is_left_out_and_the_others_come(
    tmp_path: Path, row: str, field: str, reason: str
) -> None:
    take_in(lay(tmp_path, [IMMIGRANT, row]))
    assert rejected() == {("notifications.csv", 3, field, reason)}
    assert [one.pk for one in everything(Notification)] == [4]


def test_where_it_was_forwarded_is_not_told_otherwise_afterwards(tmp_path: Path) -> None:
    take_in(lay(tmp_path / "1", [YOUNG]))
    second = lay(tmp_path / "2", [YOUNG.replace(",837,", ",091,")])
    vouch(
        second, {"customers.csv": 2, "notifications.csv": 1, "notification_attachments.csv": 0},
        SECOND_DAY,
    )  # fmt: skip
    take_in(second)
    assert rejected() == {("notifications.csv", 2, "id", "state")}


def test_an_attachment_comes_with_its_content(tmp_path: Path) -> None:
    take_in(lay(tmp_path, [APPLICATION], {"Tiliote.pdf": PDF}))
    [one] = everything(Attachment)
    assert (bytes(one.content), one.type, one.size) == (PDF, "application/pdf", len(PDF))


@pytest.mark.parametrize(
    ("name", "content", "field", "reason"),
    [
        ("Ohjelma.pdf", b"MZ\x90", "id", "content_type"),
        ("Sivu.pdf", b"<html>", "id", "content_type"),
        ("Kuva.png", PDF, "id", "content_type"),
        ("Lasku 131052-9085.pdf", PDF, "id", "content_type"),
        ("Tyhja.pdf", b"", "id", "content_size"),
        ("../Lasku.pdf", PDF, "name", "form"),
        ("Lasku", PDF, "name", "form"),
    ],
)
def test_an_attachment_is_what_its_content_says_and_its_name_too(
    tmp_path: Path, name: str, content: bytes, field: str, reason: str
) -> None:
    take_in(lay(tmp_path, [APPLICATION], {name: content}))
    assert rejected() == {("notification_attachments.csv", 2, field, reason)}
    assert not everything(Attachment)


def test_an_attachment_that_is_too_large_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.contents.MOST_BYTES", 10)
    take_in(lay(tmp_path, [APPLICATION], {"Tiliote.pdf": PDF}))
    assert rejected() == {("notification_attachments.csv", 2, "id", "content_size")}


def test_content_that_is_missing_or_another_is_told(tmp_path: Path) -> None:
    folder = lay(tmp_path, [APPLICATION], {"Tiliote.pdf": PDF, "Lasku.pdf": PDF})
    (folder / "attachments" / "1").unlink()
    (folder / "attachments" / "2").write_bytes(PDF + b" ")
    take_in(folder)
    assert {(line, reason) for _file, line, _field, reason in rejected()} == {
        (2, "content_missing"),
        (3, "content_missing"),
    }


def test_what_kela_takes_back_goes_with_all_that_was_done_to_it(tmp_path: Path) -> None:
    take_in(lay(tmp_path / "1", [APPLICATION, YOUNG], {"Tiliote.pdf": PDF}))
    client = client_of(county())
    client.post(f"{page_of(handling(1))}change/", {"do": "taken", "version": "1"})
    client.post(f"{page_of(handling(1))}answer/", {"outcome": "needs_met"})
    assert everything(Event)
    assert everything(Answer)
    second = deliver(tmp_path / "2", {"notifications.removed.csv": ["1", "99"]}, SECOND_DAY)
    take_in(second)
    assert [one.pk for one in everything(Notification)] == [7]
    for model in [Event, Answer, Attachment]:
        assert not everything(model)
    assert {one.notification_id for one in everything(Handling)} == {7}


def test_an_attachment_is_taken_back_by_itself(tmp_path: Path) -> None:
    take_in(lay(tmp_path / "1", [APPLICATION], {"Tiliote.pdf": PDF}))
    take_in(deliver(tmp_path / "2", {"notification_attachments.removed.csv": ["1"]}, SECOND_DAY))
    assert not everything(Attachment)
    assert everything(Notification)
