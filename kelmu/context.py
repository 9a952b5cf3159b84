"""What every page shows around its content, whoever reads it."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest

from kelmu import announcements, browsers, formats
from kelmu.dismissals import dismissed
from kelmu.environment import Mode
from kelmu.models import Announcement


class Frame(TypedDict):
    """Whether the data is invented, the fixed day in words ("" when the clock runs), what is
    announced and not dismissed, and whether to tell that the browser is not supported."""

    invented_data: bool
    fixed_day: str
    announcements: list[Announcement]
    unsupported_browser: bool


class Around(TypedDict):
    """The frame, and addresses outside where people are helped (HELP_LINKS)."""

    frame: Frame
    links: dict[str, str]


def frame(request: HttpRequest) -> Around:
    """The frame that tells a demo from the real thing, and where to go for help."""
    fixed = settings.KELMU_TODAY
    gone = dismissed(request)
    return {
        "frame": {
            "invented_data": settings.KELMU_MODE is not Mode.PRODUCTION,
            "fixed_day": formats.day(fixed) if fixed else "",
            "announcements": [one for one in announcements.told() if one.key not in gone],
            "unsupported_browser": browsers.KEY not in gone and browsers.is_unsupported(request),
        },
        "links": settings.HELP_LINKS,
    }
