"""Whatever a superuser does to a sealed row is found, and whose it was."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connections, transaction
from pytest_django import Settings

from audit import anchors, sealing, services, state, verifying
from audit.models import ActKind
from audit.seals import Seal, new_key, sign
from audit.verifying import Finding, Kind, chain, findings
from demo.environment import Urls
from tests.audit.sealed import Log, log_of
from tests.audit.tampering import TAMPERINGS, Tampering, chance, edit

TIMES = 2


@pytest.fixture
def log(fresh_db: Urls, settings: Settings, tmp_path: Path) -> Log:
    log = log_of(fresh_db, settings, tmp_path / "anchors")
    log.fill(rounds=3, acts=2)
    return log


def require_found(log: Log, tampering: Tampering, seed: int) -> None:
    """Let it be done, and require that it is found, whether all is verified or one's own."""
    with log.tampering() as superuser:
        whose = tampering(superuser, chance(seed))
        told = log.findings()
        assert whose in {one.organisation for one in told}, (tampering, seed, told)
        assert all(one.until for one in told)
        assert {one.organisation for one in log.findings(whose)} == {whose}


def test_all_is_in_order_where_nobody_did_anything(log: Log) -> None:
    log.act()  # not sealed yet
    result = verifying.verify()
    assert (result.findings, result.seals, result.rows) == ([], 9, 3 * (1 + 2 * 2 * 4))
    assert log.findings(1) == log.findings(0) == log.findings(77) == []


def test_whatever_is_done_is_found(log: Log) -> None:
    for tampering in TAMPERINGS:  # one log for all: each is taken back
        for seed in range(TIMES):
            require_found(log, tampering, seed)
    assert log.findings() == []


@pytest.mark.long
@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda one: one.__name__)
def test_it_is_found_every_time(log: Log, tampering: Tampering) -> None:
    for seed in range(100):
        require_found(log, tampering, seed)
    assert log.findings() == []


def test_a_finding_names_the_interval(log: Log) -> None:
    with log.tampering() as superuser:
        whose = edit(superuser, chance(3))
        (found,) = log.findings()
    times = [seal.told["made_at"] for seal in all_seals() if seal.organisation == whose]
    assert found.organisation == whose
    assert found.until in times
    assert found.since in {"", *times}
    assert found.since < found.until


def test_the_newest_seals_of_all_are_missed_by_their_anchors(log: Log) -> None:
    with log.tampering() as superuser:
        newest = "(SELECT max(round) FROM audit_seal)"
        superuser.execute(f"DELETE FROM audit_seal WHERE round = {newest}".encode())  # noqa: S608 - names of ours
        for table in ("audit_entry", "audit_entry_person", "audit_shown"):
            superuser.execute(
                f"DELETE FROM {table} WHERE transaction >= (SELECT max((content::jsonb->>'until')"  # noqa: S608 - names of ours
                "::bigint) FROM audit_seal)".encode()
            )
        found = log.findings()
        assert {(one.organisation, one.kind, one.about["seal"]) for one in found} == {
            (whose, Kind.SEAL_LOST, 3) for whose in (0, 1, 2)
        }
        assert {one.organisation for one in log.findings(1)} == {1}


def test_whoever_seals_anew_with_another_key_is_found_twice(log: Log, settings: Settings) -> None:
    with log.tampering() as superuser:
        edit(superuser, chance(1))
        trusted = settings.LOG_SEAL_KEY
        settings.LOG_SEAL_KEY = new_key()[0]
        superuser.execute("DELETE FROM audit_seal")
        sealing.seal()
        settings.LOG_SEAL_KEY = trusted
        told = {one.kind for one in log.findings()}
    assert Kind.SEAL_UNSIGNED in told
    assert told & {Kind.SEAL_NOT_ANCHORED, Kind.SEAL_LOST}


def test_even_with_the_key_nobody_seals_anew_unseen(log: Log) -> None:
    with log.tampering() as superuser:
        last = [seal for seal in all_seals() if seal.organisation == 1][-1]
        forged = sign(last.told | {"rows": {}})
        superuser.execute(
            "UPDATE audit_seal SET content = %s, signature = %s"
            " WHERE organisation_id = 1 AND number = %s",
            [forged.content, forged.signature, last.number],
        )
        assert (Kind.SEAL_NOT_ANCHORED, 3) in of_seals(log.findings())


