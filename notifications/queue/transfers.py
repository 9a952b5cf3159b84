"""Transfer of a notification to another municipality, to whoever acts there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from audit.models import ActKind
from authorizations import rulebook
from authorizations.door import Act
from authorizations.rulebook import Mandate, NotificationType, OrganisationType
from customers.models import Customer
from kelmu.dates import valid_on
from notifications.models import Handling
from notifications.queue.queries import Desk, act_on
from notifications.queue.scope import COUNTIES_SERVE_FROM
from notifications.queue.services import ChangedMeanwhile
from notifications.words import Receiver
from organisations.models import (
    AgreedPurpose,
    CountyMembership,
    Municipality,
    Organisation,
    ServedMunicipality,
)


@dataclass(frozen=True, slots=True)
class Target:
    """A municipality that something is transferred to, and as whom it is received there."""

    municipality: Municipality
    receivers: tuple[Receiver, ...]


def municipalities(at: Desk) -> "QuerySet[Municipality]":
    """Every municipality of the day but the one where the notification is, by name."""
    others = Municipality.objects.filter(valid_on(at.right.on)).exclude(code=at.place.code)
    return others.order_by("name_fi")


def suggested(act: Act, at: Desk) -> str:
    """The code of the customer's home municipality now, where it is another one; none for somebody
    under non-disclosure."""
    told = Customer.objects.filter(pk=act.customer, protected=False)
    home = told.values_list("home_municipality", flat=True).first()
    return home if home and home not in at.place.codes else ""


def target(at: Desk, handling: Handling, municipality: Municipality) -> Target | None:
    """Who receives it there; None where nobody who acts there has agreed on it with Kela."""
    receivers = _receivers(at, handling, municipality)
    receiving = [one for one in receivers if _agreed(at, handling, municipality, one)]
    return Target(municipality, tuple(receiving)) if receiving else None


@transaction.atomic
def transfer(at: Desk, handling: Handling, version: int, to: Target, reason: str) -> None:
    """Hands the notification over. Raises ChangedMeanwhile when somebody was faster."""
    right = at.right
    act_on(
        ActKind.TRANSFER_NOTIFICATION, at, handling, to=to.municipality.code,
        receivers=[receiver.value for receiver in to.receivers],
    )  # fmt: skip
    arguments: list[Any] = [
        handling.pk, version, to.municipality.code,
        [receiver.value for receiver in to.receivers], reason,
        right.subject, right.user_name, timezone.now(),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT notifications_transfer(%s, %s, %s, %s::varchar[], %s, %s, %s, %s)", arguments
        )
        if cursor.fetchone() != (True,):
            raise ChangedMeanwhile


def _receivers(at: Desk, handling: Handling, municipality: Municipality) -> list[Receiver]:
    """As whom it is received there: Helsinki, at once both, has everything once."""
    if Organisation.objects.filter(type=OrganisationType.HELSINKI, municipality=municipality):
        return [Receiver.SOCIAL_SERVICES]
    from_helsinki = at.right.acting_for.type is OrganisationType.HELSINKI
    if from_helsinki and handling.type == NotificationType.IMMIGRANT:
        return list(Receiver)
    return [Receiver(handling.receiver)]


def _agreed(at: Desk, handling: Handling, municipality: Municipality, receiver: Receiver) -> bool:
    """Whether an organisation that receives it there has agreed today on a purpose for it."""
    on = at.right.on
    agreed = AgreedPurpose.objects.filter(
        valid_on(on),
        valid_on(on, "version__"),
        valid_on(on, "version__agreement__"),
        valid_on(on, "version__agreement__organisation__"),
        _opens(handling, receiver, on),
        version__agreement__organisation__in=_acting_in(municipality, on),
    )
    return agreed.exists()


def _opens(handling: Handling, receiver: Receiver, on: date) -> Q:
    """Purposes that open such a notification to those types of organisation that receive it."""
    found = Q(pk__in=[])
    for one in _types(receiver, on):
        opened = rulebook.load().rights(one, Mandate, on).purposes
        purposes = [p.purpose.value for p in opened if handling.type in p.notification_types]
        found |= Q(version__agreement__organisation__type=one, purpose__in=purposes)
    return found


def _types(receiver: Receiver, on: date) -> tuple[OrganisationType, ...]:
    if on < COUNTIES_SERVE_FROM:
        return (
            OrganisationType.MUNICIPALITY,
            OrganisationType.HELSINKI,
            OrganisationType.JOINT_AUTHORITY,
        )
    if receiver is Receiver.MUNICIPALITY:
        return (OrganisationType.MUNICIPALITY,)
    return OrganisationType.WELLBEING_COUNTY, OrganisationType.HELSINKI


def _acting_in(municipality: Municipality, on: date) -> "QuerySet[Organisation]":
    """Whoever acts in the municipality on the day, in any part."""
    in_county = CountyMembership.objects.filter(valid_on(on), municipality=municipality)
    return Organisation.objects.filter(
        Q(municipality=municipality)
        | Q(county__in=in_county.values("county"))
        | Q(
            pk__in=ServedMunicipality.objects.filter(
                valid_on(on), municipality=municipality
            ).values("organisation")
        )
    )
