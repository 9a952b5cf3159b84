"""What is asked by a form of the pages is asked by it here too: its words, its checks."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated

from django.core.exceptions import ValidationError
from django.forms import Form
from django.utils.translation import gettext as _
from pydantic import AfterValidator

from kelmu.validators import of_our_time

type Errors = list[dict[str, str]]  # as a problem tells them


def passes[T](validator: Callable[[T], None]) -> AfterValidator:
    """Asks of a field what a validator of the pages' forms asks, in its words."""

    def passed(value: T) -> T:
        try:
            validator(value)
        except ValidationError as error:
            raise ValueError(error.messages[0]) from None
        return value

    return AfterValidator(passed)


type Day = Annotated[date, passes(of_our_time)]


def errors_of(form: Form) -> Errors:
    """What a form says is wrong, field by field."""
    return [
        {"pointer": f"/{name}", "type": error.code or "invalid", "message": text}
        for name, errors in form.errors.as_data().items()
        for error in errors
        for text in error.messages
    ]


def not_possible(field: str, text: str) -> dict[str, str]:
    """What stands in the way that the form's fields do not know of."""
    return {"pointer": f"/{field}", "type": "not_possible", "message": text}


def superfluous(fields: Iterable[str]) -> Errors:
    """Fields that were told and are not asked for: nothing that is told is passed over."""
    return [not_possible(one, _("This does not belong here. Leave it out.")) for one in fields]
