"""Kela's service desk, which sees what organisations have sent to Kela."""

from django.db import connection


def open_desk() -> None:
    """Lets this transaction see every organisation's demands and sendings: that of Kela's desk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kelmu.kela_desk', 'on', true)")
