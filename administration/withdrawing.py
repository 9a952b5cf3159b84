"""How somebody takes back what they proposed, on every page that shows a proposal."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form

from administration import pages
from administration.forms import WithdrawalForm
from administration.proposing import may_withdraw
from authorizations.rights import Right
from organisations.models import Proposed


def withdrawal(right: Right, row: Proposed, form: Form | None) -> WithdrawalForm | None:
    """The form by which the reader withdraws a row, with what was typed; none if they may not."""
    if not may_withdraw(right, row):
        return None
    return form if isinstance(form, WithdrawalForm) else WithdrawalForm()


def withdrawn(form: WithdrawalForm, decide: Callable[[Proposed.Decision, str], Any]) -> bool:
    """Whether a row has been withdrawn; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        decide(Proposed.Decision.WITHDRAWN, form.cleaned_data["note"])
    except ValidationError as error:
        pages.refuse(form, error)
        return False
    return True
