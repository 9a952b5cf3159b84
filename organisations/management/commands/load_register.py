"""Loads the register of municipalities and counties."""

from typing import Any

from django.core.management.base import BaseCommand

from organisations import register


class Command(BaseCommand):
    help = "Loads the municipalities and counties that the project ships, as the tables' owner."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{register.load('owner')} municipalities are in the register.")
