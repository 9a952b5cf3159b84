"""Expressions of SQL that applications share."""

from decimal import Decimal
from json import JSONDecoder
from typing import Any, override

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import JSONField
from django.db.models.functions import JSONObject


class ExactDecoder(JSONDecoder):
    """Reads figures as they are written: not a cent is lost."""

    def __init__(self) -> None:
        super().__init__(parse_float=Decimal)


class ExactObject(JSONObject):
    """An object of JSON whose figures are read as decimals."""

    output_field = JSONField(decoder=ExactDecoder)


class SteadyArraySubquery(ArraySubquery):
    """A subquery that is the same in every run of a kept query set.

    Its SQL is put together once: that takes longer than running it.
    """

    _sql: tuple[str, tuple[Any, ...]] | None = None

    @override
    def as_sql(self, *arguments: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        if self._sql is None:
            self._sql = super().as_sql(*arguments, **context)
        return self._sql
