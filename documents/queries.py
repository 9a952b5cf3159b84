"""Reads what was sent, and what a sending can belong to."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from authorizations.door import Act
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import OpenedPurpose
from benefits.models import AssistanceApplication
from benefits.queries import scope_of
from benefits.social_assistance.groups import opened
from documents.models import Document, Sending
from documents.words import State, Step
from kelmu.clock import HELSINKI
from organisations.queries import documents_kept_days


def sendings_of(act: Act) -> QuerySet[Sending]:
    """The acting organisation's sendings on the act's customer under the act's purpose, newest
    first; drafts are nobody's but their page's."""
    own = Sending.objects.filter(
        customer=act.customer, organisation=act.right.acting_for.id, purpose=act.purpose.purpose
    )
    told = own.exclude(state=State.DRAFT).annotate(files=Count("documents"))
    return told.select_related("answers").order_by("-sent_at", "pk")


def sending_of(act: Act, sending_id: UUID) -> Sending:
    """One of them. Raises Refused for any other."""
    found = sendings_of(act).filter(pk=sending_id).first()
    if found is None:
        raise Refused(Reason.NOT_YOUR_PAGE)
    return found


def documents_of(sending_id: UUID) -> list[Document]:
    """The files of a sending, in the order in which they were added."""
    files = Document.objects.filter(sending=sending_id).select_related("sending")
    return list(files.order_by("number"))


def kept_until(sending: Sending, on: date) -> date | None:
    """The last day on which the contents are there, as agreed on a day; none while Kela has not
    acknowledged them, nor the scan refused them."""
    since = sending.changed_on if sending.state == State.REFUSED else sending.acknowledged_on
    days = timedelta(days=documents_kept_days(sending.organisation_id, on))
    return since + days if since else None


def asked_by_kela(sending: Sending) -> str:
    """What Kela asked, of a sending that answers it."""
    asked = (
        sending.answers.events.filter(step=Step.ASK).latest("number") if sending.answers else None
    )
    return asked.reason if asked else ""


class Matter(NamedTuple):
    """An application that a sending can belong to: Kela's number, and what people know it by."""

    number: int
    arrived_on: date
    period: DateRange
    state: str


def applications(act: Act) -> list[Matter] | None:
    """The customer's applications for basic social assistance; None where the purpose does not show
    them."""
    shown = _shown(act.purpose, act.right)
    if shown is None:
        return None
    return [
        Matter(row.pk, row.arrived_on, row.period, row.state)
        for row in shown.filter(customer=act.customer)
    ]


def _shown(purpose: OpenedPurpose, right: Right) -> QuerySet[AssistanceApplication] | None:
    scope = scope_of(purpose, right.on)
    group = opened(scope, purpose.data_groups).get("applications")
    return group.rows(scope) if group else None


def sent_today(right: Right) -> int:
    """How many files the official has added today for the organisation, sent or not yet."""
    midnight = datetime.combine(timezone.localdate(timezone=HELSINKI), time.min, HELSINKI)
    return Document.objects.filter(
        sending__sender=right.subject,
        sending__organisation=right.acting_for.id,
        added_at__gte=midnight,
    ).count()


def size_of(sending_id: UUID) -> int:
    """How large the files of a sending are together."""
    told = Document.objects.filter(sending=sending_id).aggregate(bytes=Sum("size"))
    return told["bytes"] or 0
