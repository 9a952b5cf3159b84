"""The place where seals are kept out of reach: each round of them is a file, written once."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, override

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages


class Altered(Exception):
    """Another file has the name already: somebody took away seals, or put a file there."""


class WriteOnce(FileSystemStorage):
    """A folder whose files appear whole or not at all, and are never written over."""

    @override
    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        if mode := self.directory_permissions_mode:
            with suppress(PermissionError):  # it is another's, who has set it
                target.parent.chmod(mode)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".") as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o444)
            target.hardlink_to(file.name)  # FileExistsError where there is one
        return name


def place() -> Storage:
    """Where anchors are, by the settings."""
    return storages["anchors"]


def name_of(round_number: int, made_at: datetime) -> str:
    """The name of a round's file."""
    return f"{made_at:%Y/%m/%d}/{round_number:012}.seals"


def put(name: str, content: bytes) -> None:
    """Writes a file, unless the same is there. Raises Altered where there is another, OSError or
    what the storage raises where it cannot be written."""
    if _has(name, content):
        return
    try:
        saved = place().save(name, ContentFile(content))
    except FileExistsError:
        saved = ""
    if saved != name and not _has(name, content):
        raise Altered(name)


def _has(name: str, content: bytes) -> bool:
    there = get(name)
    if there is None:
        return False
    if there != content:
        raise Altered(name)
    return True


def get(name: str) -> bytes | None:
    """What a file holds; None where there is none."""
    try:
        with place().open(name) as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None


def names(since: date = date.min) -> Iterator[str]:
    """The files there are, in the order in which they were written, from a day on."""
    for year in _folders(""):
        for month in _folders(year):
            for day in _folders(f"{year}/{month}"):
                if date(int(year), int(month), int(day)) >= since:
                    folder = f"{year}/{month}/{day}"
                    _inner, files = place().listdir(folder)
                    yield from (f"{folder}/{file}" for file in sorted(files) if file[0] != ".")


def newest_round() -> int:
    """The round of the newest file; 0 where there is none."""
    folder = ""
    for _level in ("year", "month", "day"):
        inner = _folders(folder)
        if not inner:
            return 0
        folder = f"{folder}/{inner[-1]}".lstrip("/")
    _inner, files = place().listdir(folder)
    return max(map(round_of, files), default=0)


def _folders(path: str) -> list[str]:
    try:
        folders, _files = place().listdir(path)
    except FileNotFoundError:
        return []
    return sorted(name for name in folders if name.isdecimal())


def round_of(name: str) -> int:
    """The round of a file; 0 where the name is none of ours."""
    stem = name.rpartition("/")[2].removesuffix(".seals")
    return int(stem) if stem.isdecimal() else 0
