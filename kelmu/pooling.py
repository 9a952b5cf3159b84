"""Connections to the database that wait for their next use."""

from select import POLLIN, poll
from typing import Any

from psycopg import Connection, OperationalError


def close_if_ended(connection: Connection[Any]) -> None:
    """Close a connection that the server has ended.

    OperationalError tells the pool that it has, and to take another. It asks the server nothing:
    on a connection that waits nobody answers, so what there is to read is the server's last word.
    """
    waiting = poll()
    waiting.register(connection.fileno(), POLLIN)
    if waiting.poll(0):
        connection.close()
        raise OperationalError("The server has ended the connection.")
