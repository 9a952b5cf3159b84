"""Each organisation's rows are sealed, numbered, linked, signed and anchored, each exactly once."""

import json
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any, override

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from audit import anchors, lines, sealing, seals, state
from audit.anchors import Altered, WriteOnce
from audit.lines import Span
from audit.sealing import Behind
from audit.seals import Seal
from audit.verifying import Kind
from demo.environment import Urls
from tests.audit.log import act_for, write
from tests.audit.sealed import Log, anchor_at, log_of


@pytest.fixture
def log(fresh_db: Urls, settings: Settings, tmp_path: Path) -> Log:
    return log_of(fresh_db, settings, tmp_path / "anchors")


def all_seals(log: Log) -> list[Seal]:
    with psycopg.connect(log.urls.sealer) as sealer:
        found = sealer.execute(
            "SELECT content, signature FROM audit_seal ORDER BY organisation_id, number"
        )
        return [Seal(*row) for row in found]


def rows_sealed(log: Log) -> int:
    parts = [part for seal in all_seals(log) for part in seal.told["rows"].values()]
    return sum(number for number, _digest in parts)


def test_seals_are_numbered_linked_and_signed(log: Log) -> None:
    log.fill(rounds=3)
    for organisation in (0, 1, 2):
        own = [seal for seal in all_seals(log) if seal.organisation == organisation]
        assert [seal.number for seal in own] == [1, 2, 3]
        assert [seal.told["previous"] for seal in own] == ["", own[0].digest, own[1].digest]
        assert all(seal.is_signed(seals.public_keys()) for seal in own)
    assert log.findings() == []


def test_where_nothing_was_written_there_is_no_seal(log: Log) -> None:
    log.fill(rounds=1)
    before = all_seals(log)
    sealing.seal_and_anchor()
    assert all_seals(log) == before


def test_what_is_sealed_is_what_copy_writes(log: Log) -> None:
    log.fill(rounds=1, acts=1)
    login = next(seal for seal in all_seals(log) if seal.organisation == 0)
    ((number, digest),) = login.told["rows"].values()
    with psycopg.connect(log.urls.sealer) as sealer:
        sealer.execute("SET TimeZone = 'UTC'")
        line = sealer.execute(
            "SELECT encode(sha256(convert_to(concat_ws(E'\\t', '\\N', transaction, at, id,"
            " rule_date, act, outcome, channel, '\\N', '\\N', '\\N', office, agreement, mandates,"
            " purpose, laws, rulebook, '\\N', '\\N', data_groups, '\\N', case_reference, details)"
            " || E'\\n', 'UTF8')), 'hex') FROM audit_entry WHERE organisation_id IS NULL"
        )
        assert [number, digest] == [1, line.fetchone()[0]]  # type: ignore[index]  # there is a row


def test_a_row_that_commits_late_is_sealed_later_and_keeps_nobody_waiting(log: Log) -> None:
    with psycopg.connect(log.urls.application) as slow:
        act_for(slow, 1)
        write(slow, organisation_id=1)
        log.fill(rounds=2, acts=1)
        sealed = rows_sealed(log)
        assert sealed == 2 * (1 + 2 * 4)  # an act has its row, two persons, and what was shown
        slow.commit()
    assert log.findings() == []  # it waits for its seal
    sealing.seal_and_anchor()
    assert rows_sealed(log) == sealed + 1
    assert log.findings() == []


def test_what_was_written_in_a_transaction_that_failed_is_missed_by_nobody(log: Log) -> None:
    with psycopg.connect(log.urls.application) as failing:
        act_for(failing, 1)
        write(failing, organisation_id=1)
        log.fill(rounds=1)
        failing.rollback()
    log.fill(rounds=1)
    assert log.findings() == []


def test_one_of_several_workers_seals(log: Log) -> None:
    log.act()
    with psycopg.connect(log.urls.sealer) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext('audit_seal'))")
        assert sealing.seal() == 0
    assert sealing.seal() == 3
    with psycopg.connect(log.urls.sealer) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext('audit_seal'))")
        sealing.anchor()
    assert list(anchors.names()) == []


def test_an_anchor_holds_the_seals_of_its_round(log: Log) -> None:
    log.fill(rounds=2)
    told = [anchors.get(name) for name in anchors.names()]
    assert [len((content or b"").splitlines()) for content in told] == [3, 3]
    content, signature = (told[0] or b"").decode().splitlines()[0].split("\t")
    assert json.loads(content)["organisation"] == 0
    assert Seal(content, signature) in all_seals(log)


def test_an_anchor_is_never_written_over(log: Log) -> None:
    log.fill(rounds=1)
    (name,) = anchors.names()
    content = anchors.get(name) or b""
    anchors.put(name, content)  # as after a crash between writing it and noting that
    with pytest.raises(Altered):
        anchors.put(name, content + b"more")
    assert anchors.get(name) == content
    assert (log.anchors / name).stat().st_mode & 0o222 == 0


class Forestalled(WriteOnce):
    """A place where somebody else writes the file a moment earlier."""

    first = b"seals"

    @override
    def _save(self, name: str, content: Any) -> str:
        super()._save(name, ContentFile(self.first))
        return super()._save(name, content)


