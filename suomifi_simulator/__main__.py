"""`python -m suomifi_simulator` runs the simulator until it is told to stop."""

import asyncio
import os
import signal
from socket import gethostbyname

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from suomifi_simulator.asgi import application
from suomifi_simulator.configuration import Configuration


async def main(configuration: Configuration) -> None:
    """Serve until SIGTERM or SIGINT, without an access log: paths may hold identity codes."""
    server = Server(
        application,
        address=gethostbyname(configuration.host),
        port=configuration.port,
        interface=Interfaces.ASGINL,
        websockets=False,
        log_access=False,
        log_level=LogLevels.error,
    )
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, server.stop)
    await server.serve()


if __name__ == "__main__":
    asyncio.run(main(Configuration.from_environment(os.environ)))
