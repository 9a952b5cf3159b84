"""What a log line carries, and what it must never carry."""

import logging
import re

from kelmu import request_id

# A database's or a library's own words may repeat what was typed: the last line of defence.
# Dashes of any kind, and an encoded plus: a code is typed and quoted in many ways.
HETU = re.compile(
    r"(?<![0-9A-Z])\d{6}(?:[-+ABCDEFYXWVU\u2010-\u2015\u2212]|%2B)\d{3}[0-9A-FHJ-NPR-Y](?![0-9A-Z])",
    re.IGNORECASE,
)
HIDDEN = "[HETU]"


class RequestIdFilter(logging.Filter):
    """Adds the request's id to each line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.current.get() or "-"
        return True


class Formatter(logging.Formatter):
    """Writes a line without any personal identity code, whoever put one there."""

    def format(self, record: logging.LogRecord) -> str:
        return HETU.sub(HIDDEN, super().format(record))
