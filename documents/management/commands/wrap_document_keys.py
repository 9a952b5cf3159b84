from typing import Any

from django.core.management.base import BaseCommand

from documents import keys
from documents.models import Document

USING = "owner"


class Command(BaseCommand):
    help = "Wraps the keys of all documents by the first of DOCUMENTS_KEY; no content is touched."

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        kept = Document.objects.using(USING).filter(removed_at=None)
        for pk, key in kept.values_list("pk", "key").iterator():
            anew = keys.wrapped_anew(bytes(key))
            number += kept.filter(pk=pk).update(key=anew)
        self.stdout.write(f"{number} keys were wrapped anew.")
