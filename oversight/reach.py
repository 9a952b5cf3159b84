"""Whose log somebody reads, and why. Every reading is a row of the log itself, written first."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.models import ActKind, Entry
from audit.services import Persons
from authorizations import door
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from organisations.models import Organisation
from oversight.models import Inquiry


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The part of the log that somebody reads: of an organisation or, for Kela, of all; of one
    customer or of everybody. Kela's inquiry has its reason, which each row repeats."""

    right: Right
    organisation_id: int | None
    organisation_name: str
    inquiry: Inquiry | None = None

    @property
    def is_kela(self) -> bool:
        return self.right.is_kela

    @property
    def customer(self) -> UUID | None:
        return self.inquiry.customer if self.inquiry else None

    @property
    def entries(self) -> "QuerySet[Entry]":
        """The rows of the log within reach."""
        return self.within_it(Entry.objects.all())

    def write(self, act: ActKind, persons: Persons = (), /, **details: Any) -> UUID:
        """Writes that somebody now reads; from here on the transaction reads within reach."""
        told = {"reason": self.inquiry.reason} if self.inquiry and self.inquiry.reason else {}
        entry = door.write_office_act(
            self.right, act, self.organisation_id, persons, **told, **details
        )
        if self.organisation_id is None:
            _read_all_by(entry)
        return entry

    def within(self, organisation_id: int | None) -> "Reach":
        """Of all organisations, the one that a row belongs to: the look becomes its row too."""
        if self.organisation_id is not None or organisation_id is None:
            return self
        organisation = get_object_or_404(Organisation, pk=organisation_id)
        return replace(self, organisation_id=organisation.pk, organisation_name=organisation.name)

    def of_everybody(self) -> "Reach":
        """For what is told of all customers alone. Refused if not."""
        if self.customer:
            raise Refused(Reason.NOT_YOUR_INQUIRY)
        return self

    def of_one(self) -> "Reach":
        """For what is told of one organisation alone, and of all its customers. Refused if not."""
        if self.organisation_id is None:
            raise Refused(Reason.NOT_YOUR_INQUIRY)
        return self.of_everybody()

    def within_it[Row: Model](self, rows: "QuerySet[Row]") -> "QuerySet[Row]":
        """The rows of the organisation, or all of them; row-level security keeps it too."""
        if self.organisation_id is None:
            return rows
        return rows.filter(organisation_id=self.organisation_id)

    def url(self, page: str, *arguments: Any, query: dict[str, Any] | None = None) -> str:
        """The address of a page for whoever reads, of the inquiry if there is one."""
        if self.inquiry:
            return reverse(f"inquiry_{page}", args=[self.inquiry.pk, *arguments], query=query)
        return reverse(f"oversight_{page}", args=arguments, query=query)


def own(right: Right) -> Reach:
    """A supervisor reads the log of the organisation that they act for."""
    organisation = right.acting_for
    return Reach(right=right, organisation_id=organisation.id, organisation_name=organisation.name)


def inquired(right: Right, inquiry_id: UUID) -> Reach:
    """Whoever asked reads what they asked for, in the session that asked. Refused for others."""
    acting = right.organisation.id if right.organisation else None
    found = (
        Inquiry.objects.filter(pk=inquiry_id, session_id=right.session_id, subject=right.subject)
        .filter(Q(organisation=acting) if acting else ~Q(reason=""))
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise Refused(Reason.NOT_YOUR_INQUIRY)
    organisation = found.organisation
    return Reach(
        right=right,
        organisation_id=organisation.pk if organisation else None,
        organisation_name=organisation.name if organisation else _("All organisations"),
        inquiry=found,
    )


def reach_of(right: Right, inquiry_id: UUID | None) -> Reach:
    """What is read at an address: the own log, or what an inquiry is about."""
    return own(right) if inquiry_id is None else inquired(right, inquiry_id)


def _read_all_by(entry: UUID) -> None:
    """Opens the rows of all organisations by the row that says why (oversight_reads_all)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kelmu.reason', %s, true)", [str(entry)])
