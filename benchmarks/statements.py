"""A call of the technical interface with every statement that it sends and nothing else: no checks,
no right to be put together, no middleware, no schema of what is asked and told."""

import json
from datetime import datetime
from functools import cache
from typing import cast
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.utils import timezone

from audit.models import ActKind
from authorizations.door import Act
from authorizations.rights import Right
from benchmarks import PURPOSE
from customers.models import IdentityCode, Opening
from customers.services import OPEN, code_of
from technical_interface.customers import benefits_of
from technical_interface.right import RIGHT, digest, of_call
from technical_interface.telling import told

ROW = {
    "act": ActKind.OPEN,
    "outcome": "permitted",
    "channel": "interface",
    "office": "interface",
    "mandates": [],
    "purpose": PURPOSE,
    "laws": ["703/2023"],
    "rulebook": "0" * 64,
    "data_groups": ["pendency", "decisions", "payments"],
    "case_reference": "",
    "details": {},
}


def call(request: HttpRequest) -> HttpResponse:
    """The benefits of a customer in JSON."""
    token = request.headers["Authorization"].removeprefix("Bearer ")
    code = json.loads(request.body)["hetu"]
    right = right_of_token(token)
    with transaction.atomic():
        customer, entry, previous = _write(right, token, code)
        act = Act(entry, right, right.purpose(PURPOSE), customer)
        content = benefits_of(act, previous)
    frame = {"purpose": PURPOSE, "on": right.on, "marker": timezone.now(), "withheld": []}
    return JsonResponse(told(frame | content))


@cache
def right_of_token(token: str) -> Right:
    """It is known before anything is measured. Not that of `bare`, whose import notes nothing."""
    return of_call(token, "u-1", "")


def _write(right: Right, token: str, code: str) -> tuple[UUID, UUID, datetime | None]:
    """The customer, the row of the log, and when the customer was last opened."""
    now, organisation = timezone.now(), right.acting_for
    numbers, spans = zip(*settings.INTERFACE_SEARCH_PACE, strict=True)
    subject = uuid4()
    with connection.cursor() as cursor:
        calls = settings.INTERFACE_CALLS_IN_A_MINUTE
        cursor.execute(RIGHT, [now, calls, digest(token), right.on, now])
        cursor.execute(
            "SELECT authorizations_search_wait(%s, %s, %s, %s, %s)",
            [subject, organisation.id, now, list(numbers), list(spans)],
        )
        customer = cast("IdentityCode", code_of(code)).customer_id
        row = ROW | {
            "rule_date": str(right.on),
            "organisation_id": organisation.id,
            "agreement": organisation.agreement,
            "actor": str(subject),
            "customer": str(customer),
        }
        cursor.execute("SELECT audit_write(%s::jsonb, %s)", [json.dumps(row), []])
        (entry,) = cursor.fetchone()
        opening = Opening(
            customer_id=customer,
            session_id=right.session_id,
            subject=subject,
            organisation_id=organisation.id,
            purpose=PURPOSE,
            opened_at=now,
            entry_id=entry,
        )
        cursor.execute(OPEN, vars(opening))
        (previous,) = cursor.fetchone()
    return customer, entry, previous


urlpatterns = [path("bare/call/", call), path("", include("kelmu.urls"))]
