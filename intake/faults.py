"""Errors of the database in words that tell no value."""

import re
from collections.abc import Callable

import psycopg

from intake.deliveries import IntakeError


def with_values_kept_out[T](file: str, action: Callable[[], T]) -> T:
    """Turns an error of the database, which may quote a row, into one that names file and rule."""
    try:
        return action()
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        fault = _fault(error.diag)
    raise IntakeError(f"{file}: {fault}. Nothing was taken in.")  # out here it has no context


def _fault(told: psycopg.errors.Diagnostic) -> str:
    if told.constraint_name:
        return f"its rows break the rule {told.constraint_name}"
    line = re.search(r"^COPY .*, line (\d+)", told.context or "")
    place = f"line {line[1]}: " if line else ""
    match told.sqlstate:
        case "22021" | "22P05":
            return f"{place}not in UTF-8"
        case "22P04":
            return f"{place}not as many columns as the header names, or a quote that never closes"
        case state:
            return f"{place}the database refused it ({state})"
