"""The world of a preview: the schema `preview`, and a transaction that sees nothing else.

It holds the tables by the names that all code knows: those of customers with one synthetic customer
(world.sql), those of agreements as if the previewed version held, what is named here as it is, and
every other one empty. No code can read a real customer in a preview, whatever it asks for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction
from psycopg.sql import SQL, Composable, Identifier, Literal

from authorizations.rights import Right
from authorizations.rulebook import Mandate
from intake.feeds import registered
from kelmu import clock
from kelmu.database.preparing import unprepared
from organisations.models import AgreementVersion

WORLD = Path(__file__).with_name("world.sql")
# Tables that name no customer; with the officials that an agreement names, whom Kela knows.
AS_THEY_ARE = (
    *("authorizations_rulebookmirror", "benefits_benefit", "organisations_contact"),
    *("organisations_county", "organisations_countymembership", "organisations_formername"),
    *("organisations_municipality", "organisations_organisation"),
    *("organisations_servedmunicipality", "kelmu_announcement"),
)
# When the previewed version holds: in its own time, or from the day on if that is at another time.
PERIOD = """
    SELECT CASE WHEN version.wanted @> preview.day() THEN version.wanted
        ELSE daterange(preview.day(), NULL) END AS time, version.*
    FROM public.organisations_agreementversion AS version WHERE version.id = preview.version()
"""
# What stands for the column `validity` of each table of agreements.
AS_AGREED = {
    "organisations_agreement": """
        CASE WHEN told.id <> period.agreement_id AND told.organisation_id = (
            SELECT organisation_id FROM public.organisations_agreement
            WHERE id = period.agreement_id
        ) THEN NULL
        WHEN told.id = period.agreement_id AND NOT coalesce(told.validity @> preview.day(), false)
            THEN period.time
        ELSE told.validity END""",
    "organisations_agreementversion": """
        CASE WHEN told.id = period.id THEN period.time
        WHEN told.agreement_id = period.agreement_id
            THEN told.validity * daterange(NULL, lower(period.time))
        ELSE told.validity END""",
    # Outside its own time a version covers what it covers on the day of it that is nearest.
    "organisations_agreedpurpose": """
        CASE WHEN told.version_id <> period.id OR period.wanted @> preview.day() THEN told.validity
        WHEN told.validity @> least(
            greatest(preview.day(), lower(period.wanted)), upper(period.wanted) - 1
        ) THEN period.time
        ELSE 'empty' END""",
}
# Whatever else there is has no rows, until world.sql gives it some.
OTHERS = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
        AND NOT EXISTS (
            SELECT FROM pg_class AS made
            WHERE made.relnamespace = 'preview'::regnamespace AND made.relname = pg_class.relname
        )
"""
COLUMNS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""

GRANTS = """
    GRANT USAGE ON SCHEMA preview TO kelmu_app;
    GRANT SELECT ON ALL TABLES IN SCHEMA preview TO kelmu_app;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA preview TO kelmu_app;
"""


def remove(*, using: str, **_signal: Any) -> None:
    """Takes the schema away, before a migration changes what it rests on."""
    with connections[using].cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS preview CASCADE")


def make(*, using: str, **_signal: Any) -> None:
    """Makes the schema anew, after a migration; nothing if not all tables are there."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        columns = {name: _columns(cursor, name) for name in (*AS_THEY_ARE, *AS_AGREED)}
        if not all(columns.values()):
            return
        cursor.execute("DROP SCHEMA IF EXISTS preview CASCADE; CREATE SCHEMA preview")
        cursor.execute(_files())
        cursor.execute(WORLD.read_text(encoding="utf-8"))
        for name in AS_THEY_ARE:
            cursor.execute(_view(name, SQL("TABLE public.{}").format(Identifier(name))))
        for name, validity in AS_AGREED.items():
            cursor.execute(_view(name, _as_agreed(name, columns[name], validity)))
        cursor.execute(OTHERS)
        for (name,) in cursor.fetchall():
            nothing = SQL("SELECT * FROM public.{} WHERE false").format(Identifier(name))
            cursor.execute(_view(name, nothing))
        cursor.execute(GRANTS)


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(COLUMNS, [f"public.{table}"])
    return [name for (name,) in cursor.fetchall()]


def _files() -> Composable:
    """The files that feed rows: in a preview all were delivered that morning."""
    files = SQL(", ").join(SQL("({})").format(Literal(feed.file)) for feed in registered())
    return SQL("CREATE VIEW preview.file (file) AS VALUES {}").format(files)


def _view(name: str, rows: Composable) -> Composable:
    return SQL("CREATE VIEW preview.{} AS {}").format(Identifier(name), rows)


def _as_agreed(name: str, columns: list[str], validity: str) -> Composable:
    told = [
        SQL(f"({validity})::daterange AS validity")
        if column == "validity"
        else SQL("told.{}").format(Identifier(column))
        for column in columns
    ]
    return SQL("SELECT {} FROM public.{} AS told CROSS JOIN ({}) AS period").format(
        SQL(", ").join(told), Identifier(name), SQL(PERIOD)
    )


@contextmanager
def world_of(version: AgreementVersion, on: date, reader: Right) -> Iterator[None]:
    """While nothing is read but the world in which the version holds on the day."""
    told = {
        "kelmu.preview_day": on.isoformat(),
        "kelmu.preview_version": version.pk,
        "kelmu.preview_organisation": version.agreement.organisation_id,
        "kelmu.preview_session": reader.session_id,
        "kelmu.preview_subject": reader.subject,
        "kelmu.preview_mandates": ",".join(Mandate),
        "search_path": "preview",
    }
    # PostgreSQL refuses what was prepared where the same names lead to columns of other types.
    with transaction.atomic(), clock.showing(on), unprepared():
        before = _set(told)
        yield
        _set({"search_path": before})


def _set(told: dict[str, Any]) -> str:
    """Sets what the transaction knows; answers its search path until now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path')")
        (before,) = cursor.fetchone()
        for name, value in told.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, str(value)])
    return str(before)
