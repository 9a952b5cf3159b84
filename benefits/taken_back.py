"""Rows that Kela takes back: beside each feed's file one with the keys of such rows.

They leave their tables before anything new comes, those first that refer to others: what Kela
takes back and tells otherwise in one delivery does not stand in its own way.
"""

from dataclasses import replace
from typing import LiteralString

from psycopg.sql import SQL, Composed, Identifier

from benefits import feeds
from benefits.social_assistance import feeds as social_assistance
from intake.feeds import TAKEN_BACK, Feed, number, year
from intake.merging import removal, same


def taken_back(feed: Feed) -> Feed:
    """The feed of the rows taken back of a feed whose rows Kela numbers."""
    return Feed(
        file=feed.file.removesuffix(".csv") + TAKEN_BACK,
        table=feed.table,
        columns=(number("id"),),
        source=SQL("raw"),
        extra=SQL(""),
        checks=(),
        merge=removal(feed.table, same("id")),
    )


def _without_decision(table: LiteralString) -> Composed:
    """What rests on a decision taken back rests on none until Kela tells it again."""
    return SQL("""
        UPDATE {} AS target SET decision_id = NULL, batch_id = %(batch)s
        FROM told JOIN benefits_decision gone ON gone.id = told.id
        WHERE target.customer_id = gone.customer_id AND target.decision_id = gone.id
    """).format(Identifier(table))


def _parts(table: LiteralString, whole: LiteralString) -> Composed:
    """What is a part of a row taken back goes with it."""
    return SQL("DELETE FROM {} AS part USING told WHERE part.{} = told.id").format(
        Identifier(table), Identifier(whole)
    )


DECISIONS = replace(
    taken_back(feeds.DECISIONS),
    before=(
        _without_decision("benefits_payment"),
        _without_decision("benefits_recovery"),
        _without_decision("benefits_assistanceapplication"),
        _parts("benefits_calculationline", "decision_id"),
        _parts("benefits_householdmember", "decision_id"),
    ),
)
APPLICATIONS = replace(
    taken_back(social_assistance.APPLICATIONS),
    before=(_parts("benefits_attachment", "application_id"),),
)
MEDICINE_CAPS = replace(
    taken_back(feeds.MEDICINE_CAPS),
    columns=(feeds.HETU, year("year")),
    source=feeds.OF_CUSTOMER,
    extra=feeds.WITH_CUSTOMER,
    checks=(feeds.KNOWN_CUSTOMER,),
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
