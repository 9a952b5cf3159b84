"""What every page shows around its content, whoever reads it."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest

from kelmu import formats
from kelmu.environment import Mode


class Frame(TypedDict):
    """Whether the data is invented, and the fixed day in words ("" when the clock runs)."""

    invented_data: bool
    fixed_day: str


class Around(TypedDict):
    """The frame, and addresses outside where people are helped (HELP_LINKS)."""

    frame: Frame
    links: dict[str, str]


def frame(request: HttpRequest) -> Around:
    """The frame that tells a demo from the real thing, and where to go for help."""
    fixed = settings.KELMU_TODAY
    return {
        "frame": {
            "invented_data": settings.KELMU_MODE is not Mode.PRODUCTION,
            "fixed_day": formats.day(fixed) if fixed else "",
        },
        "links": settings.HELP_LINKS,
    }
