"""Partitions by month, made before they are needed."""

from django.db import connection
from psycopg.sql import SQL, Identifier

MONTHS_AHEAD = 12


def add_months(function: str) -> None:
    """Makes those of the year to come by the function of the database that makes one."""
    statement = SQL(
        "SELECT {}((current_date + n * interval '1 month')::date) FROM generate_series(0, %s) AS n"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.format(Identifier(function)), [MONTHS_AHEAD])
