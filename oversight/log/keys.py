"""A row of the log as an address names it: by its time, which finds the partition, and its id."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from audit.models import Entry

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WRITTEN = re.compile(r"(\d{1,17})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
MICROSECOND = timedelta(microseconds=1)


class Key(NamedTuple):
    """Also a place in the log, which is read newest first."""

    at: datetime
    id: UUID

    @property
    def moment(self) -> int:
        """Its time in microseconds."""
        return (self.at - EPOCH) // MICROSECOND

    def __str__(self) -> str:
        return f"{self.moment}.{self.id}"


def key_of(entry: Entry) -> Key:
    return Key(entry.at, entry.id)


def read_key(text: str) -> Key | None:
    """The place that an address tells; none where it tells no place."""
    found = WRITTEN.fullmatch(text)
    return key(int(found[1]), UUID(found[2])) if found else None


def key(moment: int, entry_id: UUID) -> Key | None:
    """The place at a time in microseconds; none for a time that there is not."""
    try:
        return Key(EPOCH + timedelta(microseconds=moment), entry_id)
    except OverflowError:
        return None
