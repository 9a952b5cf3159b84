"""Statements that are better not prepared."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def unprepared() -> Iterator[None]:
    """While statements are sent as they are, and planned for the values that they have.

    In a transaction: until it ends the connection is ours.
    """
    link = connection.connection
    threshold, link.prepare_threshold = link.prepare_threshold, None
    try:
        yield
    finally:
        link.prepare_threshold = threshold
