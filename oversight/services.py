"""Begins inquiries into the log."""

from uuid import UUID, uuid4

from audit.pseudonyms import subject_of
from authorizations.rights import Right
from customers.models import IdentityCode
from customers.services import code_of
from oversight.models import Inquiry


def inquire(
    right: Right, *, organisation_id: int | None, hetu: str = "", reason: str = ""
) -> Inquiry:
    """An inquiry of this session. It shows nothing yet: each page of it writes its own row."""
    return Inquiry.objects.create(
        session_id=right.session_id,
        subject=right.subject,
        organisation_id=organisation_id,
        customer=_subject(hetu) if hetu else None,
        reason=reason,
    )


def _subject(hetu: str) -> UUID:
    """The customer of a code, whom Kela may not know: a search that found nobody is logged too.
    A past code of somebody under non-disclosure finds no row, as it finds nobody elsewhere."""
    if code := code_of(hetu):
        return code.customer_id
    is_past = IdentityCode.objects.filter(code=hetu).exists()
    return uuid4() if is_past else subject_of(hetu)
