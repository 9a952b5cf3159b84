"""What a log line carries, and what it must never carry."""

import logging
import re

from kelmu import request_id

# A database's or a library's own words may repeat what was typed: the last line of defence.
HETU = re.compile(r"\b\d{6}[-+ABCDEFYXWVU]\d{3}[0-9A-FHJ-NPR-Y]\b", re.IGNORECASE)
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
