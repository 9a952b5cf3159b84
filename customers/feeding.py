"""What feeds of rows of customers share: the customer behind the code, and the number of a row."""

from typing import LiteralString

from psycopg.sql import SQL, Identifier

from intake.feeds import Check, Column, Feed, key, number
from intake.merging import Values, insert, once, same, update
from intake.models import Reject

Reason = Reject.Reason

HETU = key("hetu")
OF_CUSTOMER = SQL("raw LEFT JOIN customers_identitycode known ON known.code = raw.hetu")
OF_ROW = SQL("{} LEFT JOIN {} held ON held.id = raw.id::bigint")
WITH_CUSTOMER = SQL(", known.customer_id")

KNOWN_CUSTOMER = Check("hetu", Reason.UNKNOWN_CUSTOMER, SQL("t.customer_id IS NULL"))
OWN_ROW = Check("id", Reason.OTHER_CUSTOMER, SQL("t.held_by <> t.customer_id"))
WHOLE_PERIOD = Check("last_day", Reason.PERIOD, SQL("t.last_day < t.first_day"))


def not_after_made(field: str) -> Check:
    """What has happened happened before the file was made."""
    return Check(field, Reason.FUTURE, SQL("t.{} > %(made_on)s").format(Identifier(field)))


def customers_feed(
    file: str,
    table: LiteralString,
    columns: list[Column],
    checks: list[Check],
    values: Values,
    *,
    partitioned_by: LiteralString = "id",
) -> Feed:
    """A feed of rows that Kela numbers. `held_by` is whose row the number is until now, `held_in`
    where that row is found: the column of a partitioned table that says in which partition."""
    held = SQL("{}, held.customer_id AS held_by, held.{} AS held_in")
    return Feed(
        file=file,
        table=table,
        columns=(number("id"), HETU, *columns),
        source=OF_ROW.format(OF_CUSTOMER, Identifier(table)),
        extra=held.format(WITH_CUSTOMER, Identifier(partitioned_by)),
        checks=(KNOWN_CUSTOMER, OWN_ROW, once("id", "id"), *checks),
        merge=update(table, same("id") | {partitioned_by: "held_in"}, values),
        insert=insert(table, same("id", "customer_id") | values, is_new="held_in IS NULL"),
    )
