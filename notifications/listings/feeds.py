"""The feeds of lists: the publications, then the rows of each kind of list.

A publication is taken whole or not at all: when one of its rows is left out, all are. What is
complete does not change; a correction is told as the next version.
"""

from collections.abc import Sequence
from typing import LiteralString

from psycopg.sql import SQL, Composed, Identifier, Literal

from authorizations.rulebook import Listing
from customers.feeding import (
    HETU,
    KNOWN_CUSTOMER,
    OF_CUSTOMER,
    WHOLE_PERIOD,
    Reason,
    not_after_made,
)
from intake.feeds import (
    Check,
    Column,
    Feed,
    Statement,
    coded,
    count,
    day,
    euros,
    key,
    number,
    signed_euros,
    small_number,
    text,
    word,
)
from intake.merging import Values, insert, once, same, upsert
from notifications.listings import words
from notifications.listings.words import RowKind, UnemploymentBenefit

PERIOD: Values = {"period": "daterange(first_day, last_day, '[]')"}
TWIN = SQL("""
    (t.listing, t.municipality, t.first_day, t.version) IN (
        SELECT listing, municipality_id, lower(period), version FROM notifications_publication p
        WHERE p.id <> t.id
        UNION ALL
        SELECT listing, municipality, first_day, version FROM told other WHERE other.line < t.line
    )
""")
TOLD_OTHERWISE = SQL("""
    EXISTS (
        SELECT FROM notifications_publication p
        WHERE p.id = t.id AND p.is_complete
            AND (p.listing, p.municipality_id, p.period, p.version, p.published_on, p.rows,
                    p.total, p.reason)
                IS DISTINCT FROM (t.listing, t.municipality,
                    daterange(t.first_day, t.last_day, '[]'), t.version, t.published_on, t.rows,
                    t.total, t.reason)
    )
""")


def _one_of(listings: Sequence[Listing]) -> Literal:
    return Literal([listing.value for listing in listings])


PUBLICATIONS = Feed(
    file="list_publications.csv",
    is_awaited=False,
    table="notifications_publication",
    columns=(
        number("id"),
        key("listing"),
        coded("municipality", "^[0-9]{3}$"),
        day("first_day"),
        day("last_day"),
        small_number("version"),
        day("published_on"),
        count("rows"),
        signed_euros("total", required=False),
        text("reason", 200, required=False),
    ),
    source=SQL("raw"),
    extra=SQL(""),
    checks=(
        Check(
            "listing",
            Reason.UNKNOWN_WORD,
            SQL("t.listing <> ALL({})").format(_one_of(words.PUBLISHED)),
        ),
        Check(
            "municipality",
            Reason.UNKNOWN_MUNICIPALITY,
            SQL("t.municipality NOT IN (SELECT code FROM organisations_municipality)"),
        ),
        WHOLE_PERIOD,
        Check("published_on", Reason.PERIOD, SQL("t.published_on < t.first_day")),
        not_after_made("published_on"),
        Check(
            "total",
            Reason.STATE,
            SQL("(t.listing = ANY({})) <> (t.total IS NULL)").format(
                _one_of(words.WITHOUT_AMOUNTS)
            ),
        ),
        Check("reason", Reason.STATE, SQL("(t.version = 1) <> (t.reason = '')")),
        Check("id", Reason.STATE, TOLD_OTHERWISE),
        once("id", "id"),
        Check("version", Reason.DUPLICATE, TWIN, among_rows=True),
    ),
    merge=upsert(
        "notifications_publication",
        same("id"),
        same("listing", "version", "published_on", "rows", "total", "reason")
        | {"municipality_id": "municipality"}
        | PERIOD,
    ),
)

# --- rows: all of a publication, or none ---------------------------------------------------------

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
                SQL("t.listing <> ALL({})").format(_one_of(listings)),
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


