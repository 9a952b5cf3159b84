"""Debian's nginx in front of an application, with the configuration of compose."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from demo.environment import ROOT
from demo.processes import start
from tests.running import free_port


@contextmanager
def in_front(application: int, folder: Path) -> Iterator[int]:
    """The port where nginx listens, without TLS. A missing one is a failure, never a skip."""
    if (found := program()) is None:
        raise FileNotFoundError("There is no nginx here. Run `./bootstrap nginx`.")
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(f"daemon off;\n{_adapted(application, port, folder)}")
    log = folder / "nginx.log"
    server = start("nginx", [found, "-c", str(configuration), "-p", str(folder)], log)
    try:
        server.wait_until_answers(f"http://127.0.0.1:{port}/health/nginx")
        yield port
    finally:
        server.stop()


def program() -> str | None:
    """The nginx of this machine, which is not on everybody's path."""
    return which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


def _adapted(application: int, port: int, folder: Path) -> str:
    lines = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "ssl" not in line and "mime.types" not in line]
    text = "\n".join(kept).replace("application:8000", f"127.0.0.1:{application}")
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}")
    text = text.replace("/tmp/", f"{folder}/")  # noqa: S108 - where the configuration has its own
    return text.replace("/dev/stdout", f"{folder}/access.log")
