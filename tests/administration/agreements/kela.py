"""Kela's own people in the tests, and agreements as far as they have brought them."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.db.backends.postgresql.psycopg_any import DateRange

from administration.agreements import gates, services
from administration.agreements.services import Said
from administration.agreements.steps import Deed
from administration.agreements.versions import services as versions
from administration.agreements.versions.content import Chosen, Content, offered, usual
from authorizations.rights import Right
from authorizations.rulebook import OrganisationType
from organisations.models import Agreement, AgreementVersion, Organisation, Proposed
from tests.acting import owning, right_of, session
from tests.administration import kela
from tests.harness import TODAY

ACCEPTED, REFUSED = Proposed.Decision.ACCEPTED, Proposed.Decision.REFUSED
NEW = "9900199-3"  # a business ID that nobody of the cast has


class Admin(kela.Reader):
    """Somebody of Kela, each a person of their own, with the right of a request of today."""

    def __init__(self, *groups: str) -> None:
        self.store = session(uuid4(), kela_groups=list(groups))
        super().__init__(self.store)

    @property
    def right(self) -> Right:
        return right_of(self.store)

    def send(self, path: str, **typed: object) -> Any:
        """What is answered to a form."""
        return self.client.post(path, typed)


def text_of(answer: Any) -> str:
    """The page in one line, whatever its status."""
    return kela.text_of(answer, answer.status_code)


def preparing() -> Admin:
    return Admin("preparing")


def approving() -> Admin:
    return Admin("approving")


def a_new_organisation(kind: str = "other_authority", **fields: object) -> Organisation:
    """One with which nothing has been agreed."""
    named: dict[str, object] = {
        "name_fi": "Uusi vastaanottokeskus",
        "name_sv": "Nya flyktingförläggningen",
        "business_id": NEW,
        "type": kind,
        "validity": DateRange(date(2021, 2, 1), None),
    }
    return Organisation.objects.create(**named | fields)


def content_for(organisation: Organisation, start: date = TODAY) -> Content:
    """What the law opens to it from the day on."""
    kind = OrganisationType(organisation.type)
    if kind is OrganisationType.OTHER_AUTHORITY:
        return named("other_benefits", kind=kind, start=start)
    return usual(kind, DateRange(start, None))


def named(
    *slugs: str, kind: OrganisationType = OrganisationType.WELLBEING_COUNTY, start: date = TODAY
) -> Content:
    """These purposes by all their laws."""
    choices = offered(kind, DateRange(start, None))
    return Content(purposes={slug: Chosen(frozenset(choices[slug].laws)) for slug in slugs})


def approved_version(
    preparer: Admin, approver: Admin, agreement: Agreement, start: date = TODAY
) -> AgreementVersion:
    """A version that one prepared and another approved."""
    content = content_for(agreement.organisation, start)
    version = versions.prepare(preparer.right, agreement.pk, start, content)
    return versions.decide(approver.right, version.pk, ACCEPTED)


def signed(
    preparer: Admin, approver: Admin, organisation: Organisation, start: date = TODAY
) -> Agreement:
    """An agreement that both have signed."""
    agreement = services.begin(preparer.right, organisation)
    approved_version(preparer, approver, agreement, start)
    for deed, who in [
        (Deed.SENT, preparer),
        (Deed.SIGNED_BY_ORGANISATION, preparer),
        (Deed.SIGNED_BY_KELA, approver),
    ]:
        agreement = services.take(who.right, agreement.pk, deed, Said(who.right.on, note="x"))
    return agreement


def open_the_gates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything that is tested and assessed elsewhere have passed, in the database too."""
    monkeypatch.setattr(gates, "GATES", gates.GATES[:2])
    with owning(), connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE organisations_agreement DISABLE TRIGGER wait_for_gates")
