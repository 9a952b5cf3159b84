"""How a feed of the rows of lists is made: all rows of a publication are taken, or none."""

from collections.abc import Sequence
from typing import LiteralString

from psycopg.sql import SQL, Composed, Identifier

from authorizations.rulebook import Listing
from customers.feeding import HETU, KNOWN_CUSTOMER, OF_CUSTOMER, Reason
from intake.feeds import Check, Column, Feed, Statement, count, number
from intake.merging import Values, insert, once, same
from notifications.listings.publication_feed import one_of

OF_PUBLICATION = SQL("{} LEFT JOIN notifications_publication p ON p.id = raw.publication::bigint")
WITH_PUBLICATION = SQL(""",
    known.customer_id, p.listing, p.is_complete, p.period AS listed_period, p.rows AS told_rows,
    p.total AS told_total
""")
NOT_WHOLE = SQL("""
    t.publication IN (
        SELECT publication FROM told GROUP BY publication, told_rows, told_total
        HAVING count(*) <> told_rows OR {} IS DISTINCT FROM told_total
    )
""")
DIFFERS = SQL("""
    t.is_complete AND ({}) NOT IN (
        SELECT {} FROM {} held
        WHERE (held.publication_id, held.number) = (t.publication, t.number)
    )
""")
# What changed for whom since the version before, as far as that one is there.
COMPARE = SQL("""
    UPDATE notifications_publication target
    SET added = found.added, left_out = found.left_out, changed = found.changed
    FROM (
        SELECT new.id, count(*) FILTER (WHERE was IS NULL) AS added,
            count(*) FILTER (WHERE now IS NULL) AS left_out,
            count(*) FILTER (WHERE was <> now) AS changed
        FROM notifications_publication new
        JOIN notifications_publication old
            ON (old.listing, old.municipality_id, lower(old.period), old.version)
                = (new.listing, new.municipality_id, lower(new.period), new.version - 1)
            AND old.is_complete
        CROSS JOIN LATERAL (
            SELECT was, now
            FROM (
                SELECT customer_id, string_agg({what}, '' ORDER BY number) AS was
                FROM {table} row WHERE publication_id = old.id GROUP BY customer_id
            ) before FULL JOIN (
                SELECT customer_id, string_agg({what}, '' ORDER BY number) AS now
                FROM {table} row WHERE publication_id = new.id GROUP BY customer_id
            ) after USING (customer_id)
        ) each
        WHERE NOT new.is_complete AND new.id IN (SELECT publication FROM told)
        GROUP BY new.id
    ) found
    WHERE found.id = target.id
""")
COMPLETE = SQL("""
    UPDATE notifications_publication target SET is_complete = true, checksum = found.checksum
    FROM (
        SELECT publication_id, encode(sha256(string_agg(
            sha256(convert_to(concat_ws(';', number, customer_id, {what}), 'UTF8')), ''::bytea
            ORDER BY number
        )), 'hex') AS checksum
        FROM {table} row
        WHERE publication_id IN (SELECT publication FROM told WHERE NOT is_complete)
        GROUP BY publication_id
    ) found
    WHERE found.publication_id = target.id
""")


def rows_feed(
    file: str,
    table: LiteralString,
    listings: Sequence[Listing],
    columns: list[Column],
    checks: list[Check],
    values: Values,
) -> Feed:
    """A feed of rows of lists; `amount` is the column that adds up to the publication's total."""
    own = same("publication", "number") | {"customer_id": "customer_id"} | values
    own["publication_id"] = own.pop("publication")
    return Feed(
        file=file,
        is_awaited=False,
        table=table,
        columns=(number("publication"), count("number"), HETU, *columns),
        source=OF_PUBLICATION.format(OF_CUSTOMER),
        extra=WITH_PUBLICATION,
        checks=(
            Check("publication", Reason.UNKNOWN_ROW, SQL("t.listing IS NULL")),
            Check(
                "publication",
                Reason.OTHER_FILE,
                SQL("t.listing <> ALL({})").format(one_of(listings)),
            ),
            KNOWN_CUSTOMER,
            *checks,
            once("number", "publication, number"),
            Check("publication", Reason.STATE, _differs(table, own), among_rows=True),
            Check(
                "publication",
                Reason.SUM,
                NOT_WHOLE.format(SQL("sum(amount)" if "amount" in values else "NULL::numeric")),
                among_rows=True,
            ),
        ),
        merge=SQL("SELECT WHERE false"),  # no row of a list changes
        insert=insert(table, own, is_new="NOT is_complete"),
        after=tuple(_of_rows(statement, table, values) for statement in (COMPARE, COMPLETE)),
    )


def _differs(table: LiteralString, values: Values) -> Composed:
    """A row that a published list does not have so."""
    told = SQL(", ").join(map(SQL, values.values()))
    held = SQL(", ").join(Identifier("held", name) for name in values)
    return DIFFERS.format(told, held, Identifier(table))


def _of_rows(statement: SQL, table: LiteralString, values: Values) -> Statement:
    what = SQL(", ").join(Identifier("row", name) for name in values)
    return statement.format(table=Identifier(table), what=SQL("concat_ws(';', {})").format(what))
