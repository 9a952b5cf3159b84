"""The id of the request that is being served, for log lines, log rows and error pages."""

from contextvars import ContextVar
from uuid import UUID

current: ContextVar[UUID | None] = ContextVar("request_id", default=None)
