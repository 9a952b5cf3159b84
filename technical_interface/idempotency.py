"""`Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): what is made is made once.

What a call makes gets its number from the organisation, the operation and the key. So it is found
again by the key as long as it is kept, and there is no book of keys beside it: the pages hold back
a button that is pressed twice by the same numbers.
"""

import re
from uuid import UUID, uuid5

from django.db import connection

from kelmu.log_lines import HETU
from technical_interface.calls import CallRequest
from technical_interface.problems import Kind, Problem

HEADER = "Idempotency-Key"
KEY_FORM = re.compile(r'"([A-Za-z0-9._:-]{1,64})"')
NUMBERS = UUID("6b0d6f0e-8f5c-4d0f-9a53-5d1d0c1f7a10")  # any: it keeps them apart from others'


def number_of(request: CallRequest, operation: str) -> UUID:
    """The number of what the call makes. Until the transaction ends, no other call makes it.

    Raises Problem if the call tells no key.
    """
    key = KEY_FORM.fullmatch(request.headers.get(HEADER, ""))
    if key is None or HETU.search(key[1]):
        raise Problem(Kind.KEY_NOT_TOLD, f"{HEADER}?")
    number = uuid5(NUMBERS, f"{request.right.acting_for.id} {operation} {key[1]}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 10))", [str(number)])
    return number
