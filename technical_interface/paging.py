"""Rows of a long list, page by page: whoever reads on misses nothing, and reads nothing twice.

Neither numbers nor moments tell the order: a row with a smaller one can be committed later. So a
row has its turn once it is there, given by a function of its room (0003_turns.sql).
"""

from typing import Annotated, Any

from django.db import connection
from django.db.models import Model, QuerySet
from ninja import Schema
from pydantic import Field

from technical_interface.telling import Exact


class Paged(Schema):
    """Which page of a list."""

    after: Annotated[str, Field(pattern=r"^[0-9]{0,18}$")] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class Page(Exact):
    """Where a page of a list ends."""

    after: str = Field(description="The cursor to read on from, now or later: keep it.")
    more: bool = Field(description="Whether there is another page now.")


def page[M: Model](
    rows: "QuerySet[M, Any]", give_turns: str, asked: Paged
) -> tuple[list[M], dict[str, Any]]:
    """The rows that had their turn after the cursor, and where the page ends. `give_turns`: the
    function that gives them."""
    with connection.cursor() as cursor:
        cursor.callproc(give_turns)
    after = int(asked.after or 0)
    found = list(rows.filter(turn__gt=after).order_by("turn")[: asked.limit + 1])
    shown = found[: asked.limit]
    last = shown[-1].turn if shown else after
    return shown, {"after": str(last), "more": len(found) > len(shown)}
