"""What is wrong with a file is found, whatever it is called; what is right is taken."""

import io
import tempfile
import time
from typing import Any

import pytest

from documents.inspecting import child, files
from documents.words import Fault, FileType
from tests.documents.hostile import BOMBS, GOOD, HOSTILE, pdf


def looked_at(content: bytes) -> str:
    """As `files.inspect`, without a process for each file: what the child says in this one."""
    try:
        kind = files.type_of(content[: files.HEAD])
    except files.Refused as refused:
        return refused.fault.value
    return child.main(kind.value, io.BytesIO(content))


def inspected(content: bytes) -> FileType:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        return files.inspect(file)


@pytest.mark.filterwarnings("ignore")  # of Pillow, about what is damaged
def test_each_hostile_file_has_its_fault() -> None:
    assert len(HOSTILE) >= 40
    found = {name: looked_at(make()) for name, (make, _fault) in HOSTILE.items()}
    assert found == {name: fault for name, (_make, fault) in HOSTILE.items()}


def test_each_fault_has_words_for_people() -> None:
    assert {fault for _make, fault in HOSTILE.values()} <= set(Fault.values)


def test_good_files_are_taken_as_what_they_are() -> None:
    told = {
        name: (looked_at(make()), files.type_of(make()).value) for name, (make, _) in GOOD.items()
    }
    assert told == {name: ("", kind) for name, (_make, kind) in GOOD.items()}


def test_a_file_is_looked_at_in_a_process_of_its_own() -> None:
    assert inspected(pdf()) is FileType.PDF
    with pytest.raises(files.Refused) as refused:
        inspected(pdf()[:-300])
    assert refused.value.fault is Fault.DAMAGED


@pytest.mark.long
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_two_seconds_at_most(name: str) -> None:
    make, faults = BOMBS[name]
    content, started = make(), time.process_time()
    try:
        fault = ""
        inspected(content)
    except files.Refused as refused:
        fault = refused.fault.value
    assert fault in faults
    assert time.process_time() - started < 1  # of ours; the child's own time is limited


@pytest.mark.parametrize(
    ("greed", "why"),
    [("x = bytearray(10**9)", "MemoryError"), ("while True: pass", "")],
)
def test_whoever_takes_too_much_is_ended(
    greed: str, why: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    greedy = tmp_path / "child.py"
    own = files.CHILD.read_text().replace("CPU_SECONDS = 2", "CPU_SECONDS = 1")
    greedy.write_text(own.replace("    sys.stdout.write(", f"    {greed}\n    sys.stdout.write("))
    monkeypatch.setattr(files, "CHILD", greedy)
    with pytest.raises(files.Refused) as refused:
        inspected(pdf())
    assert refused.value.fault is Fault.TOO_HEAVY
