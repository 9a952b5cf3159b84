"""Who is where and late: what the start page of Kela's admins counts and lists."""

from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Count, Exists, F, OuterRef

from administration.agreements import queries
from administration.commissioning.queries import standing_still
from administration.lists import Some, some
from kelmu import clock
from kelmu.dates import valid_on
from kelmu.models import Announcement
from organisations.models import Agreement, Enquiry, Organisation

SHOWN = 25  # rows of each list; the whole list is a link away
BREAKS_WITHIN = timedelta(days=60)

type Counted = dict[tuple[str, str], int]


def by_state(on: date) -> Counted:
    """How many agreements stand in which state, by type of organisation."""
    rows = Agreement.objects.annotate(state=queries.state_on(on))
    counted = rows.values_list("state", "organisation__type").annotate(number=Count("pk"))
    return {(state, kind): number for state, kind, number in counted}


def without_agreement(on: date) -> dict[str, int]:
    """How many organisations of each type have no agreement, neither in force nor under way."""
    theirs = Agreement.objects.filter(organisation=OuterRef("pk"))
    under_way = theirs.filter(validity=None).exclude(step=Agreement.Step.GIVEN_UP)
    held = under_way | theirs.filter(validity__endswith__gt=on)
    held |= theirs.filter(validity__upper_inf=True)
    rows = Organisation.objects.filter(valid_on(on), ~Exists(held))
    counted = rows.order_by().values_list("type").annotate(number=Count("pk"))
    return dict(counted)


def late(on: date) -> Some:
    """What is late, the longest first."""
    return _some(queries.late(on))


def waiting_for_approval() -> Some:
    """Versions that wait for another person."""
    return _some(queries.waiting_for_approval())


def lapsing(on: date) -> Some:
    """Agreements that end soon without a renewal that has its day."""
    return _some(queries.lapsing(on))


def unanswered() -> Some:
    """Enquiries that nobody has answered, the oldest first."""
    return _some(Enquiry.objects.filter(answer="").order_by("received_on", "pk"))


def _some(rows: Any) -> Some:
    return some(rows, SHOWN)


def commissioning(on: date) -> Some:
    """Agreements whose day of use is to come, those first that have not moved for longest."""
    return _some(standing_still(on))


def coming_breaks() -> list[Announcement]:
    """Service breaks that go on or come soon."""
    now = clock.now()
    breaks = Announcement.objects.filter(
        kind=Announcement.Kind.BREAK,
        ended_at=None,
        period__overlap=DateTimeTZRange(now, now + BREAKS_WITHIN),
    )
    return list(breaks.order_by(F("period")))
