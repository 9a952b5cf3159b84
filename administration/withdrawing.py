"""How somebody takes back what they proposed, on every page that shows a proposal."""

from collections.abc import Callable
from typing import Any

from django.forms import Form

from administration.forms import WithdrawalForm
from administration.pages import taken
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
    withdraw = Proposed.Decision.WITHDRAWN
    return taken(form, lambda: decide(withdraw, form.cleaned_data["note"])) is not None