def test_an_anchor_that_is_gone_or_changed_is_found(log: Log) -> None:
    first, second, _third = anchors.names()
    (log.anchors / first).unlink()
    path = log.anchors / second
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b'"rows"', b'"lines"', 1))
    told = of_seals(log.findings())
    assert (Kind.ANCHOR_MISSING, 1) in told
    assert (Kind.SEAL_NOT_ANCHORED, 2) in told
    for unreadable in (b"\xff no seals", b"no seal\tat all\n", b"{}\t00\n"):
        path.write_bytes(unreadable)
        assert (Kind.SEAL_NOT_ANCHORED, 2) in of_seals(log.findings())


def test_in_bundles_and_in_one_piece_it_is_the_same(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = verifying.verify()
    monkeypatch.setattr(chain, "SEALS_OF_A_BUNDLE", 1)
    assert verifying.verify() == whole
    for seed in range(5):
        with log.tampering() as superuser:
            whose = edit(superuser, chance(seed))
            assert [one.organisation for one in log.findings()] == [whose]


def test_before_the_first_seal_all_is_in_order(
    fresh_db: Urls, settings: Settings, tmp_path: Path
) -> None:
    unsealed = log_of(fresh_db, settings, tmp_path / "nowhere")
    unsealed.act()
    assert unsealed.findings() == []


def test_several_processes_find_what_one_finds(
    log: Log, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "SEALS_OF_A_BUNDLE", 1)  # more bundles than are under way at once
    log.fill(rounds=4, acts=1)
    (log.anchors / next(anchors.names())).unlink()
    monkeypatch.setenv("DATABASE_SEALER_URL", log.urls.sealer)
    monkeypatch.setenv("LOG_ANCHORS", str(log.anchors))
    monkeypatch.setenv("LOG_SEAL_PUBLIC_KEYS", ",".join(settings.LOG_SEAL_PUBLIC_KEYS))
    alone, together = verifying.verify(), verifying.verify(processes=2)
    assert together.rows == alone.rows
    assert sorted(map(str, together.findings)) == sorted(map(str, alone.findings))
    assert len(alone.findings) == 3


def test_since_leaves_out_what_is_older(log: Log) -> None:
    now = datetime.now(UTC)
    log.fill(rounds=1)
    assert verifying.verify(since=now).seals == 3
    assert verifying.verify(since=now + timedelta(days=1)).seals == 0
    with log.tampering() as superuser:
        superuser.execute("DELETE FROM audit_seal WHERE organisation_id = 1 AND number = 4")
        with transaction.atomic(using="sealer"):
            connections["sealer"].connection.execute("SET LOCAL ROLE kelmu_sealer")
            found = verifying.verify(since=now).findings
        assert {one.organisation for one in found} == {1}


class TestTheCommand:
    def test_says_that_all_is_in_order(self, log: Log) -> None:
        assert told_by() == "51 rows, 9 seals\n"
        assert state.alarms() == []

    def test_exits_with_1_and_names_what_it_found(self, log: Log) -> None:
        with log.tampering() as superuser:
            whose = edit(superuser, chance(2))
            with pytest.raises(CommandError) as failed:
                told_by()
        assert failed.value.returncode == 1
        assert whose in {0, 1, 2}

    def test_takes_one_organisation_and_a_day(self, log: Log) -> None:
        assert told_by("--organisation=1", "--since=2026-01-01").endswith("3 seals\n")

    def test_exits_with_2_where_no_key_is_known(self, log: Log, settings: Settings) -> None:
        settings.LOG_SEAL_KEY, settings.LOG_SEAL_PUBLIC_KEYS = "", []
        with pytest.raises(CommandError, match="LOG_SEAL_PUBLIC_KEYS") as failed:
            told_by()
        assert failed.value.returncode == 2

    def test_exits_with_2_where_the_anchors_cannot_be_read(self, log: Log) -> None:
        log.anchors.rename(log.anchors.with_suffix(".away"))
        log.anchors.touch()
        with pytest.raises(CommandError, match="NotADirectoryError") as failed:
            told_by()
        assert failed.value.returncode == 2


def test_a_finding_stands_until_the_whole_log_is_in_order(log: Log) -> None:
    path = log.anchors / next(anchors.names())
    moved = path.rename(path.with_suffix(".moved"))
    verifying.verify_in_time()
    assert state.alarms() == [state.ALTERED]
    verifying.verify_and_record(organisation=77)
    assert state.alarms() == [state.ALTERED]
    moved.rename(path)
    verifying.verify_and_record()
    assert state.alarms() == []


def test_what_is_acknowledged_alarms_no_more_but_anything_else_does(log: Log) -> None:
    first, second, *_rest = [log.anchors / name for name in anchors.names()]
    first.rename(first.with_suffix(".lost"))
    verifying.verify_and_record()
    with pytest.raises(DatabaseError, match="says why"), transaction.atomic():
        state.acknowledge(acknowledging(reason=""), state.newest_verification())
    with transaction.atomic():
        assert state.acknowledge(acknowledging(reason="Varmuuskopio"), 0) == 0
    acknowledge_all()
    verifying.verify_and_record()
    assert not state.alarms()
    assert not state.standing()
    second.rename(second.with_suffix(".lost"))
    verifying.verify_and_record()
    assert state.alarms() == [state.ALTERED]


def test_what_is_acknowledged_hides_no_further_change_of_the_same_rows(log: Log) -> None:
    for column in ("purpose", "case_reference", "purpose"):
        with log.tampering(for_good=True) as superuser:
            edited = f"UPDATE audit_entry SET {column} = 'x' || {column}"  # noqa: S608 - names of ours
            superuser.execute(f"{edited} WHERE organisation_id = 1".encode())
        verifying.verify_and_record()
        assert state.alarms() == [state.ALTERED]
        acknowledge_all()
        verifying.verify_and_record()
        assert state.alarms() == []


def test_more_findings_than_are_kept_alarm_whatever_is_acknowledged(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "MOST_FINDINGS", 1)
    for name in list(anchors.names())[:2]:
        (log.anchors / name).unlink()
    verifying.verify_and_record()
    acknowledge_all()
    assert state.alarms() == []
    verifying.verify_and_record()
    assert [one.kind for one in state.standing()] == [Kind.MORE]


def acknowledge_all() -> None:
    with transaction.atomic():
        entry = acknowledging(reason="Levy rikkoutui")
        assert state.acknowledge(entry, state.newest_verification()) > 0


def of_seals(findings: list[Finding]) -> set[tuple[Kind, str | int]]:
    """What was found of which seals."""
    return {(one.kind, one.about["seal"]) for one in findings if "seal" in one.about}


def acknowledging(reason: str) -> UUID:
    """The row of somebody at Kela's oversight."""
    act = ActKind.ACKNOWLEDGE_FINDINGS
    return services.write(services.Row(act=act, office="oversight", details={"reason": reason}))


def test_a_log_that_nobody_verifies_is_told(log: Log, settings: Settings) -> None:
    settings.LOG_VERIFY_EVERY = timedelta(seconds=-1)
    assert state.alarms() == [state.NOT_VERIFIED]
    verifying.verify_in_time()
    settings.LOG_VERIFY_EVERY = timedelta(hours=1)
    assert state.alarms() == []
    verifying.verify_in_time()
    assert verifications() == 1  # it was in time


def verifications() -> int:
    with connections["sealer"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_verification")
        (number,) = cursor.fetchone()
    return int(number)


def told_by(*words: str) -> str:
    output = StringIO()
    call_command("verify_log", "--processes=1", *words, stdout=output)
    return output.getvalue()


def all_seals() -> list[Seal]:
    with connections["sealer"].cursor() as cursor:
        cursor.execute("SELECT content, signature FROM audit_seal ORDER BY round, organisation_id")
        return [Seal(*row) for row in cursor.fetchall()]
