"""Notes what an act has shown: how many rows, and a digest of them that settles what was seen.

The digest is HMAC-SHA-256 with a key of the act's own. A plain digest would tell whoever reads the
log whether two pages showed the same, and by trying out, of whom a page without benefits was. The
key follows from PSEUDONYM_KEY and the number of the act, so one act can be proved by its key alone.
What is digested left the database for the page: the data, not the words, language and layout.
"""

import hashlib
import hmac
import json
from dataclasses import asdict, is_dataclass
from typing import Any, override
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model

BLOCK = 64  # bytes, of SHA-256
INNER, OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))

# In the statement that reads, for `parameters`: `number` and `content` are SQL, the latter text.
NOTE = (
    "audit_show(%(act)s, {number}, sha256(%(outer)s || sha256(%(inner)s ||"
    " convert_to({content}, 'UTF8'))))"
)


class Encoder(DjangoJSONEncoder):
    """Tells rows too, by the columns that were read."""

    @override
    def default(self, o: Any) -> Any:
        if isinstance(o, Model):
            return {name: told for name, told in vars(o).items() if not name.startswith("_")}
        if is_dataclass(o) and not isinstance(o, type):
            return asdict(o)
        if isinstance(o, bytes | memoryview):
            return bytes(o).hex()
        try:
            return super().default(o)
        except TypeError:
            return str(o)  # spans of days, texts that wait for their language


def note(entry: UUID, number: int, content: object) -> None:
    """Notes what the act with that row has shown, in the transaction that has read it.

    `content` is bytes, or whatever JSON can tell, which is digested in its canonical form.
    """
    told = content if isinstance(content, bytes) else canonical(content)
    note_digest(entry, number, digest(entry, told))


def note_digest(entry: UUID, number: int, digest_of_it: bytes) -> None:
    """The same of what was digested piece by piece (`digesting`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_show(%s, %s, %s)", [entry, number, digest_of_it])


def canonical(content: object) -> bytes:
    """JSON without spaces, keys in order."""
    text = json.dumps(
        content, cls=Encoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return text.encode()


def digest(entry: UUID, content: bytes) -> bytes:
    """The digest of what the act with that row has shown, 32 bytes."""
    return hmac.digest(key(entry), content, hashlib.sha256)


def digesting(entry: UUID) -> "hmac.HMAC":
    """The same for what comes piece by piece."""
    return hmac.new(key(entry), digestmod=hashlib.sha256)


def key(entry: UUID) -> bytes:
    """The key of an act, 32 bytes."""
    return hmac.digest(settings.PSEUDONYM_KEY.encode(), b"shown:" + entry.bytes, hashlib.sha256)


def parameters(entry: UUID) -> dict[str, Any]:
    """Those of `NOTE`. HMAC in SQL is two digests, for PostgreSQL without extensions has none."""
    padded = key(entry).ljust(BLOCK, b"\0")
    return {"act": entry, "inner": padded.translate(INNER), "outer": padded.translate(OUTER)}
