"""Expressions of SQL that applications share."""

from typing import Any, override

from django.contrib.postgres.expressions import ArraySubquery


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
