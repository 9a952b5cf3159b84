"""Somebody of Kela who previews an agreement, and what they see."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from audit.models import Entry
from authorizations.rulebook import Mandate
from organisations.models import AgreedPurpose, AgreementVersion
from tests.acting import PIRKANMAA, client_of, kela_admin, owning
from tests.agreeing import BEFORE, PREPARER, unjudged, version_of
from tests.harness import TODAY, as_owner

M1 = Mandate.BENEFITS_AND_PAYMENT_DEMANDS


@dataclass(frozen=True)
class Previewer:
    """A browser of one of Kela's people, with a preview opened."""

    client: Client
    version: AgreementVersion
    mandates: tuple[Mandate, ...] = (M1,)
    on: date = TODAY

    @property
    def entrance(self) -> str:
        held = ",".join(self.mandates) or "none"
        return f"/kela/versions/{self.version.pk}/preview/{self.on}/{held}/"

    def see(self, page: str = "start/", **asked: str) -> Any:
        """A page of the employee."""
        return self.client.get(f"{self.entrance}{page}", asked)

    def search(self, purpose: str = "other_benefits", **typed: str) -> Any:
        return self.client.post(f"{self.entrance}start/", {"purpose": purpose} | typed)

    def open_customer(self, purpose: str = "other_benefits", **asked: str) -> Any:
        """The first tab of the customer, under a purpose."""
        found = self.search(purpose)
        assert found.status_code == 302, found.content.decode()
        return self.client.get(found["Location"], asked)


def previewer(
    version: AgreementVersion | None = None,
    *mandates: Mandate,
    on: date = TODAY,
    business_id: str = PIRKANMAA,
    group: str = "preparing",
) -> Previewer:
    client = client_of(kela_admin(group))
    client.cookies["kelmu-language"] = "en"
    return Previewer(client, version or version_of(business_id), mandates or (M1,), on)


def proposed(*purposes: str, business_id: str = PIRKANMAA, **narrowed: Any) -> AgreementVersion:
    """A version for the time from next month on that nobody has approved, lawful or not."""
    first = TODAY + timedelta(days=30)
    before = version_of(business_id)
    with owning(), unjudged():
        version = AgreementVersion.objects.using("owner").create(
            agreement_id=before.agreement_id,
            number=before.number + 1,
            wanted=DateRange(first, None),
            proposed_by=PREPARER,
            proposed_by_name="Anna Aloittaja",
            proposed_at=BEFORE,
        )
        for purpose in purposes:
            AgreedPurpose.objects.using("owner").create(
                version=version,
                purpose=purpose,
                laws=["laki"],
                validity=DateRange(first, None),
                **narrowed,
            )
    return AgreementVersion.objects.get(pk=version.pk)


def log_of(act: str = "preview") -> list[Entry]:
    """The rows of an act, whoever's they are, oldest first."""
    with as_owner():
        return list(Entry.objects.filter(act=act).order_by("at"))


def opening_in(address: str) -> UUID:
    """The opening in the address of a customer's page."""
    return UUID(address.split("/customers/")[1].split("/")[0])
