"""What the environment says about the demo."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from demo.database import Contents
from demo.environment import ROOT, Addresses, Urls
from demo.errors import DemoError

HELSINKI = ZoneInfo("Europe/Helsinki")
MOST_CUSTOMERS = 5_000_000  # Finland has fewer than six million people


@dataclass(frozen=True)
class Configuration:
    """Where the demo listens and lives, what it holds, and the database if it is given one."""

    folder: Path
    addresses: Addresses
    contents: Contents
    database: Urls | None

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Read PORT, KELMU_TODAY, DEMO_* and DATABASE_*; DemoError if one is malformed."""
        port = whole_number(environment, "PORT", 8000, most=65534)
        customers = whole_number(environment, "DEMO_CUSTOMERS", 10_000, most=MOST_CUSTOMERS)
        return cls(
            folder=Path(environment.get("DEMO_FOLDER", ROOT / ".demo")).absolute(),
            addresses=Addresses(port, port + 1),
            contents=Contents(day(environment), customers),
            database=given(environment),
        )

    @property
    def logs(self) -> Path:
        """Where the processes write what they have to say."""
        return self.folder / "logs"

    def require_free_ports(self) -> None:
        """DemoError if somebody listens where we shall. The server itself would share the port."""
        for port in (self.addresses.port, self.addresses.simulator_port):
            try:
                socket.create_server(("127.0.0.1", port)).close()
            except OSError as error:
                raise DemoError(
                    f"Port {port} cannot be used ({error.strerror}). Free it, or choose another, "
                    "and the one after it for the simulator: make demo PORT=8100"
                ) from None


def whole_number(environment: Mapping[str, str], name: str, default: int, *, most: int) -> int:
    """A number from 1 to `most`, `default` if it is not set."""
    text = environment.get(name) or str(default)
    if text.isascii() and text.isdigit() and 1 <= int(text) <= most:
        return int(text)
    raise DemoError(f"{name} must be a whole number from 1 to {most}, not {text!r}.")


def day(environment: Mapping[str, str]) -> date:
    """KELMU_TODAY, or today in Finland."""
    text = environment.get("KELMU_TODAY")
    if not text:
        return datetime.now(UTC).astimezone(HELSINKI).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DemoError(f"KELMU_TODAY must be a date like 2026-11-21, not {text!r}.") from None


def given(environment: Mapping[str, str]) -> Urls | None:
    """The database of DATABASE_URL, if it is set; its owner's address must be set with it.
    Without the address of kelmu_sealer the log is not sealed."""
    application = environment.get("DATABASE_URL")
    owner = environment.get("DATABASE_OWNER_URL")
    if bool(application) != bool(owner):
        raise DemoError("Set both DATABASE_URL (kelmu_app) and DATABASE_OWNER_URL, or neither.")
    sealer = environment.get("DATABASE_SEALER_URL", "")
    return Urls(application, owner, sealer) if application and owner else None
