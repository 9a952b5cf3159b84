"""The service break that the demo's pages tell of: far enough to come that it closes nothing."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import psycopg

HELSINKI = ZoneInfo("Europe/Helsinki")
IN_DAYS = 9  # later than any demo is left running; a database of another day has its own break
TOLD_BEFORE = 14
FROM, UNTIL = time(18), time(22)
TEXTS = (
    "Kelmu on poissa käytöstä huoltokatkon ajan. Tallenna keskeneräiset työt ennen katkoa.",
    "Kelmu kan inte användas under serviceavbrottet. Spara det du har på gång före avbrottet.",
    "Kelmu cannot be used during the service break. Save what you are working on before it.",
)


def announce_break(owner: str, today: date) -> None:
    """Plans it, unless something has been announced in the database before."""
    on = today + timedelta(days=IN_DAYS)
    window = [datetime.combine(on, at, HELSINKI) for at in (FROM, UNTIL)]
    with psycopg.connect(owner) as connection:
        connection.execute(
            "INSERT INTO kelmu_announcement"
            " (kind, period, days_before, text_fi, text_sv, text_en)"
            " SELECT 'break', tstzrange(%s, %s), %s, %s, %s, %s"
            " WHERE NOT EXISTS (SELECT FROM kelmu_announcement)",
            [*window, TOLD_BEFORE, *TEXTS],
        )
