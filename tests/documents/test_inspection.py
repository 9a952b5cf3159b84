"""What is wrong with a file is found, whatever it is called; what is right is taken."""

import io
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

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
def test_a_bomb_costs_two_seconds_and_200_mb_at_most(name: str, tmp_path: Path) -> None:
    make, faults = BOMBS[name]
    telling = tmp_path / "child.py"
    status = "sys.stderr.write(open('/proc/self/status').read())"
    telling.write_text(f"{files.CHILD.read_text()}    {status}\n")
    before = seconds_of_children()
    with tempfile.TemporaryFile() as file:
        file.write(make())
        file.seek(0)
        kind = files.type_of(file.read(files.HEAD))
        file.seek(0)
        command = [sys.executable, "-I", str(telling), kind.value]
        done = subprocess.run(command, stdin=file, capture_output=True, text=True, check=False)
    assert (done.stdout or ("too_heavy" if done.returncode else "")) in faults
    assert seconds_of_children() - before <= 2.5  # with the start of Python
    if not done.returncode:  # else its limit has ended it
        (most,) = re.findall(r"VmHWM:\s+(\d+) kB", done.stderr)
        assert int(most) <= 200 * 1024


def seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize(
    ("greed", "why"),
    [("x = bytearray(10**9)", "MemoryError"), ("while True: pass", "")],
)
def test_whoever_takes_too_much_is_ended(
    greed: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    greedy = tmp_path / "child.py"
    own = files.CHILD.read_text().replace("CPU_SECONDS = 2", "CPU_SECONDS = 1")
    greedy.write_text(own.replace("    sys.stdout.write(", f"    {greed}\n    sys.stdout.write("))
    monkeypatch.setattr(files, "CHILD", greedy)
    with pytest.raises(files.Refused) as refused:
        inspected(pdf())
    assert refused.value.fault is Fault.TOO_HEAVY
