"""The settings with which the application and the simulator run side by side."""

import os
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from demo.keys import Keys

ROOT = Path(__file__).parent.parent
CAST = ROOT / "demo" / "cast.toml"
CLIENTS = ROOT / "suomifi_simulator" / "clients.toml"


@dataclass(frozen=True)
class Urls:
    """The addresses of one database: the application's and the owner's."""

    application: str
    owner: str
    sealer: str = ""


@dataclass(frozen=True)
class Addresses:
    """Where a browser finds the two. Their hosts differ, as those of two sites do."""

    port: int
    simulator_port: int

    @property
    def application(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def simulator(self) -> str:
        return f"http://localhost:{self.simulator_port}"


def database_environment(urls: Urls, keys: Keys, today: date, mode: str = "demo") -> dict[str, str]:
    """What a command of manage.py needs that reads or writes the database."""
    sealer = {"DATABASE_SEALER_URL": urls.sealer} if urls.sealer else {}
    return (
        os.environ
        | sealer
        | {
            "KELMU_MODE": mode,
            "KELMU_TODAY": today.isoformat(),
            "DATABASE_URL": urls.application,
            "DATABASE_OWNER_URL": urls.owner,
            "SECRET_KEY": keys.secret_key,
            "PSEUDONYM_KEY": keys.pseudonym_key,
            "SESSION_DATA_KEY": keys.session_data_key,
            "DOCUMENTS_KEY": keys.documents_key,
            "LOG_SEAL_PUBLIC_KEYS": keys.seal_public_key,
        }
    )


def worker_environment(keys: Keys, anchors: Path) -> dict[str, str]:
    """What the worker has beyond the application: the key that seals, and where anchors go."""
    return {"LOG_SEAL_KEY": keys.seal_key, "LOG_ANCHORS": str(anchors)}


def documents_environment(folder: Path, scanner: Path) -> dict[str, str]:
    """Where documents for Kela are kept, who scans them, and the folder that plays Kela's door."""
    return {
        "DOCUMENTS_FOLDER": str(folder / "kept"),
        "DOCUMENTS_SCANNER": f"unix://{scanner}",
        "DOCUMENTS_DELIVERY": "folder",
        "DOCUMENTS_OUT": str(folder / "delivered"),
    }


def suomifi_environment(addresses: Addresses, keys: Keys) -> dict[str, str]:
    """The application's settings for Suomi.fi and Kela's provider, both played by the simulator."""
    clients = tomllib.loads(CLIENTS.read_text())
    identification, kela = clients["identification"][0], clients["kela"][0]
    mandates = clients["authorizations"][0]
    key_file = str(keys.client_key_file)
    return {
        "APPLICATION_ADDRESS": addresses.application,
        "SUOMIFI_OIDC_ISSUER": f"{addresses.simulator}/idp",
        "SUOMIFI_OIDC_CLIENT_ID": identification["id"],
        "SUOMIFI_OIDC_CLIENT_KEY_FILE": key_file,
        "SUOMIFI_MANDATES_URL": addresses.simulator,
        "SUOMIFI_MANDATES_CLIENT_ID": mandates["id"],
        "SUOMIFI_MANDATES_API_KEY": mandates["api_key"],
        "SUOMIFI_MANDATES_OAUTH_PASSWORD": mandates["oauth_password"],
        "SUOMIFI_MANDATES_RETURN_URL": mandates["return_addresses"][0].format(
            application=addresses.application
        ),
        "KELA_OIDC_ISSUER": f"{addresses.simulator}/kela",
        "KELA_OIDC_CLIENT_ID": kela["id"],
        "KELA_OIDC_CLIENT_KEY_FILE": key_file,
    }


def simulator_environment(addresses: Addresses, today: date) -> dict[str, str]:
    """The simulator's own settings."""
    return os.environ | {
        "KELMU_TODAY": today.isoformat(),
        "SIMULATOR_PORT": str(addresses.simulator_port),
        "SIMULATOR_CAST": str(CAST),
        "APPLICATION_ADDRESS": addresses.application,
    }
