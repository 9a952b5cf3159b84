"""People who watch over the use, and rows of the log for them to find."""

import json
import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from audit.models import ActKind, Entry
from audit.pseudonyms import subject_of
from audit.services import act_for
from authorizations.models import Official
from kelmu.clock import HELSINKI
from oversight.log.keys import Key, key_of
from tests.acting import (
    CUSTOMER,
    OFFICIAL,
    PIRKANMAA,
    client_of,
    entries,
    kela_admin,
    official,
    organisation,
)
from tests.administration.kela import Own, Reader
from tests.harness import as_owner

SUPERVISOR = "090571-944L"  # Saara of Pirkanmaa
REASON = "Tarkastus 12/2026"
OCTOBER = date(2026, 10, 1)
ROW: dict[str, Any] = {
    "act": "view",
    "outcome": "permitted",
    "channel": "browser",
    "office": "mandate",
    "agreement": "KELMU-2023-9900100/1",
    "mandates": ["benefits_and_payment_demands"],
    "purpose": "other_benefits",
    "laws": ["812/2000 20 §"],
    "rulebook": "0" * 64,
    "data_groups": ["pendency", "payments"],
    "look_back_from": "2023-11-20",
    "case_reference": "",
    "details": {},
    "transaction": 0,
}


class Supervisor(Own):
    """Saara at her browser."""

    def __init__(self) -> None:
        super().__init__(SUPERVISOR)


class Overseer(Reader):
    """Somebody of Kela's oversight, or of another of its groups."""

    def __init__(self, *groups: str) -> None:
        super().__init__(kela_admin(*(groups or ("oversight",))))

    def inquire(self, **told: object) -> str:
        """The address of what an inquiry shows."""
        return self.post("/kela/oversight/", 302, **{"reason": REASON} | told)


def known(hetu: str = OFFICIAL, name: str = "Aino Virkailija", at: str = PIRKANMAA) -> UUID:
    """Somebody who acts for an organisation, by name."""
    act_for(organisation(at).pk)
    Official.objects.get_or_create(
        organisation=organisation(at), subject=subject_of(hetu), defaults={"name": name}
    )
    return subject_of(hetu)


def opened(
    code: str = CUSTOMER, at: str = PIRKANMAA, *, follow: bool = False, **typed: object
) -> None:
    """Aino opens a customer, who must be known, or searches in vain; and sees their page."""
    known(at=at)
    typed = {"purpose": "other_benefits", "hetu": code} | typed
    client_of(official(at)).post("/start/", typed, follow=follow)


def written(at: datetime, by: str = PIRKANMAA, **columns: Any) -> Key:
    """A row of the log as it stands some time later."""
    entry_id = uuid4()
    row = ROW | {
        "id": str(entry_id),
        "at": at.isoformat(),
        "rule_date": at.date().isoformat(),
        "organisation_id": organisation(by).pk,
        "actor": str(known(at=by)),
    }
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_add_month(%s)", [at.date()])
        cursor.execute(
            "INSERT INTO audit_entry"
            " SELECT (jsonb_populate_record(NULL::audit_entry, %s::jsonb)).*",
            [json.dumps(row | columns, default=str)],
        )
    return Key(at, entry_id)


def in_october(number: int, **columns: Any) -> list[Key]:
    """So many acts of October 2026, an hour apart."""
    first = datetime(2026, 10, 5, 8, tzinfo=HELSINKI)
    return [written(first + timedelta(hours=one), **columns) for one in range(number)]


def latest(act: ActKind, by: str = PIRKANMAA) -> Entry:
    """The latest row of that act which the organisation sees."""
    return [one for one in entries(by) if one.act == act][-1]


def cells(page: str, heading: str) -> list[str]:
    """What a table of a page has in the column of that heading."""
    return re.findall(rf'data-label="{heading}"[^>]*>\s*([^<]*?)\s*<', page)


def address(entry: Entry) -> str:
    key = key_of(entry)
    return f"/oversight/log/{key.moment}/{key.id}/"
