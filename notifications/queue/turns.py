"""The order in which systems read what has come, so that whoever reads on misses nothing.

Numbers do not tell it: a row with a smaller one can be committed later, and is seen by its day. So
a row has its turn once it is there and can be seen (0008_turns.sql).
"""

import json
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from notifications.models import Handling
from notifications.queue.queries import Desk
from notifications.queue.scope import receiver_of


def since(at: Desk, turn: int) -> "QuerySet[Handling]":
    """What can be seen from here and had its turn after that one, in turn."""
    with connection.cursor() as cursor:
        arguments: list[Any] = [list(at.place.codes), at.right.on]
        cursor.execute("SELECT notifications_give_turns(%s::varchar[], %s)", arguments)
    return at.handlings.filter(turn__gt=turn).order_by("turn")


def mark(at: Desk) -> str:
    """What is open here, in eight characters. With another mark there can be something that had its
    turn before anybody here could see it: an agreement opens another type, say."""
    types = sorted(one.value for one in at.purpose.notification_types)
    told = [types, at.place.codes, receiver_of(at.right), at.purpose.look_back_months]
    return sha256(json.dumps(told).encode()).hexdigest()[:8]
