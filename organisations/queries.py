"""Reads what is agreed with whom on a day."""

from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable, CombinedExpression
from psycopg.types.range import DateRange

from kelmu.dates import valid_on
from organisations.models import (
    DOCUMENTS_KEPT_DAYS,
    AgreedPurpose,
    Agreement,
    AgreementVersion,
    Contact,
    Payee,
)


def agreement_in_force(organisation_id: int, on: date) -> Agreement:
    """The organisation's agreement that is in force on the day. Agreement.DoesNotExist if none."""
    return Agreement.objects.get(valid_on(on), organisation=organisation_id)


def version_in_force(agreement: Agreement, on: date) -> AgreementVersion:
    """The version of an agreement that holds on the day. AgreementVersion.DoesNotExist if none."""
    return agreement.versions.get(valid_on(on))


def documents_kept_days(organisation_id: int, on: date) -> int:
    """How many days documents stay after Kela's acknowledgement: by the version that holds on the
    day, or that held last."""
    begun = AgreementVersion.objects.filter(
        agreement__organisation=organisation_id,
        agreement__validity__isnull=False,
        validity__startswith__lte=on,
    )
    days = begun.order_by("-validity").values_list("documents_kept_days", flat=True).first()
    return DOCUMENTS_KEPT_DAYS if days is None else days


def agreed_purposes(organisation_id: int, on: date) -> "QuerySet[AgreedPurpose]":
    """The purposes that an organisation's agreement covers on the day."""
    return AgreedPurpose.objects.filter(
        valid_on(on),
        valid_on(on, "version__"),
        valid_on(on, "version__agreement__"),
        version__agreement__organisation=organisation_id,
    )


def times_of_use(organisation_id: int) -> list[DateRange]:
    """When agreements of an organisation have opened, open or will open the user interface."""
    versions = AgreementVersion.objects.filter(
        agreement__organisation=organisation_id,
        agreement__validity__isnull=False,
        validity__isnull=False,
        by_user_interface=True,
    )
    return _times(versions, _both(F("validity"), F("agreement__validity")))


def times_of_purpose(organisation_id: int, purpose: str) -> list[DateRange]:
    """When agreements of an organisation have covered, cover or will cover a purpose."""
    rows = AgreedPurpose.objects.filter(
        version__agreement__organisation=organisation_id,
        version__agreement__validity__isnull=False,
        version__validity__isnull=False,
        purpose=purpose,
    )
    agreement = _both(F("version__validity"), F("version__agreement__validity"))
    return _times(rows, _both(F("validity"), agreement))


def _both(one: Combinable, other: Combinable) -> CombinedExpression:
    """The time within both."""
    return CombinedExpression(one, "*", other, output_field=DateRangeField())


def _times(rows: "QuerySet[Any]", time: CombinedExpression) -> list[DateRange]:
    times = rows.annotate(time=time).exclude(time__isempty=True)
    return list(times.values_list("time", flat=True))


def ending_within(on: date, days: int) -> "QuerySet[Agreement]":
    """Agreements that end in so many days at most, or ended so many days ago, and that no other
    follows."""
    near = (on - timedelta(days=days), on + timedelta(days=days))
    follower = Agreement.objects.filter(
        organisation=OuterRef("organisation"), validity__contains=OuterRef("validity__endswith")
    )
    return Agreement.objects.filter(~Exists(follower), validity__endswith__range=near)


def contacts_on(on: date) -> "QuerySet[Contact]":
    """Contacts whose role holds on the day: theirs, and an agreement of the organisation."""
    return _contacts(on, valid_on(on))


def named_on(on: date) -> "QuerySet[Contact]":
    """The same, and those of organisations whose agreement is under way: they see its own pages."""
    return _contacts(on, valid_on(on) | under_way(on))


def under_way(on: date) -> Q:
    """Agreements that the organisation has been sent and whose day of use is still to come."""
    steps = Agreement.Step
    sent = [steps.SENT, steps.SIGNED_BY_ORGANISATION, steps.SIGNED_BY_KELA]
    return Q(validity__startswith__gt=on) | Q(validity__isnull=True, step__in=sent)


def _contacts(on: date, agreed: Q) -> "QuerySet[Contact]":
    agreements = Agreement.objects.filter(agreed, organisation=OuterRef("organisation"))
    return Contact.objects.filter(valid_on(on), Exists(agreements))


def authorizers_of(organisation_id: int, on: date) -> "QuerySet[Contact]":
    """Whom an organisation has named to grant mandates, also before its day of use and after it."""
    named = Contact.objects.filter(valid_on(on), role=Contact.Role.AUTHORIZER)
    return named.filter(organisation=organisation_id)


def payees_on(organisation_id: int, day: date) -> "QuerySet[Payee]":
    """The accounts of an organisation that hold on the day, by name."""
    return Payee.objects.filter(valid_on(day), organisation=organisation_id)
