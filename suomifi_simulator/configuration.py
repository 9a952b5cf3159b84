"""What the environment says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """Where the simulator listens, whom it serves, and who lives in it.

    `address` and `application` are the public addresses of the simulator and of the application;
    `today` fixes the day on which mandates are read, protocol times are always real.
    """

    host: str
    port: int
    address: str
    application: str
    cast: Path
    clients: Path
    today: date | None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read SIMULATOR_*, APPLICATION_ADDRESS and KELMU_TODAY; ValueError if one is malformed."""
        port = int(environment.get("SIMULATOR_PORT", "8001"))
        today = environment.get("SIMULATOR_TODAY") or environment.get("KELMU_TODAY")
        return cls(
            host=environment.get("SIMULATOR_HOST", "localhost"),
            port=port,
            address=environment.get("SIMULATOR_ADDRESS", f"http://localhost:{port}").rstrip("/"),
            application=environment.get("APPLICATION_ADDRESS", "http://127.0.0.1:8000").rstrip("/"),
            cast=Path(environment.get("SIMULATOR_CAST", HERE.parent / "demo" / "cast.toml")),
            clients=Path(environment.get("SIMULATOR_CLIENTS", HERE / "clients.toml")),
            today=date.fromisoformat(today) if today else None,
        )
