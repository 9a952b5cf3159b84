"""People who are logged in without the way through Suomi.fi, and customers to look up."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client, RequestFactory
from django.utils import timezone

from audit.models import Entry
from audit.pseudonyms import subject_of
from audit.services import act_for
from authorizations import resolving
from authorizations.models import Session
from authorizations.rights import Right
from authorizations.rulebook import Mandate
from authorizations.session_store import ACTING, PERSON, SessionStore, stored_key
from customers.models import Customer, IdentityCode
from intake.models import Batch
from kelmu import hetu
from organisations.models import Organisation
from tests.harness import as_owner

PIRKANMAA, POHJANMAA = "9900100-2", "9900101-0"
TAMPERE, HELSINKI = "9900102-9", "9900105-3"
OFFICIAL = "140285-911Y"
CUSTOMER = "131052-9085"
ALWAYS = DateRange(None, None)


@contextmanager
def owning() -> Iterator[None]:
    """Write to the alias "owner", be it the connection of the test or a login of its own."""
    if connections["owner"] is connections["default"]:
        with as_owner():
            yield
    else:
        yield


def organisation(business_id: str = PIRKANMAA) -> Organisation:
    """An organisation of the cast."""
    return Organisation.objects.get(business_id=business_id)


def official(
    business_id: str = PIRKANMAA,
    *mandates: Mandate,
    subject: UUID | None = None,
    read_at: datetime | None = None,
    by_role: bool = False,
) -> SessionStore:
    """A session that acts for an organisation, by the benefit mandate if no other is named."""
    held = [] if by_role else [*mandates] or [Mandate.BENEFITS_AND_PAYMENT_DEMANDS]
    return session(
        subject or subject_of(OFFICIAL),
        organisation_id=organisation(business_id).pk,
        mandates=held,
        mandates_read_at=None if by_role else (read_at or timezone.now()).isoformat(),
        by_role=by_role,
    )


def kela_admin(*groups: str) -> SessionStore:
    """A session of one of Kela's own people."""
    return session(uuid4(), kela_groups=list(groups))


def session(subject: UUID, **acting: object) -> SessionStore:
    """A session as a login leaves it behind."""
    store = SessionStore()
    store[PERSON] = {"subject": str(subject), "name": "Aino Virkailija"}
    store[ACTING] = {**store[PERSON], **acting}
    store.create()
    return store


def row_of(store: SessionStore) -> Session:
    """The row of a session."""
    return Session.objects.get(session_key=stored_key(store.session_key or ""))


def change(store: SessionStore, **acting: object) -> None:
    """Let the session act otherwise from its next request on."""
    current = SessionStore(store.session_key)
    current[ACTING] = {**current[ACTING], **acting}
    current.save()


def make_older(store: SessionStore, by: timedelta) -> None:
    """Let the last request of a session be so much longer ago."""
    row = row_of(store)
    Session.objects.filter(pk=row.pk).update(seen_at=row.seen_at - by)


def client_of(store: SessionStore) -> Client:
    """The browser of a session."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key or ""
    return client


def right_of(store: SessionStore) -> Right:
    """The right of a request of a session."""
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = store.session_key or ""
    return resolving.resolve(request)


def customer(code: str = CUSTOMER, **fields: object) -> UUID:
    """A customer of whom Kela knows little more than the code."""
    subject = subject_of(code)
    with owning():
        batch = Batch.objects.using("owner").create(
            source="test", made_at=timezone.now(), digest=uuid4().hex * 2
        )
        given: dict[str, object] = {
            "given_names": "Eino Olavi",
            "family_name": "Esimerkki",
            "birth_date": hetu.birth_date(code),
            "language": "fi",
            "home_municipality_id": "837",
        }
        Customer.objects.using("owner").create(id=subject, batch_id=batch.pk, **given | fields)
        IdentityCode.objects.using("owner").create(
            code=code, customer_id=subject, is_current=True, batch_id=batch.pk
        )
    return subject


def entries(business_id: str = PIRKANMAA) -> list[Entry]:
    """The rows of the log that an organisation sees, oldest first."""
    act_for(organisation(business_id).pk)
    return list(Entry.objects.order_by("at"))
