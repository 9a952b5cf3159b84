"""The demo in a database that the environment names, on a server that is not ours."""

from pathlib import Path

import psycopg
from psycopg import sql

from demo.database import Contents, fill, migrate
from demo.environment import Urls, database_environment
from demo.errors import DemoError
from demo.keys import Keys


def prepare(urls: Urls, contents: Contents, keys: Keys, work: Path) -> None:
    """Fill an empty database, or go on with one that holds the same; DemoError if it does not.

    The comment of the database tells what it holds, from the moment it is whole.
    """
    environment = database_environment(urls, keys, contents.today)
    try:
        with psycopg.connect(urls.owner, autocommit=True) as connection:
            if is_empty(connection):
                fill(contents, environment, work)
                mark(connection, contents.name(keys))
            elif comment(connection) != contents.name(keys):
                raise DemoError(
                    "The database of DATABASE_URL is not empty and does not hold this demo: "
                    f"{contents}. Empty it or name another."
                )
            else:
                migrate(environment, work)
    except psycopg.OperationalError as error:
        raise DemoError(f"Cannot use DATABASE_OWNER_URL: {error}") from None


def is_empty(connection: psycopg.Connection) -> bool:
    """Whether nobody has made a table yet."""
    tables = "SELECT FROM pg_tables WHERE schemaname = 'public'"
    return connection.execute(tables).rowcount == 0


def comment(connection: psycopg.Connection) -> str | None:
    """The comment of the database."""
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE datname = current_database()"
    ).fetchone()
    return row[0] if row else None


def mark(connection: psycopg.Connection, text: str) -> None:
    """Set the comment of the database."""
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
    name = connection.info.dbname
    connection.execute(statement.format(sql.Identifier(name), sql.Literal(text)))
