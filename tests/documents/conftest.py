import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from demo.services import start_scanner


@pytest.fixture
def eino(db: None) -> UUID:
    """A customer with an application for basic social assistance."""
    from tests.acting import customer  # these need the settings that pytest_configure has made
    from tests.documents.sending import application

    person = customer()
    application(person)
    return person


@pytest.fixture
def client(eino: UUID) -> Client:
    """An official of the county, in English."""
    from tests.acting import official
    from tests.documents.sending import english

    return english(official())


@pytest.fixture(scope="session")
def scanner() -> Iterator[Path]:
    """The socket of a malware scanner that knows one thing."""
    with tempfile.TemporaryDirectory(prefix="kelmu-", dir="/tmp") as folder:
        socket = Path(folder) / "scanner"
        running = start_scanner(socket, Path(folder) / "log")
        running.wait_until(socket.exists)
        yield socket
        running.stop()


@pytest.fixture
def kela(settings: Any, scanner: Path, tmp_path: Path) -> Path:
    """The folder that plays Kela's door, with a scanner before it."""
    settings.DOCUMENTS_SCANNER = f"unix://{scanner}"
    settings.DOCUMENTS_DELIVERY = "folder"
    settings.DOCUMENTS_OUT = str(tmp_path / "kela")
    return tmp_path / "kela"
