"""A delivery as it lies in its folder: the manifest, and the files that it vouches for."""

import csv
import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from intake.feeds import Feed, registered

MANIFEST = "manifest.toml"


class IntakeError(Exception):
    """A delivery that cannot be taken in. The message says why, and never what a row says."""


@dataclass(frozen=True, slots=True)
class File:
    path: Path
    feed: Feed
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Delivered:
    source: str
    made_at: datetime
    files: tuple[File, ...]  # in the order in which they are taken in

    @property
    def digest(self) -> str:
        """SHA-256 of who made it when and what is in it: the same again is the same."""
        said = [self.source, self.made_at.isoformat()]
        said += [f"{file.path.name} {file.sha256}" for file in self.files]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def read(paths: Sequence[Path]) -> Iterator[Delivered]:
    """A delivery for each folder: all of its files, or those that were named one by one."""
    for folder, group in groupby(paths, lambda path: path if path.is_dir() else path.parent):
        yield _delivered(folder, {path.name for path in group if path != folder})


def write(
    folder: Path,
    name: str,
    columns: Iterable[str],
    rows: Sequence[Iterable[object]],
    *,
    source: str,
    made_at: datetime,
) -> None:
    """Writes a delivery of one CSV file, with its manifest."""
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    told = f'source = "{source}"\nmade_at = {made_at.isoformat(timespec="seconds")}\n\n[files]\n'
    promised = f'"{name}" = {{ rows = {len(rows)}, sha256 = "{digest}" }}\n'
    (folder / MANIFEST).write_text(told + promised, encoding="utf-8")


def _delivered(folder: Path, wanted: set[str]) -> Delivered:
    manifest = _manifest(folder / MANIFEST)
    promised = _take(manifest, "files", dict)
    _compare(folder, set(promised), wanted)
    return Delivered(
        source=_take(manifest, "source", str),
        made_at=_instant(_take(manifest, "made_at", datetime)),
        files=tuple(
            _file(folder / feed.file, feed, promised[feed.file])
            for feed in registered()
            if feed.file in (wanted or promised)
        ),
    )


def _manifest(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise IntakeError(f"{path.parent} has no {MANIFEST}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise IntakeError(f"{MANIFEST} cannot be read: {error}.") from error


def _take[T](table: dict[str, Any], key: str, kind: type[T]) -> T:
    value = table.get(key)
    if type(value) is not kind:
        raise IntakeError(f"{MANIFEST}: {key} is missing or not of its type.")
    return value


def _instant(made_at: datetime) -> datetime:
    if made_at.tzinfo is None:
        raise IntakeError(f"{MANIFEST}: made_at must tell its distance from UTC.")
    return made_at


def _compare(folder: Path, promised: set[str], wanted: set[str]) -> None:
    """Every file is promised by the manifest, there, and of a feed that somebody knows."""
    there = {path.name for path in folder.glob("*.csv")}
    for names, fault in [
        (promised - there, "the manifest promises it, but it is not there"),
        ((wanted or there) - promised, "the manifest does not name it"),
        (promised - {feed.file for feed in registered()}, "no feed has a file of that name"),
    ]:
        if names:
            raise IntakeError(f"{', '.join(sorted(names))}: {fault}.")


def _file(path: Path, feed: Feed, promise: dict[str, Any]) -> File:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != _take(promise, "sha256", str):
        raise IntakeError(f"{path.name} is not what the manifest says: its SHA-256 is another.")
    return File(path, feed, _take(promise, "rows", int), digest)
