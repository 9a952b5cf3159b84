"""The autumn of 2022, when the agreements of 2023 were made: how far each had come on a day.

Kela's webinar (seed 004): the agreements have been sent, payee data is wanted by 31.10. and the
signed agreements by 25.11.2022. The other days are the cast's own.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from authorizations.rulebook import OrganisationType
from organisations.models import Agreement, Deadline

Step = Agreement.Step
Awaited = Deadline.Awaited

APPROVED_ON = date(2022, 9, 20)  # the content of all
DAYS = {
    Step.RIGHT_EXAMINED: date(2022, 9, 5),
    Step.DRAFT: date(2022, 9, 12),
    Step.SENT: date(2022, 9, 26),
    Step.SIGNED_BY_ORGANISATION: date(2022, 11, 11),
    Step.SIGNED_BY_KELA: date(2022, 11, 21),
}
PAYEES_BY, AGREEMENTS_BY = date(2022, 10, 31), date(2022, 11, 25)
TIME_TO_SIGN = timedelta(days=30)


def steps(row: dict[str, Any], on: date) -> dict[Agreement.Step, date]:
    """The steps that an organisation's agreement of 2023 has taken by a day, and when.

    Before the autumn the demo looks ahead, as if all had been signed.
    """
    days = DAYS | {Step(step): day for step, day in row.get("steps", {}).items()}
    if on < DAYS[Step.SENT]:
        return days
    return {step: day for step, day in days.items() if day <= on}


def deadlines(kind: OrganisationType, sent_on: date) -> Iterator[Deadline]:
    """By when Kela waits for what, of an agreement that was sent on a day."""
    in_autumn = sent_on <= AGREEMENTS_BY
    due_on = AGREEMENTS_BY if in_autumn else sent_on + TIME_TO_SIGN
    yield Deadline(awaited=Awaited.SIGNED_BY_ORGANISATION, due_on=due_on)
    if kind is OrganisationType.WELLBEING_COUNTY and in_autumn:
        yield Deadline(awaited=Awaited.PAYEES, due_on=PAYEES_BY)


def is_given(payee: dict[str, Any], on: date) -> bool:
    """Whether an organisation has told an account by a day."""
    given_on: date | None = payee.get("given_on")
    return given_on is None or on < DAYS[Step.SENT] or given_on <= on
