"""Breaks and news that stand in the database."""

from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from kelmu.clock import HELSINKI
from kelmu.models import Announcement


def at(text: str) -> datetime:
    """A moment in Finnish time, 2022-12-29T18:00."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


def announced(kind: str, starts_at: str, ends_at: str, *, days_before: int = 0) -> Announcement:
    """A break or news of that time."""
    return Announcement.objects.create(
        kind=kind,
        period=DateTimeTZRange(at(starts_at), at(ends_at)),
        days_before=days_before,
        text_fi="Tietoja siirretään hyvinvointialueille.",
        text_sv="Uppgifter överförs till välfärdsområdena.",
        text_en="Data is moved to the wellbeing services counties.",
    )
