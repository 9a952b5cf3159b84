"""The feeds of lists: the publications, then the rows of each kind of list.

A publication is taken whole or not at all: when one of its rows is left out, all are. What is
complete does not change; a correction is told as the next version.
"""

from psycopg.sql import SQL, Literal

from authorizations.rulebook import Listing
from customers.feeding import WHOLE_PERIOD, Reason, not_after_made
from intake.feeds import Check, coded, count, day, euros, signed_euros, small_number, word
from intake.merging import same
from notifications.listings import words
from notifications.listings.publication_feed import PERIOD, PUBLICATIONS
from notifications.listings.row_feeds import rows_feed
from notifications.listings.words import RowKind, UnemploymentBenefit

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
NOT_LONG = SQL("t.counted_days < {}").format(Literal(words.LONG))
NOT_INVOICED = SQL("""
    NOT EXISTS (
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
    )
""").format(Literal(Listing.LABOUR_MARKET_SUBSIDY_INVOICE.value))
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
    [
        *INVOICE_CHECKS,
        Check("amount", Reason.UNKNOWN_ROW, NOT_LONG),
        Check("amount", Reason.UNKNOWN_ROW, NOT_INVOICED, among_rows=True),
    ],
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
