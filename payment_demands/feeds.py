"""The feed of Kela's answers to payment demands, by the road of all that Kela tells."""

from psycopg.sql import SQL

from intake.feeds import Check, Feed, coded, day, number, text, word
from intake.merging import once
from intake.models import Reject
from payment_demands.words import Answer

Reason = Reject.Reason

# An answer is to the demand as Kela read it: the claimant has not changed it since that version.
# What the table of states does not let Kela say is left out; what was said already is unchanged.
SAID = SQL("""
    EXISTS (
        SELECT FROM payment_demands_version said
        WHERE said.demand_id = t.demand::uuid AND said.number > t.version AND said.step = t.answer
    )
""")
POSSIBLE = SQL("""
    EXISTS (
        SELECT FROM payment_demands_demand demand
        JOIN payment_demands_transition way
            ON (way.before, way.step, way.by) = (demand.state, t.answer, 'kela')
        WHERE demand.id = t.demand::uuid AND demand.version >= t.version AND NOT EXISTS (
            SELECT FROM payment_demands_version later
            WHERE later.demand_id = demand.id AND later.number > t.version
                AND later.step NOT IN ('receive', 'accept', 'reject', 'transfer')
        )
    )
""")

ANSWERS = Feed(
    file="payment_demand_answers.csv",
    table="payment_demands_demand",
    columns=(
        coded("demand", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
        number("version"),
        word("answer", Answer),
        day("answered_on"),
        text("reason", 500, required=False),
    ),
    source=SQL("raw"),
    extra=SQL(""),
    checks=(
        Check(
            "demand",
            Reason.UNKNOWN_ROW,
            SQL("t.demand::uuid NOT IN (SELECT id FROM payment_demands_demand)"),
        ),
        Check("reason", Reason.STATE, SQL("t.answer = 'reject' AND t.reason = ''")),
        Check("answered_on", Reason.FUTURE, SQL("t.answered_on > %(made_on)s")),
        Check("answer", Reason.STATE, SQL("NOT {} AND NOT {}").format(SAID, POSSIBLE)),
        once("demand", "demand"),
    ),
    merge=SQL("""
        UPDATE payment_demands_demand AS target SET
            state = way.after, step = t.answer, version = target.version + 1, reason = t.reason,
            changed_at = now(), changed_on = t.answered_on, changed_by = NULL,
            changed_by_name = '', has_new_answer = true
        FROM told t, payment_demands_transition way
        WHERE target.id = t.demand::uuid
            AND (way.before, way.step, way.by) = (target.state, t.answer, 'kela')
            AND NOT {}
    """).format(SAID),
)
