"""Opens customers: the only way to a customer's data (design.md section 5)."""

from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from audit import state
from audit.pseudonyms import subject_of
from authorizations import door, pace
from authorizations.refusals import MandatesTooOld, Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import Action, OpenedAction, OpenedPurpose
from customers import queries, tabs
from customers.models import IdentityCode, Opening


def open_customer(
    right: Right, purpose_slug: str, hetu: str, *, case_reference: str = ""
) -> Opening | None:
    """Opens the customer with this HETU (official form) and writes it in the log.

    Answers None, also written, when Kela knows nobody by the code. Raises Refused when the right
    does not open the purpose, searches come too fast or the customer is oneself, MandatesTooOld
    when Suomi.fi must be asked first.
    """
    purpose = _searchable(right, purpose_slug)
    code = code_of(hetu)
    if code is None:
        door.write_miss(right, purpose, subject_of(hetu), case_reference=case_reference)
        return None
    return _open(right, purpose, code.customer_id, case_reference, by_past_code=not code.is_current)


def open_for_action(
    right: Right, action: Action, hetu: str, *, case_reference: str = ""
) -> Opening | None:
    """Opens the customer for what can be done without a purpose, by the same checks as a search."""
    opened = right.action(action)
    _may_search(right)
    code = code_of(hetu)
    if code is None:
        door.write_miss(right, opened, subject_of(hetu), case_reference=case_reference)
        return None
    return _open(right, opened, code.customer_id, case_reference, by_past_code=not code.is_current)


def open_known_for_action(
    right: Right, action: Action, customer: UUID, *, case_reference: str = ""
) -> Opening:
    """The same for a customer to whom something else than a search has led."""
    opened = right.action(action)
    _may_search(right)
    return _open(right, opened, customer, case_reference, by_past_code=False)


def open_known(
    right: Right, purpose_slug: str, customer: UUID, *, case_reference: str = ""
) -> Opening:
    """Opens a customer to whom something else than a search has led: the same checks, an act of
    its own."""
    purpose = _searchable(right, purpose_slug)
    return _open(right, purpose, customer, case_reference, by_past_code=False)


def open_under(right: Right, opening: Opening, purpose_slug: str) -> Opening:
    """Opens the same customer under another purpose: a new check and an act of its own."""
    purpose = _searchable(right, purpose_slug)
    return _open(
        right,
        purpose,
        opening.customer_id,
        opening.case_reference,
        by_past_code=opening.by_past_code,
    )


def close(right: Right, opening: Opening) -> None:
    """Closes the customer; the address opens nothing any more. The one of a preview stays."""
    if right.preview:
        return
    Opening.objects.filter(pk=opening.pk).update(closed_at=timezone.now())


def _searchable(right: Right, purpose_slug: str) -> OpenedPurpose:
    purpose = right.purpose(purpose_slug)
    if not tabs.of(purpose):
        raise Refused(Reason.PURPOSE_NOT_OPEN, purpose=purpose_slug)
    _may_search(right)
    return purpose


def _may_search(right: Right) -> None:
    if right.preview:  # there is nobody to be searched for
        return
    if right.mandates_are_too_old:
        raise MandatesTooOld
    _require_anchors()
    pace.keep(right)


def _require_anchors() -> None:
    """Refuses a search while the log's seals are late to be anchored, where a setting says so."""
    if settings.LOG_STOPS_SEARCHES and state.anchors_are_late():
        raise Refused(Reason.LOG_NOT_ANCHORED)


def code_of(hetu: str) -> IdentityCode | None:
    """The code as somebody's own. One of the past finds nobody who is under non-disclosure."""
    return next(iter(IdentityCode.objects.raw(CODE, [hetu])), None)


def _open(
    right: Right,
    opened: OpenedPurpose | OpenedAction,
    customer: UUID,
    case_reference: str,
    *,
    by_past_code: bool,
) -> Opening:
    slug = opened.purpose if isinstance(opened, OpenedPurpose) else opened.action
    if customer == right.subject:  # Administrative Procedure Act 434/2003, 28 §
        raise Refused(Reason.OWN_DATA, customer=customer, purpose=slug)
    if right.preview:
        return queries.previewed_opening(slug)
    opening = Opening(
        customer_id=customer,
        session_id=right.session_id,
        subject=right.subject,
        organisation_id=right.acting_for.id,
        purpose=slug,
        case_reference=case_reference,
        by_past_code=by_past_code,
        opened_at=timezone.now(),
    )
    opening.entry_id = door.write_opening(right, opened, customer, opening.id, case_reference)
    with connection.cursor() as cursor:
        cursor.execute(OPEN, vars(opening))
        (opening.previous_at,) = cursor.fetchone()
    return opening


# Written out: the ORM would make them anew for every search.
CODE = """
    SELECT i.* FROM customers_identitycode i JOIN customers_customer c ON c.id = i.customer_id
    WHERE i.code = %s AND (i.is_current OR NOT c.protected)
"""
OPEN = """
    INSERT INTO customers_opening (
        id, customer_id, session_id, subject, organisation_id, purpose, case_reference,
        by_past_code, opened_at, entry_id, previous_at
    ) VALUES (
        %(id)s, %(customer_id)s, %(session_id)s, %(subject)s, %(organisation_id)s,
        %(purpose)s::varchar, %(case_reference)s, %(by_past_code)s, %(opened_at)s, %(entry_id)s,
        (
            SELECT max(opened_at) FROM customers_opening
            WHERE customer_id = %(customer_id)s AND organisation_id = %(organisation_id)s
                AND purpose = %(purpose)s::varchar
        )
    ) RETURNING previous_at
"""
