"""Who still holds mandates of an organisation, as they were last seen.

Suomi.fi is the register of mandates and tells Kelmu of nobody who does not log in: what stands
here is what it told at each person's latest login.
"""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from audit.models import MandateUse
from authorizations.explaining.speech import said
from authorizations.models import Official
from authorizations.rulebook import Mandate
from kelmu.formats import day
from kelmu.tables import Column, Table

BY_ROLE = ""  # what MandateUse says of somebody who acted without a mandate


def holders(organisation_id: int) -> "QuerySet[Official]":
    """The people to whom a mandate was told at their latest login, by name.

    In a transaction that acts for the organisation (row-level security).
    """
    told = MandateUse.objects.filter(
        organisation_id=OuterRef("organisation_id"), actor=OuterRef("subject")
    ).exclude(mandate=BY_ROLE)
    people = Official.objects.filter(Exists(told), organisation=organisation_id)
    return people.order_by("name", "pk")


def as_table(people: Sequence[Official], *, start: int, of: int) -> Table:
    """These people with the mandates of their latest login."""
    held = _held(people)
    return Table(
        caption=_("Mandates to be voided, as last seen"),
        columns=[Column(_("Name")), Column(_("Mandates")), Column(_("Last seen"))],
        rows=[
            [
                one.name,
                ", ".join(said(Mandate(use.mandate)) for use in held[one.subject]),
                day(max(use.last_on for use in held[one.subject])),
            ]
            for one in people
        ],
        empty=_("Kelmu has seen nobody with a mandate of the organisation."),
        start=start,
        of=of,
    )


def _held(people: Sequence[Official]) -> defaultdict[UUID, list[MandateUse]]:
    """Of each person the mandates that Suomi.fi told of at the latest login."""
    uses = MandateUse.objects.filter(
        organisation_id__in={one.organisation_id for one in people},
        actor__in=[one.subject for one in people],
    ).exclude(mandate=BY_ROLE)
    held: defaultdict[UUID, list[MandateUse]] = defaultdict(list)
    for use in uses.order_by("-told_at", "mandate"):
        latest = held[use.actor]
        if not latest or latest[0].told_at == use.told_at:
            latest.append(use)
    return held
