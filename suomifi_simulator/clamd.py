"""Plays clamd, the malware scanner: `python -m suomifi_simulator.clamd PATH` listens on a socket.

It knows PING and INSTREAM, and of all malware the harmless file by which scanners are tried out.
"""

import asyncio
import signal
import sys

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MOST = 512 * 1024 * 1024  # bytes of a stream


async def serve(path: str) -> None:
    """Answer until SIGTERM or SIGINT."""
    server = await asyncio.start_unix_server(_answer, path)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with server:
        await stopped.wait()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        command = (await reader.readuntil(b"\0")).strip(b"\0")
        writer.write(await _told(command, reader))
        await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass  # whoever asked has gone
    finally:
        writer.close()


async def _told(command: bytes, reader: asyncio.StreamReader) -> bytes:
    match command:
        case b"zPING":
            return b"PONG\0"
        case b"zINSTREAM":
            return await _scanned(reader)
        case _:
            return b"UNKNOWN COMMAND\0"


async def _scanned(reader: asyncio.StreamReader) -> bytes:
    """The verdict on a stream; what may span two pieces is kept from one to the next."""
    kept, total, found = b"", 0, False
    while length := int.from_bytes(await reader.readexactly(4)):
        total += length
        if total > MOST:
            return b"INSTREAM size limit exceeded. ERROR\0"
        kept = kept[-len(EICAR) :] + await reader.readexactly(length)
        found = found or EICAR in kept
    return b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0"


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
