"""Officials who read lists, and what they get."""

import csv
from io import StringIO
from typing import Any

from django.http import StreamingHttpResponse
from django.test import Client

from authorizations.rulebook import Mandate
from tests.acting import client_of, official

SUBSIDY, CARE = Mandate.LABOUR_MARKET_SUBSIDY_MATERIALS, Mandate.CHILD_CARE_ALLOWANCE_MATERIALS
LONG, VETERANS = Mandate.LABOUR_MARKET_SUBSIDY_300_DAYS, Mandate.FRONT_VETERANS_SUPPLEMENT
ABROAD, INTEGRATION = Mandate.TREATMENT_ABROAD, Mandate.INTEGRATION_SERVICES_CUSTOMERS
EVERY_MANDATE = [SUBSIDY, CARE, LONG, VETERANS, ABROAD, INTEGRATION]
INVOICE = "/notifications/labour_market_subsidy_list/837/lists/labour_market_subsidy_invoice/"
FIRST, SECOND = f"{INVOICE}837/2026-10-01/1/", f"{INVOICE}837/2026-10-01/2/"


def reader(business_id: str, *mandates: Mandate, **session: Any) -> Client:
    """The browser of somebody who holds these mandates of an organisation."""
    return client_of(official(business_id, *mandates, **session))


def fetched(client: Client, publication: str, form: str = "csv", **told: str) -> Any:
    """The answer with the file of a publication."""
    answer = client.post(f"{publication}fetch/", {"format": form, **told})
    assert answer.status_code == 302, answer.status_code
    return client.get(answer["Location"])


def bytes_of(answer: Any) -> bytes:
    """The whole file."""
    assert isinstance(answer, StreamingHttpResponse)
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]  # it is not asynchronous


def lines_of(content: bytes) -> list[list[str]]:
    """The cells of a CSV file."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
