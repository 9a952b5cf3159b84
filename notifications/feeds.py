"""The feeds of what Kela forwards: notifications, and their attachments."""

from dataclasses import replace

from django.db.models import TextChoices
from psycopg.sql import SQL, Literal

from authorizations.rulebook import NotificationType
from customers.feeding import WHOLE_PERIOD, Reason, customers_feed
from customers.words import ReductionGround
from intake.feeds import (
    Check,
    Feed,
    coded,
    day,
    digits,
    euros,
    instant,
    prose,
    text,
    truth,
    word,
)
from intake.merging import once, same, upsert
from intake.taken_back import parts, taken_back
from notifications import words
from notifications.contents import COLUMNS as CONTENTS
from notifications.contents import prepare_contents

HELSINKI = "90"  # of the register of counties: what stands in none
PHONE = "[+0-9][-0-9 ]{2,29}"
NEEDS = "|".join(words.Need.values)
FORWARDED_ON = SQL("(t.arrived_at AT TIME ZONE 'Europe/Helsinki')::date")
AFTER_THE_DECISION = SQL("t.type IN ('application', 'reduced_basic_amount') AND NOT t.urgent")
VISIBLE_ON = """
    CASE WHEN type IN ('application', 'reduced_basic_amount') AND NOT urgent THEN decided_on + 1
    ELSE (arrived_at AT TIME ZONE 'Europe/Helsinki')::date END
"""


class Type(TextChoices):
    """The types of the rulebook, as a vocabulary of a file."""

    APPLICATION = NotificationType.APPLICATION.value
    REDUCED_BASIC_AMOUNT = NotificationType.REDUCED_BASIC_AMOUNT.value
    NEED_FOR_SOCIAL_WORK = NotificationType.NEED_FOR_SOCIAL_WORK.value
    UNEMPLOYED_UNDER_25 = NotificationType.UNEMPLOYED_UNDER_25.value
    UNEMPLOYED_25_AND_OVER = NotificationType.UNEMPLOYED_25_AND_OVER.value
    IMMIGRANT = NotificationType.IMMIGRANT.value


# What a type has and no other has: all of it, or none.
OWN_FIELDS = SQL("""
    (t.type = 'application') <> (t.assistance <> '' AND t.applied_for <> '')
    OR t.type <> 'application'
        AND (t.assistance <> '' OR t.applied_for <> '' OR t.amount IS NOT NULL)
    OR (t.type = 'reduced_basic_amount') <> (t.reduction <> '' AND t.reduction_ground <> '')
    OR t.type <> 'reduced_basic_amount' AND (t.reduction <> '' OR t.reduction_ground <> '')
    OR t.type = 'reduced_basic_amount' AND t.urgent
    OR (t.type = 'need_for_social_work') <> (t.needs <> '')
""")
DECISION = SQL("""
    t.decided_on IS NULL AND {} OR t.decided_on IS NOT NULL
        AND t.type NOT IN ('application', 'reduced_basic_amount')
""").format(AFTER_THE_DECISION)
# Where it was forwarded to, when, and of what type has been acted on: it comes as a new one.
TOLD_OTHERWISE = SQL("""
    t.held_by IS NOT NULL AND EXISTS (
        SELECT FROM notifications_notification known
        WHERE known.id = t.id AND (known.type, known.municipality_id, known.arrived_at)
            IS DISTINCT FROM (t.type, t.municipality, t.arrived_at)
    )
""")

# A notification is new to whoever organises social services in the municipality. One of an
# immigrant is new to the municipality too, since 2023 and unless it is Helsinki, at once both.
RECEIVED = SQL("""
    INSERT INTO notifications_handling (
        notification_id, customer_id, arrived_at, forwarded_on, visible_on, version, is_urgent,
        municipality_id, receiver, type, state, handler_name, note, transfer_reason
    )
    SELECT t.id, t.customer_id, t.arrived_at, {forwarded_on}, n.visible_on, 1, t.urgent,
        t.municipality, receiver, t.type, 'new', '', '', ''
    FROM told t JOIN notifications_notification n ON n.id = t.id
    CROSS JOIN unnest(ARRAY['social_services', 'municipality']) AS receiver
    WHERE t.held_in IS NULL AND (
        receiver = 'social_services'
        OR t.type = 'immigrant' AND {forwarded_on} >= '2023-01-01' AND NOT EXISTS (
            SELECT FROM organisations_countymembership membership
            WHERE membership.municipality_id = t.municipality AND membership.county_id = {helsinki}
        )
    )
""").format(forwarded_on=FORWARDED_ON, helsinki=Literal(HELSINKI))
# What is seen on another day than before has its turn anew.
CORRECTED = SQL("""
    UPDATE notifications_handling handling
    SET is_urgent = n.is_urgent, visible_on = n.visible_on,
        turn = CASE WHEN handling.visible_on = n.visible_on THEN handling.turn END
    FROM told t JOIN notifications_notification n ON n.id = t.id
    WHERE handling.notification_id = t.id AND t.held_in IS NOT NULL
        AND (handling.is_urgent, handling.visible_on) IS DISTINCT FROM (n.is_urgent, n.visible_on)
""")

