"""The feeds of basic social assistance. Its decisions, payments and recovery come with all others,
and before these: their rows stand on decisions.
"""

from psycopg.sql import SQL, Literal

from benefits import words
from benefits.feeds import KNOWN_BENEFIT
from benefits.models.social_assistance import CALLS_BEGIN
from benefits.social_assistance import words as own_words
from benefits.social_assistance.words import CallKind, Part
from customers.feeding import WHOLE_PERIOD, Reason, customers_feed, not_after_made
from customers.words import ReductionGround
from intake.feeds import (
    Check,
    Feed,
    day,
    euros,
    key,
    number,
    small_number,
    text,
    truth,
    word,
)
from intake.merging import once, same, upsert

OF_ASSISTANCE = SQL("decision.id = t.decision AND decision.benefit_id = {}").format(
    Literal("basic_social_assistance")
)
KNOWN_DECISION = Check(
    "decision",
    Reason.UNKNOWN_DECISION,
    SQL("NOT EXISTS (SELECT FROM benefits_decision decision WHERE {})").format(OF_ASSISTANCE),
    among_rows=True,
)

APPLICATIONS = customers_feed(
    "social_assistance_applications.csv",
    "benefits_assistanceapplication",
    [
        day("arrived_on"),
        truth("is_urgent"),
        day("first_day"),
        day("last_day"),
        word("state", words.MatterState),
        number("decision", required=False),
    ],
    [
        WHOLE_PERIOD,
        not_after_made("arrived_on"),
        Check(
            "decision",
            Reason.UNKNOWN_DECISION,
            SQL("""
                t.decision IS NOT NULL AND NOT EXISTS (
                    SELECT FROM benefits_decision decision
                    WHERE {} AND decision.customer_id = t.customer_id
                )
            """).format(OF_ASSISTANCE),
            among_rows=True,
        ),
        Check(
            "decision",
            Reason.STATE,
            SQL("t.decision IS NOT NULL AND t.state <> {}").format(
                Literal(words.MatterState.DECIDED.value)
            ),
        ),
    ],
    same("arrived_on", "is_urgent", "state")
    | {"decision_id": "decision", "period": "daterange(first_day, last_day, '[]')"},
)

ATTACHMENTS = Feed(
    file="social_assistance_attachments.csv",
    table="benefits_attachment",
    columns=(
        number("id"),
        number("application"),
        word("kind", own_words.AttachmentKind),
        day("received_on", required=False),
    ),
    source=SQL("raw"),
    extra=SQL(""),
    checks=(
        once("id", "id"),
        Check(
            "application",
            Reason.UNKNOWN_ROW,
            SQL("""
                NOT EXISTS (
                    SELECT FROM benefits_assistanceapplication application
                    WHERE application.id = t.application
                )
            """),
            among_rows=True,
        ),
        Check(
            "id",
            Reason.OTHER_CUSTOMER,
            SQL("""
                EXISTS (
                    SELECT FROM benefits_attachment other
                    JOIN benefits_assistanceapplication theirs ON theirs.id = other.application_id
                    JOIN benefits_assistanceapplication ours ON ours.id = t.application
                    WHERE other.id = t.id AND theirs.customer_id <> ours.customer_id
                )
            """),
            among_rows=True,
        ),
        not_after_made("received_on"),
    ),
    merge=upsert(
        "benefits_attachment",
        same("id"),
        same("kind", "received_on") | {"application_id": "application"},
    ),
)

HOUSEHOLDS = Feed(
    file="social_assistance_households.csv",
    table="benefits_householdmember",
    columns=(
        number("decision"),
        small_number("number"),
        word("role", own_words.Role),
        word("age_group", own_words.AgeGroup),
    ),
    source=SQL("raw"),
    extra=SQL(""),
    checks=(
        KNOWN_DECISION,
        once("number", "decision, number"),
        Check("role", Reason.STATE, SQL("(t.number = 1) <> (t.role = 'applicant')")),
        Check("age_group", Reason.STATE, SQL("(t.role = 'child') <> (t.age_group <> 'adult')")),
    ),
    merge=upsert(
        "benefits_householdmember",
        {"decision_id": "decision", "number": "number"},
        same("role", "age_group"),
    ),
)

# --- calculations: a month of a decision is taken whole, or not at all ------------------------

