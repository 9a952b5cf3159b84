"""Makes a key that seals the access log. How keys are changed: docs/operations.md."""

from typing import Any

from django.core.management.base import BaseCommand

from audit.seals import new_key


class Command(BaseCommand):
    help = "Prints a new key that signs the seals of the access log, as the settings take it."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        private, public = new_key()
        self.stdout.write("# for the worker alone")
        self.stdout.write(f"LOG_SEAL_KEY={private}")
        self.stdout.write(
            "# for whoever verifies; the public halves of earlier keys stay beside it"
        )
        self.stdout.write(f"LOG_SEAL_PUBLIC_KEYS={public}")
