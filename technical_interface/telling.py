"""Tells rows as JSON, and what the JSON looks like, both from the rows that pages are made of.

So the interface shows the fields that the pages show: nobody writes them down a second time.
"""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache, singledispatch
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from django.db.models import TextChoices
from django.utils.functional import Promise
from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from authorizations.rulebook import Text
from benefits.reference import BenefitFacts

type Told = Any  # what JSON can tell

Euros = Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$", examples=["784.52"])]
BenefitSlug = Annotated[str, Field(pattern=r"^[a-z_]+$", examples=["general_housing_allowance"])]


class Exact(Schema):
    """A part of an answer, or a body: it has these fields and no other."""

    model_config = ConfigDict(extra="forbid")


class ThreeNames(Exact):
    """A name in three languages."""

    fi: str
    sv: str
    en: str


@singledispatch
def told(value: Any) -> Told:
    """A row, or a part of one: slugs for benefits and words, amounts as text with two decimals,
    days and moments as ISO 8601."""
    if is_dataclass(kind := type(value)):
        return {name: told(getattr(value, name)) for name in _names(kind)}
    return [told(one) for one in value]


@cache
def _names(row: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(row))


@told.register(types.NoneType)
@told.register(int)
def _(value: int | None) -> Told:
    return value


@told.register(str)
@told.register(UUID)
@told.register(Promise)
def _(value: object) -> Told:
    return str(value)


@told.register
def _(value: Decimal) -> Told:
    return f"{value:.2f}"


@told.register
def _(value: date) -> Told:  # or a moment
    return value.isoformat()


@told.register
def _(value: BenefitFacts) -> Told:
    return value.slug


@told.register
def _(value: Text) -> Told:
    return {"fi": value.fi, "sv": value.sv, "en": value.en}


@told.register(Mapping)
def _(value: Mapping[Any, Any]) -> Told:
    return {str(told(name)): told(one) for name, one in value.items()}


@cache
def schema_of(row: Any) -> type[Exact]:
    """What JSON of such a row looks like."""
    hints = get_type_hints(row)
    found: dict[str, Any] = {one.name: (_type_of(hints[one.name]), ...) for one in fields(row)}
    return create_model(row.__name__, __base__=Exact, __doc__=row.__doc__, **found)


def _type_of(hint: Any) -> Any:
    """The type that JSON has for one of a row."""
    if get_origin(hint) in (types.UnionType, Union):
        return Union[*(_type_of(one) for one in get_args(hint))]
    if get_origin(hint) is tuple:
        return list[_type_of(get_args(hint)[0])]  # type: ignore[misc]  # made when it runs
    simple = {BenefitFacts: BenefitSlug, Decimal: Euros, TextChoices: str, Text: ThreeNames}
    if hint in simple:
        return simple[hint]
    return hint if not is_dataclass(hint) else schema_of(cast("type", hint))
