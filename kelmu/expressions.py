"""Expressions of SQL that applications share."""

from decimal import Decimal
from json import JSONDecoder
from typing import Any, override

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Expression, Field, JSONField, QuerySet
from django.db.models.functions import JSONObject
from psycopg.sql import Literal


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


class Late(Expression):
    """A value that is given by its name each time a statement runs that was put together once."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    @override
    def as_sql(self, *arguments: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


def written_out(rows: QuerySet[Any, Any]) -> str:
    """The SQL of a query with its values in it; a `Late` one stands as %(name)s."""
    sql, values = rows.query.sql_with_params()
    first, *others = sql.split("%s")
    pairs = zip(values, others, strict=True)
    return first + "".join(f"{_written(value)}{other}" for value, other in pairs)


def _written(value: object) -> str:
    if isinstance(value, Late):
        return f"%({value.name})s"
    return Literal(value).as_string().replace("%", "%%")
