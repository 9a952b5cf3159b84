"""Rows that Kela takes back: beside each feed's file one with the keys of such rows.

They leave their tables before anything new comes, those first that refer to others: what Kela
takes back and tells otherwise in one delivery does not stand in its own way.
"""

from typing import LiteralString

from psycopg.sql import SQL, Composed, Identifier

from intake.feeds import TAKEN_BACK, Feed, number
from intake.merging import removal, same


def taken_back(feed: Feed) -> Feed:
    """The feed of the rows taken back of a feed whose rows Kela numbers."""
    return Feed(
        file=feed.file.removesuffix(".csv") + TAKEN_BACK,
        table=feed.table,
        columns=(number("id"),),
        source=SQL("raw"),
        extra=SQL(""),
        checks=(),
        merge=removal(feed.table, same("id")),
    )


def parts(table: LiteralString, whole: LiteralString) -> Composed:
    """What is a part of a row taken back goes with it."""
    return SQL("DELETE FROM {} AS part USING told WHERE part.{} = told.id").format(
        Identifier(table), Identifier(whole)
    )