NOTIFICATIONS = replace(
    customers_feed(
        "notifications.csv",
        "notifications_notification",
        [
            word("type", Type),
            digits("municipality", 3),
            instant("arrived_at"),
            day("decided_on", required=False),
            truth("urgent"),
            prose("text", 4000),
            coded("phone", f"^{PHONE}$", required=False),
            word("assistance", words.Assistance, required=False),
            text("applied_for", 200, required=False),
            euros("amount", required=False),
            day("first_day", required=False),
            day("last_day", required=False),
            coded("reduction", "^(20|40|50)$", required=False),
            word("reduction_ground", ReductionGround, required=False),
            coded("needs", f"^({NEEDS})( ({NEEDS}))*$", required=False),
            text("unit_name", 120),
            coded("unit_phone", f"^{PHONE}$"),
        ],
        [
            Check(
                "municipality",
                Reason.UNKNOWN_MUNICIPALITY,
                SQL("t.municipality NOT IN (SELECT code FROM organisations_municipality)"),
            ),
            Check("arrived_at", Reason.FUTURE, SQL("{} > %(made_on)s").format(FORWARDED_ON)),
            Check("decided_on", Reason.FUTURE, SQL("t.decided_on > %(made_on)s")),
            WHOLE_PERIOD,
            Check("first_day", Reason.STATE, SQL("t.first_day IS NULL AND t.last_day IS NOT NULL")),
            Check("type", Reason.STATE, OWN_FIELDS),
            Check("decided_on", Reason.STATE, DECISION),
            Check("id", Reason.STATE, TOLD_OTHERWISE, among_rows=True),
        ],
        same("arrived_at", "decided_on", "type", "text", "phone", "assistance", "applied_for")
        | same("amount", "reduction_ground", "unit_name", "unit_phone")
        | {
            "municipality_id": "municipality",
            "is_urgent": "urgent",
            "visible_on": VISIBLE_ON,
            "period": "CASE WHEN first_day IS NOT NULL"
            " THEN daterange(first_day, last_day, '[]') END",
            "reduction": "nullif(reduction, '')::smallint",
            "needs": "string_to_array(needs, ' ')::varchar[]",
        },
    ),
    after=(RECEIVED, CORRECTED),
)

ATTACHMENTS = Feed(
    file="notification_attachments.csv",
    table="notifications_attachment",
    columns=CONTENTS,
    source=SQL("raw LEFT JOIN content ON content.line = raw.line"),
    extra=SQL(", content.content, content.size, content.type, content.fault"),
    prepare=prepare_contents,
    checks=(
        once("id", "id"),
        Check(
            "notification",
            Reason.UNKNOWN_ROW,
            SQL("""
                NOT EXISTS (
                    SELECT FROM notifications_notification known WHERE known.id = t.notification
                )
            """),
            among_rows=True,
        ),
        Check(
            "id",
            Reason.OTHER_CUSTOMER,
            SQL("""
                EXISTS (
                    SELECT FROM notifications_attachment other
                    WHERE other.id = t.id AND other.notification_id <> t.notification
                )
            """),
            among_rows=True,
        ),
        *(
            Check("id", reason, SQL("t.fault = {}").format(Literal(reason.value)))
            for reason in (Reason.CONTENT_MISSING, Reason.CONTENT_SIZE, Reason.CONTENT_TYPE)
        ),
    ),
    merge=upsert(
        "notifications_attachment",
        same("id"),
        same("name", "type", "size", "content") | {"notification_id": "notification"},
    ),
    after=(SQL("DROP TABLE content"),),
)

GONE = SQL("""
    DELETE FROM notifications_event event USING notifications_handling handling, told
    WHERE event.handling_id = handling.id AND handling.notification_id = told.id
""")
NOTIFICATIONS_TAKEN_BACK = replace(
    taken_back(NOTIFICATIONS),
    before=(
        GONE,
        parts("notifications_handling", "notification_id"),
        parts("notifications_attachment", "notification_id"),
        parts("notifications_answer", "notification_id"),
    ),
)
FEEDS = (taken_back(ATTACHMENTS), NOTIFICATIONS_TAKEN_BACK, NOTIFICATIONS, ATTACHMENTS)
