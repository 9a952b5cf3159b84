"""The feed of Kela's answers to sendings, by the road of all that Kela tells."""

from psycopg.sql import SQL

from documents.words import Answer
from intake.feeds import Check, Feed, coded, day, text, word
from intake.merging import once
from intake.models import Reject

Reason = Reject.Reason

# What the table of states does not let Kela say is left out; what was said already is unchanged.
SAID = SQL("""
    EXISTS (
        SELECT FROM documents_event said
        WHERE said.sending_id = t.sending::uuid AND said.step = t.answer
    )
""")
POSSIBLE = SQL("""
    EXISTS (
        SELECT FROM documents_sending sending
        JOIN documents_way way ON (way.before, way.step, way.by) = (sending.state, t.answer, 'kela')
        WHERE sending.id = t.sending::uuid
    )
""")

ANSWERS = Feed(
    file="document_answers.csv",
    table="documents_sending",
    columns=(
        coded("sending", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
        word("answer", Answer),
        day("answered_on"),
        text("reason", 500, required=False),
    ),
    source=SQL("raw"),
    extra=SQL(""),
    checks=(
        Check(
            "sending",
            Reason.UNKNOWN_ROW,
            SQL("t.sending::uuid NOT IN (SELECT id FROM documents_sending WHERE state <> 'draft')"),
        ),
        Check("reason", Reason.STATE, SQL("t.answer IN ('ask', 'return') AND t.reason = ''")),
        Check("answered_on", Reason.FUTURE, SQL("t.answered_on > %(made_on)s")),
        Check("answer", Reason.STATE, SQL("NOT {} AND NOT {}").format(SAID, POSSIBLE)),
        once("sending", "sending"),
    ),
    merge=SQL("""
        UPDATE documents_sending AS target SET
            state = way.after, step = t.answer, version = target.version + 1, reason = t.reason,
            changed_at = now(), changed_on = t.answered_on, changed_by = NULL, changed_by_name = '',
            acknowledged_on = coalesce(target.acknowledged_on, t.answered_on)
        FROM told t, documents_way way
        WHERE target.id = t.sending::uuid
            AND (way.before, way.step, way.by) = (target.state, t.answer, 'kela')
            AND NOT {}
    """).format(SAID),
)
