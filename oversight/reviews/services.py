"""Draws the sample of a month, and records what a review found."""

from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction

from audit import services as log
from audit.models import ActKind
from authorizations import door
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from kelmu import clock
from kelmu.dates import months_before
from organisations.models import Organisation
from oversight.models import Finding, Review
from oversight.words import Conclusion

MONTHS_DUE = 3  # so many past months are drawn, should the worker have rested


def months_over(on: date) -> list[date]:
    """The past months of which a sample is to be drawn by a day, the latest first."""
    return [months_before(on.replace(day=1), back) for back in range(1, MONTHS_DUE + 1)]


def draw_what_is_due() -> None:
    """Draws for each organisation what has not been drawn; the worker's job."""
    for organisation in Organisation.objects.values_list("pk", flat=True):
        for month in months_over(clock.today()):
            with transaction.atomic():
                log.act_for(organisation)
                if drawn := _draw(organisation, month):
                    details = {"month": f"{month:%Y-%m}", "drawn": drawn}
                    row = log.Row(
                        act=ActKind.DRAW_SAMPLE, organisation_id=organisation, details=details
                    )
                    log.write(row)


def draw(right: Right, month: date) -> int:
    """The same for a supervisor who does not wait for the worker; how many were drawn."""
    organisation = right.acting_for.id
    drawn = _draw(organisation, month)
    if drawn:
        told = {"month": f"{month:%Y-%m}", "drawn": drawn}
        door.write_office_act(right, ActKind.DRAW_SAMPLE, organisation, **told)
    return drawn


def _draw(organisation: int, month: date) -> int:
    """What chance picks, the database knows (oversight_draw); none if that was done before."""
    due = clock.today() + timedelta(days=settings.OVERSIGHT_REVIEW_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oversight_draw(%s, %s, %s, %s)",
            [organisation, month, settings.OVERSIGHT_SAMPLE, due],
        )
        (drawn,) = cursor.fetchone()
    return drawn or 0


def record(right: Right, review: Review, conclusion: Conclusion, note: str) -> Finding:
    """What the supervisor found. Refused for one's own act, which somebody else reviews."""
    if review.actor == right.subject:
        raise Refused(Reason.OWN_ACT)
    told = {"entry": review.entry_id, "conclusion": conclusion.value}
    door.write_office_act(right, ActKind.RECORD_FINDING, right.acting_for.id, **told)
    return Finding.objects.create(
        review=review,
        conclusion=conclusion,
        note=note,
        by=right.subject,
        by_name=right.user_name,
        on=right.on,
    )