BENEFIT = word("benefit", UnemploymentBenefit)
KIND = word("kind", RowKind)
SIGN = SQL("""
    t.kind = {} AND t.amount <= 0 OR t.kind = {} AND t.amount >= 0 OR t.amount = 0
""").format(Literal(RowKind.PAYMENT.value), Literal(RowKind.RETURN.value))
SHARE_OF_THE_TIME = SQL("""
    CASE WHEN t.first_day < {} THEN t.share = ANY({}) AND t.benefit = {} ELSE t.share = ANY({}) END
""").format(
    Literal(words.LIABILITY_OF_2025),
    Literal(list(words.SHARES_UNTIL_2024)),
    Literal(UnemploymentBenefit.LABOUR_MARKET_SUBSIDY.value),
    Literal(list(words.SHARES_FROM_2025)),
)
PAID_IN_PERIOD = Check("paid_on", Reason.PERIOD, SQL("NOT t.listed_period @> t.paid_on"))
# The list of those paid for 300 days is a part of the invoice's, row by row.
NOT_INVOICED = SQL("""
    t.listing = {} AND (t.counted_days < {} OR NOT EXISTS (
        SELECT FROM notifications_publication ours
        JOIN notifications_publication invoice
            ON (invoice.listing, invoice.municipality_id, invoice.period, invoice.is_complete)
                = ({}, ours.municipality_id, ours.period, true)
        JOIN notifications_invoicerow row ON row.publication_id = invoice.id
        WHERE ours.id = t.publication
            AND (row.customer_id, row.paid_on, row.benefit, row.kind, row.period, row.days,
                    row.counted_days, row.gross, row.share, row.amount)
                = (t.customer_id, t.paid_on, t.benefit, t.kind,
                    daterange(t.first_day, t.last_day, '[]'), t.days,
                    t.counted_days, t.gross, t.share, t.amount)
    ))
""").format(
    Literal(Listing.LABOUR_MARKET_SUBSIDY_300_DAYS.value),
    Literal(words.LONG),
    Literal(Listing.LABOUR_MARKET_SUBSIDY_INVOICE.value),
)
INVOICED = [
    BENEFIT,
    KIND,
    day("paid_on"),
    day("first_day"),
    day("last_day"),
    small_number("days"),
    count("counted_days"),
    signed_euros("gross"),
    small_number("share"),
    signed_euros("amount"),
]
INVOICE_VALUES = PERIOD | same(
    "benefit", "kind", "paid_on", "days", "counted_days", "gross", "share", "amount"
)
INVOICE_CHECKS = [
    WHOLE_PERIOD,
    PAID_IN_PERIOD,
    Check("counted_days", Reason.STATE, SQL("t.counted_days < t.days")),
    Check("share", Reason.STATE, SQL("NOT ({})").format(SHARE_OF_THE_TIME)),
    Check("amount", Reason.SUM, SQL("t.amount <> round(t.gross * t.share / 100, 2)")),
    Check("kind", Reason.STATE, SIGN),
]
INVOICES = rows_feed(
    "list_invoice_rows.csv",
    "notifications_invoicerow",
    [Listing.LABOUR_MARKET_SUBSIDY_INVOICE],
    INVOICED,
    INVOICE_CHECKS,
    INVOICE_VALUES,
)
LONG_UNEMPLOYED = rows_feed(
    "list_long_unemployed_rows.csv",
    "notifications_invoicerow",
    [Listing.LABOUR_MARKET_SUBSIDY_300_DAYS],
    INVOICED,
    [*INVOICE_CHECKS, Check("amount", Reason.UNKNOWN_ROW, NOT_INVOICED, among_rows=True)],
    INVOICE_VALUES,
)
AT_RISK = rows_feed(
    "list_risk_rows.csv",
    "notifications_riskrow",
    [Listing.PROLONGED_UNEMPLOYMENT_RISK],
    [BENEFIT, word("ground", words.RiskGround), count("counted_days"), day("last_paid_on")],
    [
        Check(
            "counted_days",
            Reason.STATE,
            SQL("t.ground = {} AND t.counted_days < {}").format(
                Literal(words.RiskGround.PAID_200_DAYS.value), Literal(words.AT_RISK)
            ),
        ),
        not_after_made("last_paid_on"),
    ],
    same("benefit", "ground", "counted_days", "last_paid_on"),
)
CARE = rows_feed(
    "list_child_care_rows.csv",
    "notifications_carerow",
    [Listing.CHILD_CARE_ALLOWANCE_RECIPIENTS],
    [
        word("benefit", words.CareBenefit),
        KIND,
        day("paid_on"),
        day("first_day"),
        day("last_day"),
        small_number("children"),
        signed_euros("allowance"),
        signed_euros("supplement"),
        signed_euros("municipal_supplement"),
        signed_euros("amount"),
    ],
    [
        WHOLE_PERIOD,
        PAID_IN_PERIOD,
        Check(
            "amount",
            Reason.SUM,
            SQL("t.amount <> t.allowance + t.supplement + t.municipal_supplement"),
        ),
        Check("kind", Reason.STATE, SIGN),
    ],
    same("benefit", "kind", "paid_on", "children", "allowance", "supplement")
    | same("municipal_supplement", "amount")
    | PERIOD,
)
VETERANS = rows_feed(
    "list_veteran_rows.csv",
    "notifications_veteranrow",
    [Listing.FRONT_VETERANS],
    [day("since"), euros("supplement"), euros("additional"), euros("amount")],
    [
        not_after_made("since"),
        Check("supplement", Reason.SUM, SQL("t.supplement = 0")),
        Check("amount", Reason.SUM, SQL("t.amount <> t.supplement + t.additional")),
    ],
    same("since", "supplement", "additional", "amount"),
)
TREATMENT = rows_feed(
    "list_treatment_rows.csv",
    "notifications_treatmentrow",
    [Listing.TREATMENT_ABROAD],
    [
        coded("country", "^[A-Z]{2}$"),
        word("treatment", words.Treatment),
        day("first_day"),
        day("last_day"),
        day("paid_on"),
        euros("cost"),
        euros("amount"),
    ],
    [
        Check("country", Reason.STATE, SQL("t.country = 'FI'")),
        WHOLE_PERIOD,
        PAID_IN_PERIOD,
        Check("amount", Reason.SUM, SQL("t.amount = 0 OR t.amount > t.cost")),
    ],
    same("country", "treatment", "paid_on", "cost", "amount") | PERIOD,
)

FEEDS = (PUBLICATIONS, INVOICES, LONG_UNEMPLOYED, AT_RISK, CARE, VETERANS, TREATMENT)
