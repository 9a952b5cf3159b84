"""The benefit rows that Kela takes back."""

from dataclasses import replace
from typing import LiteralString

from psycopg.sql import SQL, Composed, Identifier

from benefits import feeds
from benefits.social_assistance import feeds as social_assistance
from customers import feeding
from intake.feeds import year
from intake.merging import removal, same
from intake.taken_back import parts, taken_back


def _without_decision(table: LiteralString) -> Composed:
    """What rests on a decision taken back rests on none until Kela tells it again."""
    return SQL("""
        UPDATE {} AS target SET decision_id = NULL, batch_id = %(batch)s
        FROM told JOIN benefits_decision gone ON gone.id = told.id
        WHERE target.customer_id = gone.customer_id AND target.decision_id = gone.id
    """).format(Identifier(table))


DECISIONS = replace(
    taken_back(feeds.DECISIONS),
    before=(
        _without_decision("benefits_payment"),
        _without_decision("benefits_recovery"),
        _without_decision("benefits_assistanceapplication"),
        parts("benefits_calculationline", "decision_id"),
        parts("benefits_householdmember", "decision_id"),
    ),
)
APPLICATIONS = replace(
    taken_back(social_assistance.APPLICATIONS),
    before=(parts("benefits_attachment", "application_id"),),
)
MEDICINE_CAPS = replace(
    taken_back(feeds.MEDICINE_CAPS),
    columns=(feeding.HETU, year("year")),
    source=feeding.OF_CUSTOMER,
    extra=feeding.WITH_CUSTOMER,
    checks=(feeding.KNOWN_CUSTOMER,),
    merge=removal("benefits_medicinecap", same("customer_id", "year")),
)
NUMBERED = (
    feeds.PAYMENTS,
    feeds.RECOVERIES,
    feeds.PENDING_MATTERS,
    feeds.INSURANCE,
    feeds.DATA_FROM_OTHERS,
    social_assistance.ATTACHMENTS,
    social_assistance.COMMITMENTS,
    social_assistance.CALLS,
)
FEEDS = (*map(taken_back, NUMBERED), APPLICATIONS, DECISIONS, MEDICINE_CAPS)
