"""The feeds of benefits: one file for each data group. The customers are fed before them."""

from typing import LiteralString

from psycopg.sql import SQL, Composed, Identifier

from benefits import words
from customers.feeding import (
    HETU,
    KNOWN_CUSTOMER,
    OF_CUSTOMER,
    WHOLE_PERIOD,
    WITH_CUSTOMER,
    Reason,
    customers_feed,
    not_after_made,
)
from intake.feeds import (
    Check,
    Feed,
    coded,
    day,
    digits,
    euros,
    key,
    number,
    text,
    truth,
    word,
    year,
)
from intake.merging import once, same, upsert

BENEFIT = key("benefit")
DECISION = number("decision", required=False)
KNOWN_BENEFIT = Check(
    "benefit",
    Reason.UNKNOWN_BENEFIT,
    SQL("t.benefit NOT IN (SELECT slug FROM benefits_benefit)"),
)
KNOWN_DECISION = Check(
    "decision",
    Reason.UNKNOWN_DECISION,
    SQL("""
        t.decision IS NOT NULL AND NOT EXISTS (
            SELECT FROM benefits_decision decision
            WHERE decision.id = t.decision
                AND (decision.customer_id, decision.benefit_id) = (t.customer_id, t.benefit)
        )
    """),
    among_rows=True,
)


def _no_overlap(
    table: LiteralString, same_in_table: Composed, same_in_file: Composed
) -> list[Check]:
    """Neither with an earlier row of the file nor with one of the table that stays as it is."""
    period = SQL("daterange({0}.first_day, {0}.last_day, '[]')").format
    in_file = SQL("""
        EXISTS (
            SELECT FROM told other
            WHERE other.customer_id = t.customer_id AND other.line < t.line
                AND {} AND {} && {}
        )
    """).format(same_in_file, period(SQL("other")), period(SQL("t")))
    in_table = SQL("""
        EXISTS (
            SELECT FROM {} other
            WHERE other.customer_id = t.customer_id AND {} AND other.validity && {}
                AND NOT EXISTS (SELECT FROM told again WHERE again.id = other.id)
        )
    """).format(Identifier(table), same_in_table, period(SQL("t")))
    return [
        Check("first_day", Reason.OVERLAP, in_file, among_rows=True),
        Check("first_day", Reason.OVERLAP, in_table, among_rows=True),
    ]


PENDING_MATTERS = customers_feed(
    "pending_matters.csv",
    "benefits_pendingmatter",
    [
        BENEFIT,
        word("applied_for", words.Application),
        day("arrived_on"),
        word("state", words.MatterState),
        word("awaited", words.Awaited, required=False),
        word("awaited_from", words.AwaitedFrom, required=False),
    ],
    [
        KNOWN_BENEFIT,
        Check("benefit", Reason.OTHER_FILE, SQL("t.benefit = 'basic_social_assistance'")),
        not_after_made("arrived_on"),
        Check(
            "awaited",
            Reason.STATE,
            SQL("""
                (t.state = 'awaiting') <> (t.awaited <> '')
                OR (t.awaited = '') <> (t.awaited_from = '')
            """),
        ),
    ],
    same("arrived_on", "applied_for", "state", "awaited", "awaited_from")
    | {"benefit_id": "benefit"},
)

# A corrected amount comes as a decision of its own, with a calculation of its own.
CALCULATED_OTHERWISE = SQL("""
    t.benefit = 'basic_social_assistance' AND EXISTS (
        SELECT FROM benefits_decision told_before
        WHERE told_before.id = t.id AND told_before.amount IS DISTINCT FROM t.amount AND EXISTS (
            SELECT FROM benefits_calculationline line WHERE line.decision_id = t.id
        )
    )
""")
GIVES = SQL("{0}.kind IN ('granted', 'revised') AND {0}.replaced_on IS NULL").format

DECISIONS = customers_feed(
    "decisions.csv",
    "benefits_decision",
    [
        BENEFIT,
        word("kind", words.DecisionKind),
        day("decided_on"),
        day("first_day"),
        day("last_day", required=False),
        day("replaced_on", required=False),
        euros("amount", required=False),
        word("amount_unit", words.AmountUnit, required=False),
        word("grounds", words.Grounds),
        text("law", 60),
    ],
    [
        KNOWN_BENEFIT,
        WHOLE_PERIOD,
        not_after_made("decided_on"),
        Check(
            "amount",
            Reason.STATE,
            SQL("""
                (t.amount IS NULL) <> (t.kind IN ('rejected', 'ended'))
                OR (t.amount IS NULL) <> (t.amount_unit = '')
            """),
        ),
        Check("amount", Reason.SUM, CALCULATED_OTHERWISE, among_rows=True),
        Check(
            "replaced_on",
            Reason.STATE,
            SQL("""
                t.replaced_on IS NOT NULL
                AND (t.kind NOT IN ('granted', 'revised') OR t.replaced_on < t.first_day)
            """),
        ),
        *_no_overlap(
            "benefits_decision",
            SQL("{} AND {} AND other.benefit_id = t.benefit").format(
                GIVES(SQL("t")), GIVES(SQL("other"))
            ),
            SQL("{} AND {} AND other.benefit = t.benefit").format(
                GIVES(SQL("t")), GIVES(SQL("other"))
            ),
        ),
    ],
    same("decided_on", "replaced_on", "kind", "amount", "amount_unit", "grounds", "law")
    | {"benefit_id": "benefit", "validity": "daterange(first_day, last_day, '[]')"},
)

