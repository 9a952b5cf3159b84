"""Tables of a TOML file, taken apart strictly: nothing unknown, nothing left over."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any


class RulebookError(Exception):
    """The rulebook's file is wrong; the message says where and how."""


class Table:
    """One table of the file; each key is taken once."""

    def __init__(self, where: str, fields: Any) -> None:
        self.where = where
        if not isinstance(fields, dict):
            raise self.error("must be a table")
        self._fields: dict[str, Any] = dict(fields)

    def __contains__(self, key: str) -> bool:
        return key in self._fields

    def error(self, message: str) -> RulebookError:
        return RulebookError(f"{self.where}: {message}" if self.where else message)

    def read[Thing](self, reader: Callable[["Table"], Thing]) -> Thing:
        """What the reader makes of the table; a key that it did not take is a mistake."""
        thing = reader(self)
        if self._fields:
            raise self.error(f"unknown key {next(iter(self._fields))!r}")
        return thing

    def take[Value](self, key: str, kind: type[Value]) -> Value:
        if key not in self:
            raise self.error(f"{key} is missing")
        value = self._fields.pop(key)
        # Not isinstance: True would pass for an int, a moment for a date.
        if type(value) is not kind:
            raise self.error(f"{key} must be of type {kind.__name__}")
        return value

    def text(self, key: str) -> str:
        if not (text := self.take(key, str)):
            raise self.error(f"{key} is empty")
        return text

    def texts(self) -> dict[str, str]:
        return {key: self.text(key) for key in list(self._fields)}

    def table(self, key: str) -> "Table":
        return Table(f"{self.where} {key}".strip(), self.take(key, dict))

    def tables[Thing](self, reader: Callable[["Table"], Thing]) -> dict[str, Thing]:
        return {key: self.table(key).read(reader) for key in list(self._fields)}

    def rows[Row](self, key: str, reader: Callable[["Table"], Row]) -> tuple[Row, ...]:
        rows = enumerate(self.take(key, list), start=1)
        return tuple(Table(f"{key} {number}", fields).read(reader) for number, fields in rows)

    def word[Word: StrEnum](self, key: str, vocabulary: type[Word]) -> Word:
        return self._find(self.take(key, str), key, by_value(vocabulary))

    def words[Word: StrEnum](self, key: str, vocabulary: type[Word]) -> tuple[Word, ...]:
        return self.defined(key, by_value(vocabulary))

    def defined[Thing](self, key: str, things: Mapping[str, Thing]) -> tuple[Thing, ...]:
        """The things named in a list, which may be left out."""
        names = self.take(key, list) if key in self else []
        return tuple(self._find(name, key, things) for name in names)

    def _find[Thing](self, name: object, key: str, things: Mapping[str, Thing]) -> Thing:
        if not isinstance(name, str) or name not in things:
            raise self.error(f"unknown {key} {name!r}")
        return things[name]


def by_value[Word: StrEnum](vocabulary: type[Word]) -> dict[str, Word]:
    return {word.value: word for word in vocabulary}
