"""Reads what the form of a version begins with."""

from dataclasses import replace
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from administration.agreements.versions.content import (
    Content,
    Offered,
    exactly,
    like,
    offered,
    renewed,
    time_of,
    usual,
)
from authorizations.rulebook import OrganisationType
from organisations.models import Agreement, AgreementVersion


def choices(
    agreement: Agreement, first: date, version: AgreementVersion | None = None
) -> tuple[dict[str, Offered], Content]:
    """What may be agreed on from a day on, and what a form begins with: the version that is being
    changed, else the one that holds then, else what is renewed, else what is usual."""
    approved = agreement.versions.filter(validity__isnull=False)
    time = time_of(first, [one.validity.lower for one in approved])
    kind = OrganisationType(agreement.organisation.type)
    return offered(kind, time), _beginning(agreement, kind, time, version)


def _beginning(
    agreement: Agreement, kind: OrganisationType, time: DateRange, version: AgreementVersion | None
) -> Content:
    model = version or agreement.versions.filter(wanted__startswith__lte=time.lower).last()
    if model:
        return like(model, exactly(model.purposes.all(), kind, time))
    old = agreement.renews and agreement.renews.versions.filter(validity__isnull=False).last()
    if not old:
        return usual(kind, time)
    content = renewed(old.purposes.all(), kind, time)
    return replace(content, documents_kept_days=old.documents_kept_days)