PAYMENTS = customers_feed(
    "payments.csv",
    "benefits_payment",
    [
        BENEFIT,
        DECISION,
        day("paid_on"),
        day("first_day"),
        day("last_day"),
        euros("gross"),
        euros("tax"),
        euros("deductions"),
        word("deduction_reason", words.DeductionReason, required=False),
        euros("net"),
        word("state", words.PaymentState),
        word("payee_kind", words.Payee),
        text("payee_name", 120, required=False),
        digits("account_last4", 4),
    ],
    [
        KNOWN_BENEFIT,
        WHOLE_PERIOD,
        KNOWN_DECISION,
        Check(
            "benefit",
            Reason.NOT_IN_FORCE,
            SQL("""
                NOT EXISTS (
                    SELECT FROM benefits_benefit
                    WHERE slug = t.benefit
                        AND validity @> daterange(t.first_day, t.last_day, '[]')
                )
            """),
        ),
        Check(
            "paid_on",
            Reason.FUTURE,
            SQL("t.state IN ('paid', 'returned') AND t.paid_on > %(made_on)s"),
        ),
        Check("net", Reason.SUM, SQL("t.net <> t.gross - t.tax - t.deductions")),
        Check(
            "deduction_reason",
            Reason.STATE,
            SQL("(t.deductions > 0) <> (t.deduction_reason <> '')"),
        ),
        Check(
            "payee_name",
            Reason.STATE,
            SQL("(t.payee_kind = 'customer') <> (t.payee_name = '')"),
        ),
    ],
    same("paid_on", "gross", "tax", "deductions", "net", "state", "payee_kind", "payee_name")
    | same("account_last4", "deduction_reason")
    | {
        "benefit_id": "benefit",
        "decision_id": "decision",
        "period": "daterange(first_day, last_day, '[]')",
    },
    partitioned_by="paid_on",
)

INSURANCE = customers_feed(
    "insurance.csv",
    "benefits_insurance",
    [
        word("kind", words.InsuranceKind),
        truth("covered"),
        word("basis", words.InsuranceBasis),
        day("first_day"),
        day("last_day", required=False),
        coded("country", "^[A-Z]{2}$"),
    ],
    [
        WHOLE_PERIOD,
        Check("country", Reason.STATE, SQL("t.covered <> (t.country = 'FI')")),
        *_no_overlap(
            "benefits_insurance",
            SQL("{}").format(SQL("other.kind = t.kind")),
            SQL("{}").format(SQL("other.kind = t.kind")),
        ),
    ],
    same("kind", "covered", "basis", "country")
    | {"validity": "daterange(first_day, last_day, '[]')"},
)

RECOVERIES = customers_feed(
    "recoveries.csv",
    "benefits_recovery",
    [
        BENEFIT,
        DECISION,
        day("claimed_on"),
        euros("original_amount"),
        euros("open_amount"),
        euros("instalment", required=False),
        word("state", words.RecoveryState),
    ],
    [
        KNOWN_BENEFIT,
        KNOWN_DECISION,
        not_after_made("claimed_on"),
        Check(
            "open_amount",
            Reason.SUM,
            SQL("t.original_amount = 0 OR t.open_amount > t.original_amount OR t.instalment = 0"),
        ),
        Check(
            "state",
            Reason.STATE,
            SQL("(t.state IN ('open', 'suspended')) <> (t.open_amount > 0)"),
        ),
    ],
    same("claimed_on", "original_amount", "open_amount", "instalment", "state")
    | {"benefit_id": "benefit", "decision_id": "decision"},
)

MEDICINE_CAPS = Feed(
    file="medicine_caps.csv",
    table="benefits_medicinecap",
    columns=(
        HETU,
        year("year"),
        euros("accrued"),
        euros("annual_limit"),
        euros("initial_deductible"),
        day("reached_on", required=False),
    ),
    source=OF_CUSTOMER,
    extra=WITH_CUSTOMER,
    checks=(
        KNOWN_CUSTOMER,
        once("year", "customer_id, year"),
        not_after_made("reached_on"),
        Check("annual_limit", Reason.SUM, SQL("t.annual_limit = 0")),
        Check(
            "reached_on",
            Reason.STATE,
            SQL("""
                (t.reached_on IS NULL) <> (t.accrued < t.annual_limit)
                OR extract(year FROM t.reached_on) <> t.year
            """),
        ),
    ),
    merge=upsert(
        "benefits_medicinecap",
        same("customer_id", "year"),
        same("accrued", "annual_limit", "initial_deductible", "reached_on"),
    ),
)

DATA_FROM_OTHERS = customers_feed(
    "data_from_others.csv",
    "benefits_datafromothers",
    [
        word("kind", words.PensionOfOthers),
        text("payer", 120),
        euros("gross"),
        day("first_day"),
        day("last_day", required=False),
    ],
    [
        WHOLE_PERIOD,
        Check("gross", Reason.SUM, SQL("t.gross = 0")),
        *_no_overlap(
            "benefits_datafromothers",
            SQL("{}").format(SQL("(other.kind, other.payer) = (t.kind, t.payer)")),
            SQL("{}").format(SQL("(other.kind, other.payer) = (t.kind, t.payer)")),
        ),
    ],
    same("kind", "payer", "gross") | {"validity": "daterange(first_day, last_day, '[]')"},
)

FEEDS = (
    PENDING_MATTERS,
    DECISIONS,
    PAYMENTS,
    INSURANCE,
    RECOVERIES,
    MEDICINE_CAPS,
    DATA_FROM_OTHERS,
)
