"""What Django opens connections with: the module and the class have the names that it looks for."""

from select import POLLIN, poll
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL whose pool gives no connection that the server has ended meanwhile.

    The pool's own `check` pauses for a second and more after each that it finds.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        """A connection on which somebody answers; those found ended go back, closed."""
        connection: Connection[Any] = super().get_new_connection(conn_params)
        while self.pool and is_ended(connection):
            connection.close()
            self.pool.putconn(connection)  # which makes another in its place
            connection = super().get_new_connection(conn_params)
        return connection


def is_ended(connection: Connection[Any]) -> bool:
    """Whether the server has ended a connection that waited. It asks the server nothing:
    while nothing is asked nobody answers, so what there is to read is the server's last word."""
    waiting = poll()
    waiting.register(connection.fileno(), POLLIN)
    return bool(waiting.poll(0))