ITEM_OF_PART = SQL(" OR ").join(
    SQL("(t.part = {} AND t.item = ANY({}))").format(Literal(part.value), Literal(items.values))
    for part, items in own_words.ITEMS.items()
)
ALLOWED_REDUCTION = SQL("""
    t.reduction IS NULL AND t.reduction_ground = ''
    OR t.item = ANY({adults}) AND (
        t.reduction IN (20, 40) AND t.reduction_ground IN ({refused}, {conduct})
        OR t.reduction = 20 AND t.reduction_ground = {integration}
        OR t.reduction = 50 AND t.reduction_ground = {call} AND t.month >= '2026-03-01'
    )
""").format(
    adults=Literal([item.value for item in own_words.ADULTS_AMOUNTS]),
    refused=Literal(ReductionGround.REFUSED_WORK.value),
    conduct=Literal(ReductionGround.EMPLOYMENT_POLICY.value),
    integration=Literal(ReductionGround.INTEGRATION_PLAN.value),
    call=Literal(ReductionGround.CALL_TO_ACT.value),
)
COUNTED = SQL("""
    CASE t.part
        WHEN {basic_amount} THEN t.stated - coalesce(round(t.stated * t.reduction / 100, 2), 0)
        ELSE least(t.amount, t.stated)
    END
""").format(basic_amount=Literal(Part.BASIC_AMOUNT.value))
DOES_NOT_ADD_UP = SQL("""
    (t.decision, t.month) IN (
        SELECT line.decision, line.month
        FROM told line JOIN benefits_decision decision ON decision.id = line.decision
        GROUP BY line.decision, line.month, decision.amount
        HAVING greatest(sum(CASE line.part WHEN {income} THEN -line.amount ELSE line.amount END), 0)
            <> coalesce(decision.amount, 0)
    )
""").format(income=Literal(Part.INCOME.value))
LEFT_OUT_NOW = SQL("""
    WITH gone AS (
        DELETE FROM benefits_calculationline line
        WHERE (line.decision_id, line.month) IN (SELECT decision, month FROM told)
            AND NOT EXISTS (
                SELECT FROM told
                WHERE (told.decision, told.month, told.number)
                    = (line.decision_id, line.month, line.number)
            )
    )
""")

CALCULATIONS = Feed(
    file="social_assistance_calculations.csv",
    table="benefits_calculationline",
    columns=(
        number("decision"),
        day("month"),
        small_number("number"),
        word("part", Part),
        key("item"),
        small_number("member", required=False),
        euros("stated"),
        small_number("reduction", required=False),
        word("reduction_ground", ReductionGround, required=False),
        euros("amount"),
    ),
    source=SQL("raw"),
    extra=SQL(""),
    checks=(
        KNOWN_DECISION,
        once("number", "decision, month, number"),
        Check("month", Reason.FORM, SQL("extract(day FROM t.month) <> 1")),
        Check("item", Reason.UNKNOWN_WORD, SQL("NOT ({})").format(ITEM_OF_PART)),
        Check(
            "member",
            Reason.STATE,
            SQL("t.part = {} AND t.member IS NULL").format(Literal(Part.BASIC_AMOUNT.value)),
        ),
        Check(
            "member",
            Reason.UNKNOWN_ROW,
            SQL("""
                t.member IS NOT NULL AND NOT EXISTS (
                    SELECT FROM benefits_householdmember household
                    WHERE (household.decision_id, household.number) = (t.decision, t.member)
                )
            """),
            among_rows=True,
        ),
        Check("reduction", Reason.STATE, SQL("({}) IS NOT TRUE").format(ALLOWED_REDUCTION)),
        Check("amount", Reason.SUM, SQL("t.amount <> {}").format(COUNTED)),
        Check("amount", Reason.SUM, DOES_NOT_ADD_UP, among_rows=True),
    ),
    merge=LEFT_OUT_NOW  # one statement: each month must add up when it ends
    + upsert(
        "benefits_calculationline",
        {"decision_id": "decision"} | same("month", "number"),
        same("part", "item", "member", "stated", "reduction", "reduction_ground", "amount"),
    ),
)

# ----------------------------------------------------------------------------------------------

COMMITMENTS = customers_feed(
    "social_assistance_commitments.csv",
    "benefits_paymentcommitment",
    [
        day("given_on"),
        word("kind", own_words.CommitmentKind),
        text("provider", 120),
        day("first_day"),
        day("last_day"),
        euros("at_most", required=False),
    ],
    [
        WHOLE_PERIOD,
        not_after_made("given_on"),
        Check("at_most", Reason.SUM, SQL("t.at_most = 0")),
    ],
    same("given_on", "kind", "provider", "at_most")
    | {"validity": "daterange(first_day, last_day, '[]')"},
)

CALLS = customers_feed(
    "social_assistance_calls.csv",
    "benefits_calltoact",
    [
        day("given_on"),
        day("due_on"),
        word("kind", CallKind),
        text("benefit", 40, required=False),
        word("state", own_words.CallState),
    ],
    [
        not_after_made("given_on"),
        Check(
            "given_on",
            Reason.NOT_IN_FORCE,
            SQL("t.given_on < {}").format(Literal(CALLS_BEGIN)),
        ),
        Check("due_on", Reason.PERIOD, SQL("t.due_on <= t.given_on")),
        Check(
            "benefit",
            Reason.STATE,
            SQL("(t.kind = {}) <> (t.benefit <> '')").format(
                Literal(CallKind.APPLY_FOR_BENEFIT.value)
            ),
        ),
        Check(
            "benefit",
            Reason.UNKNOWN_BENEFIT,
            SQL("t.benefit <> '' AND {}").format(KNOWN_BENEFIT.bad),
        ),
    ],
    same("given_on", "due_on", "kind", "state") | {"benefit_id": "nullif(benefit, '')"},
)

FEEDS = (APPLICATIONS, ATTACHMENTS, HOUSEHOLDS, CALCULATIONS, COMMITMENTS, CALLS)