def test_whoever_anchors_the_same_at_the_same_time_is_no_forger(
    settings: Settings, tmp_path: Path
) -> None:
    own = {"BACKEND": f"{__name__}.Forestalled", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"anchors": own}
    anchors.put("2026/11/20/1.seals", b"seals")
    with pytest.raises(Altered):
        anchors.put("2026/11/20/2.seals", b"other seals")
    assert [anchors.get(name) for name in anchors.names()] == [b"seals", b"seals"]


class Renaming(FileSystemStorage):
    """A place that writes files under names of its own."""

    @override
    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return f"{name}.1"


def test_a_place_that_renames_files_keeps_no_anchors(settings: Settings, tmp_path: Path) -> None:
    own = {"BACKEND": f"{__name__}.Renaming", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"anchors": own}
    with pytest.raises(Altered):
        anchors.put("2026/11/20/1.seals", b"seals")


def test_folders_of_anchors_are_open_to_whom_the_settings_say(
    settings: Settings, tmp_path: Path
) -> None:
    options = {"location": str(tmp_path), "directory_permissions_mode": 0o2750}
    own = {"BACKEND": "audit.anchors.WriteOnce", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"anchors": own}
    anchors.put("2026/11/20/1.seals", b"seals")
    assert (tmp_path / "2026/11/20").stat().st_mode & 0o7777 == 0o2750


def test_when_anchors_cannot_be_written_health_says_so_and_all_catches_up(
    log: Log, settings: Settings, tmp_path: Path
) -> None:
    log.fill(rounds=1)
    assert state.alarms() == []
    (tmp_path / "a file").write_text("where a folder should be")
    anchor_at(settings, tmp_path / "a file" / "anchors")
    log.fill(rounds=2)
    with psycopg.connect(log.urls.owner) as owner:
        owner.execute("UPDATE audit_sealing SET anchored_until = now() - interval '16 minutes'")
    settings.LOG_ANCHOR_MAX_AGE = timedelta(minutes=15)
    answer = Client().get("/health/alarms")
    assert (answer.status_code, answer.json()["access_log"]) == (503, [state.ANCHORS_LATE])
    ready = Client().get("/health/ready")
    assert (ready.status_code, ready.json()["access_log"]) == (200, [state.ANCHORS_LATE])
    anchor_at(settings, log.anchors)
    sealing.seal_and_anchor()
    assert len(list(anchors.names())) == 3
    assert Client().get("/health/alarms").status_code == 200
    assert log.findings() == []


def test_a_seal_without_an_anchor_yet_is_no_finding(log: Log) -> None:
    log.fill(rounds=1)
    log.act()
    sealing.seal()
    assert log.findings() == log.findings(1) == []


def test_without_a_key_nothing_is_sealed(log: Log, settings: Settings) -> None:
    log.act()
    settings.LOG_SEAL_KEY = ""
    with pytest.raises(ImproperlyConfigured, match="make_seal_key"):
        sealing.seal()
    for wrong in ("c2hvcnQ=", "no base64!"):
        settings.LOG_SEAL_KEY = wrong
        with pytest.raises(ImproperlyConfigured, match="32 bytes"):
            sealing.seal()


def test_a_new_key_seals_on_and_the_old_one_is_trusted_by_its_public_half(
    log: Log, settings: Settings
) -> None:
    log.fill(rounds=1)
    settings.LOG_SEAL_KEY, new = seals.new_key()
    log.fill(rounds=1)
    assert log.findings() == []
    settings.LOG_SEAL_KEY, settings.LOG_SEAL_PUBLIC_KEYS = "", [new]
    assert {one.kind for one in log.findings()} == {Kind.SEAL_UNSIGNED}


def test_a_database_that_counts_transactions_anew_is_not_sealed(log: Log) -> None:
    log.fill(rounds=1)
    with log.tampering() as superuser:
        superuser.execute(
            "UPDATE audit_seal SET content = regexp_replace(content, '\"until\":\\d+',"
            " '\"until\":99999999999')"
        )
        with pytest.raises(Behind):
            sealing.seal()


def test_the_sealer_changes_nothing_of_the_log(log: Log) -> None:
    log.fill(rounds=1)
    with psycopg.connect(log.urls.sealer, autocommit=True) as sealer:
        for statement in (
            "DELETE FROM audit_entry",
            "INSERT INTO audit_entry SELECT * FROM audit_entry",
            "UPDATE audit_seal SET content = ''",
            "DELETE FROM audit_seal",
            "TRUNCATE audit_verification",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                sealer.execute(statement.encode())


def test_what_commits_between_looking_and_reading_waits_for_the_next_seal(log: Log) -> None:
    log.act()
    span = Span(0, 1 << 62)
    with psycopg.connect(log.urls.sealer) as sealer:
        by_all = {line.transaction for line in lines.read(sealer.cursor(), span)}
        but_one = min(by_all)
        read = {one.transaction for one in lines.read(sealer.cursor(), span, skipped={but_one})}
    assert read == by_all - {but_one}


def test_a_made_key_seals_and_verifies(log: Log, settings: Settings) -> None:
    call_command("make_seal_key", stdout=(told := StringIO()))
    made = dict(re.findall(r"^(\w+)=(.+)$", told.getvalue(), re.MULTILINE))
    settings.LOG_SEAL_KEY = made["LOG_SEAL_KEY"]
    settings.LOG_SEAL_PUBLIC_KEYS = []
    log.fill(rounds=1)
    settings.LOG_SEAL_KEY, settings.LOG_SEAL_PUBLIC_KEYS = "", [made["LOG_SEAL_PUBLIC_KEYS"]]
    assert log.findings() == []
