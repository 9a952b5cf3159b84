"""Keeps feedback for a year."""

from datetime import timedelta
from zlib import crc32

from django.conf import settings
from django.db import connection, transaction

from administration.models import Feedback
from kelmu import clock

KEPT_FOR = timedelta(days=365)


class TooMuch(Exception):
    """As much feedback has come today as is taken in a day."""


@transaction.atomic
def send(text: str, language: str) -> None:
    """Keeps the feedback. Raises TooMuch beyond what is taken in a day (FEEDBACK_IN_A_DAY).

    Who sends is not known, so all are counted together; nginx slows a single sender down.
    """
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(b"feedback")])
    if Feedback.objects.filter(sent_on=today).count() >= settings.FEEDBACK_IN_A_DAY:
        raise TooMuch
    Feedback.objects.create(sent_on=today, language=language, text=text)


def forget_old() -> None:
    """Removes what was sent more than a year ago."""
    Feedback.objects.filter(sent_on__lt=clock.today() - KEPT_FOR).delete()
