"""What is asked of notifications: which municipality, which part of the queue, what is done."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from kelmu.validators import without_hetu
from notifications.words import Outcome
from technical_interface.forms import passes
from technical_interface.telling import Exact

LARGEST = 2**63 - 1
CODE = r"^[0-9]{3}$"
CURSOR = r"^([0-9]{1,18}-[0-9a-f]{8})?$"

type Code = Annotated[str, Field(pattern=CODE, examples=["837"])]
type Number = Annotated[int, Field(ge=0, le=LARGEST)]
type Free = Annotated[str, passes(without_hetu)]


class Page(Schema):
    """Which page of which part of the queue."""

    state: Literal["new", "open", "all"] = "new"
    after: Annotated[str, Field(pattern=CURSOR)] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class Change(Exact):
    """What is done; a note goes with `handled` and `noted`."""

    do: Literal["taken", "handed_back", "handled", "reopened", "noted"]
    note: Annotated[Free, Field(max_length=2000)] = ""


class Handover(Exact):
    """To which municipality, and why."""

    municipality: Code
    reason: Annotated[Free, Field(min_length=1, max_length=500)]


class Reply(Exact):
    """What came of it, for Kela."""

    outcome: Outcome
    line: Annotated[Free, Field(max_length=200)] = ""
