"""What the pages of documents share: who may come there, and under which purpose."""

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from audit.models import ActKind
from authorizations import door, resolving
from authorizations.declarations import opens_action_under_a_purpose, requires
from authorizations.door import Act
from authorizations.refusals import NotLoggedIn, Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import Action, OpenedPurpose
from customers.models import Opening
from customers.queries import opening_of

SENDING = Action.SEND_DOCUMENT
may_send = opens_action_under_a_purpose(SENDING)
sending = requires(may_send)


def may_upload(request: HttpRequest) -> bool:
    """Whether files are taken from whoever asks; the view refuses them with its reasons."""
    try:
        with transaction.atomic():
            return may_send(resolving.resolve(request))
    except (NotLoggedIn, Refused):
        return False


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody with an opened customer, under a purpose by which documents are sent."""

    right: Right
    opening: Opening
    purpose: OpenedPurpose

    @classmethod
    def of(cls, right: Right, opening_id: UUID) -> Self:
        """Raises Refused where it is not theirs, or the purpose sends nothing."""
        opening = opening_of(right, opening_id)
        if opening.purpose not in {one.purpose for one in right.purposes_for(SENDING)}:
            raise Refused(Reason.PURPOSE_NOT_OPEN, purpose=opening.purpose)
        return cls(right, opening, right.purpose(opening.purpose))

    def act(self, kind: ActKind = ActKind.VIEW, **details: Any) -> Act:
        """An act on the customer, its row written."""
        return door.write_act(
            kind,
            self.right,
            self.purpose,
            self.opening.customer_id,
            opening=self.opening.pk,
            case_reference=self.opening.case_reference,
            **details,
        )
