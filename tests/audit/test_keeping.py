"""The log leaves as JSON lines, and months go when they are older than the log is kept."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from pytest_django import Settings

from audit import sealing
from demo.environment import Urls
from tests.audit.log import ENTRY, act_for, write
from tests.audit.sealed import Log, log_of

OLD = datetime(2013, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def log(fresh_db: Urls, settings: Settings, tmp_path: Path) -> Log:
    return log_of(fresh_db, settings, tmp_path / "anchors")


def write_old(log: Log, at: datetime = OLD) -> None:
    """Rows of a month of long ago, one of each of two organisations."""
    with psycopg.connect(log.urls.owner) as owner:
        owner.execute("SELECT audit_add_month(%s)", [at.date()])
        for organisation in (1, 2):
            row = ENTRY | {"id": str(uuid4()), "at": str(at), "organisation_id": organisation}
            row |= {"transaction": 0}
            owner.execute(
                "INSERT INTO audit_entry"
                " SELECT (jsonb_populate_record(NULL::audit_entry, %s::jsonb)).*",
                [json.dumps(row)],
            )


class TestAMonth:
    def test_of_long_ago_goes_and_the_rest_stays_verifiable(self, log: Log) -> None:
        write_old(log)
        log.fill(rounds=2, acts=1)
        call_command("remove_log_month", "2013-11", stdout=(told := StringIO()))
        assert told.getvalue() == "2013-11: 2 rows removed\n"
        assert log.findings() == []
        sealing.seal_and_anchor()
        assert removed(log) == [{"month": "2013-11", "rows": 2}]
        with log.tampering() as superuser:
            superuser.execute("DELETE FROM audit_entry WHERE organisation_id = 2")
            assert {one.organisation for one in log.findings()} == {2}

    def test_that_is_kept_is_not_removed(self, log: Log) -> None:
        with pytest.raises(CommandError, match="is kept for 12 years"):
            call_command("remove_log_month", f"{datetime.now(UTC):%Y-%m}")

    def test_is_kept_five_years_whatever_the_setting(self, log: Log, settings: Settings) -> None:
        settings.LOG_KEEP_YEARS = 0
        with pytest.raises(CommandError, match="is kept for 5 years"):
            call_command("remove_log_month", f"{datetime.now(UTC) - timedelta(days=1800):%Y-%m}")

    @pytest.mark.parametrize("month", ["2013-01", "November"])
    def test_that_is_none_is_told(self, log: Log, month: str) -> None:
        with pytest.raises(CommandError, match=r"There is no log of|Tell the month"):
            call_command("remove_log_month", month)

    def test_is_not_removed_without_the_login_of_the_owner(
        self, log: Log, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delitem(connections.settings, "owner")
        with pytest.raises(CommandError, match="DATABASE_OWNER_URL"):
            call_command("remove_log_month", "2013-11")

    def test_that_goes_too_early_is_found(self, log: Log) -> None:
        log.fill(rounds=1, acts=1)
        with log.tampering() as superuser:
            for table in ("audit_entry", "audit_entry_person", "audit_shown"):
                name = f"{table}_{datetime.now(UTC):%Y_%m}"
                superuser.execute(f"DROP TABLE {name}".encode())
            assert {one.organisation for one in log.findings()} == {0, 1, 2}

    def test_is_the_owner_s_to_remove(self, log: Log) -> None:
        with (
            psycopg.connect(log.urls.application) as app,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            app.execute("SELECT audit_remove_month('2013-11-01', 12)")


def removed(log: Log) -> list[object]:
    with psycopg.connect(log.urls.owner) as owner:
        found = owner.execute("SELECT details FROM audit_entry WHERE act = 'remove_log_month'")
        return [details for (details,) in found]


class TestTheExport:
    def test_has_a_line_for_each_act_with_its_people_and_what_was_shown(
        self, log: Log, tmp_path: Path
    ) -> None:
        person = uuid4()
        with psycopg.connect(log.urls.application) as app:
            act_for(app, 1)
            written = write(app, person, organisation_id=1, details={"say": 'a "line"\nand one'})
            app.execute("SELECT audit_show(%s, 7, %s)", [written, bytes(32)])
        (line,) = exported(tmp_path, "--organisation=1")
        assert (UUID(line["id"]), line["persons"]) == (written, [str(person)])
        assert line["details"] == {"say": 'a "line"\nand one'}
        assert [(seen["number"], seen["digest"]) for seen in line["seen"]] == [(7, "00" * 32)]

    def test_is_in_the_log_itself(self, log: Log, tmp_path: Path) -> None:
        exported(tmp_path)
        (line,) = exported(tmp_path)[:1]
        assert (line["act"], line["office"]) == ("export_log", "command")

    def test_leaves_out_what_is_not_of_the_interval(self, log: Log, tmp_path: Path) -> None:
        log.act()
        tomorrow = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"
        assert exported(tmp_path, since=tomorrow, until="2099-01-01") == []
        with pytest.raises(CommandError, match="ends before it begins"):
            exported(tmp_path, since="2099-01-01", until=tomorrow)

    def test_takes_instants_too(self, log: Log, tmp_path: Path) -> None:
        log.act(acts=1)
        now = datetime.now(UTC)
        for since in (
            now - timedelta(minutes=1),
            (now - timedelta(minutes=1)).replace(tzinfo=None),
        ):
            until = now + timedelta(seconds=1)
            lines = exported(tmp_path, since=since.isoformat(), until=until.isoformat())
            assert {"login", "open"} <= {line["act"] for line in lines}
        with pytest.raises(CommandError, match="yesterday"):
            exported(tmp_path, since="yesterday")

    def test_goes_to_the_output_where_no_file_is_named(
        self, log: Log, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        log.act(acts=1)
        call_command("export_log", "2026-01-01", "2099-01-01", stderr=StringIO())
        told = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
        assert {"login", "open", "export_log"} <= {line["act"] for line in told}

    def test_needs_the_login_of_the_sealer(
        self, log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delitem(connections.settings, "sealer")
        with pytest.raises(CommandError, match="DATABASE_SEALER_URL"):
            exported(tmp_path)


def exported(
    folder: Path, *words: str, since: str = "2026-01-01", until: str = "2099-01-01"
) -> list[dict[str, Any]]:
    file = folder / "log.jsonl"
    call_command("export_log", since, until, f"--to={file}", *words, stderr=StringIO())
    return [json.loads(line) for line in file.read_text().splitlines()]
