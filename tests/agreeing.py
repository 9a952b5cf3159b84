"""What is agreed with an organisation of the cast, and how tests have it otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from kelmu.dates import valid_on
from organisations.models import AgreedPurpose, Agreement, AgreementVersion
from organisations.queries import agreement_in_force, version_in_force
from tests.acting import PIRKANMAA, organisation, owning
from tests.harness import TODAY

PREPARER, APPROVER = UUID(int=1), UUID(int=2)
BEFORE = datetime(2021, 1, 1, tzinfo=UTC)


def accepted(validity: DateRange) -> dict[str, Any]:
    """The columns of what one person proposed and another accepted."""
    return {
        "wanted": validity,
        "validity": validity,
        "proposed_by": PREPARER,
        "proposed_by_name": "Anna Aloittaja",
        "proposed_at": BEFORE,
        "decision": "accepted",
        "decided_by": APPROVER,
        "decided_by_name": "Heikki Hyväksyjä",
        "decided_at": BEFORE,
    }


def agreements_of(business_id: str = PIRKANMAA) -> "QuerySet[Agreement]":
    """All agreements of an organisation, to be changed as their owner."""
    return Agreement.objects.using("owner").filter(organisation=organisation(business_id))


def version_of(business_id: str = PIRKANMAA) -> AgreementVersion:
    """What is agreed today."""
    return version_in_force(agreement_in_force(organisation(business_id).pk, TODAY), TODAY)


def agreed_purposes(business_id: str = PIRKANMAA) -> "QuerySet[AgreedPurpose]":
    """The purposes that are agreed at any time, to be changed as their owner."""
    return AgreedPurpose.objects.using("owner").filter(
        version__agreement__organisation=organisation(business_id)
    )


def agree_on(purpose: str, validity: DateRange, business_id: str = PIRKANMAA) -> None:
    """Add a purpose to what is agreed today, lawful or not."""
    with owning(), unjudged():
        AgreedPurpose.objects.using("owner").create(
            version_id=version_of(business_id).pk, purpose=purpose, laws=["laki"], validity=validity
        )


@contextmanager
def unjudged() -> Iterator[None]:
    """As before the database asked whether what is agreed is lawful."""
    _alter("DISABLE TRIGGER check_lawful")
    yield
    _alter("ENABLE TRIGGER check_lawful")


def _alter(what: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending
        cursor.execute(f"ALTER TABLE organisations_agreedpurpose {what}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def agree_otherwise(business_id: str = PIRKANMAA, **changed: object) -> None:
    """Let another version hold from yesterday on, with the same purposes."""
    version = version_of(business_id)
    purposes = list(version.purposes.filter(valid_on(TODAY)))
    yesterday = TODAY - timedelta(days=1)
    with owning():
        AgreementVersion.objects.using("owner").filter(pk=version.pk).update(
            validity=DateRange(version.validity.lower, yesterday)
        )
        new = AgreementVersion.objects.using("owner").create(
            agreement_id=version.agreement_id,
            number=version.number + 1,
            **accepted(DateRange(yesterday, None))
            | {"by_technical_interface": version.by_technical_interface}
            | changed,
        )
        for purpose in purposes:
            purpose.pk, purpose.version_id = None, new.pk
            purpose.save(using="owner", force_insert=True)
