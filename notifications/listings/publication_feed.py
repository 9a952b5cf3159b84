"""The feed of publications of lists: what each holds, before its rows."""

from collections.abc import Sequence

from psycopg.sql import SQL, Literal

from authorizations.rulebook import Listing
from customers.feeding import WHOLE_PERIOD, Reason, not_after_made
from intake.feeds import (
    Check,
    Feed,
    coded,
    count,
    day,
    key,
    number,
    signed_euros,
    small_number,
    text,
)
from intake.merging import Values, once, same, upsert
from notifications.listings import words

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


def one_of(listings: Sequence[Listing]) -> Literal:
    """Lists, for SQL that asks for any of them."""
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
            SQL("t.listing <> ALL({})").format(one_of(words.PUBLISHED)),
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
            SQL("(t.listing = ANY({})) <> (t.total IS NULL)").format(one_of(words.WITHOUT_AMOUNTS)),
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
