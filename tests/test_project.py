"""What must hold of the project as a whole."""

import os
import secrets
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_production_passes_the_deployment_checks() -> None:
    production = {
        "PATH": os.environ["PATH"],
        "KELMU_MODE": "production",
        "ALLOWED_HOSTS": "kelmu.example",
        "APPLICATION_ADDRESS": "https://kelmu.example",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "PSEUDONYM_KEY": secrets.token_urlsafe(50),
        "SESSION_DATA_KEY": Fernet.generate_key().decode(),
        "DOCUMENTS_KEY": Fernet.generate_key().decode(),
        "DOCUMENTS_FOLDER": "/srv/documents",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    result = subprocess.run(command, env=production, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
