"""`python -m suomifi_simulator` runs the simulator until it is told to stop."""

import os
import socket

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from suomifi_simulator.configuration import Configuration


def main(configuration: Configuration) -> None:
    """Serve until SIGTERM or SIGINT; OSError if the port is taken.

    One worker, in which all memory is; no access log, for a path may hold an identity code.
    """
    address = socket.gethostbyname(configuration.host)
    # granian would share a taken port (SO_REUSEPORT), and half of the requests would go astray.
    socket.create_server((address, configuration.port)).close()
    Server(
        "suomifi_simulator.asgi:application",
        address=address,
        port=configuration.port,
        interface=Interfaces.ASGINL,
        workers=1,
        websockets=False,
        log_access=False,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main(Configuration.from_environment(os.environ))
