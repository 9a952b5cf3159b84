"""What can be chosen: purpose, municipality, type of notification or list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from authorizations import rulebook
from authorizations.queries import spoken
from authorizations.rights import Right
from authorizations.rulebook import Listing, NotificationType, OpenedPurpose, Purpose, Tab
from notifications.listings.queries import with_content
from notifications.municipalities import Place, places
from notifications.queue import scope

ALL_TYPES = "all"
CHOICE = "forwarded"  # of the session

type Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Menu:
    """The municipalities that a purpose offers, with what stands beside their names, and the types
    and lists of each."""

    municipalities: Options
    contents: Options


def purposes(right: Right) -> tuple[OpenedPurpose, ...]:
    """The purposes that show what Kela forwards."""
    return tuple(one for one in right.purposes_with(Tab.FORWARDED_NOTIFICATIONS) if contents(one))


def menu(right: Right, purpose: OpenedPurpose) -> Menu:
    """What a purpose offers. For lists and for integration services a municipality has content."""
    found = places(right)
    numbers = _new_ones(right, purpose, found)
    offered = _with_content(right, purpose, found) if _only_with_content(purpose) else found
    return Menu(
        municipalities=[(one.code, _titled(one, numbers)) for one in offered],
        contents=contents(purpose),
    )


def contents(purpose: OpenedPurpose) -> Options:
    """The types of notification that a purpose opens, all at once first, and its lists."""
    types = [(one.value, _name(one)) for one in purpose.notification_types]
    whole = [(ALL_TYPES, _("All types"))] if len(types) > 1 else []
    listings = [(one.value, _name(one)) for one in purpose.listings]
    return [*whole, *types, *listings]


def address(purpose: OpenedPurpose, municipality: str, content: str) -> str:
    """Where the choice leads: to be kept, and to be given to a colleague."""
    if content in purpose.listings:
        return reverse("listing", args=[purpose.purpose.value, municipality, content])
    queue = reverse("queue", args=[purpose.purpose.value, municipality])
    return queue if content == ALL_TYPES else f"{queue}?type={content}"


def new_in_all(right: Right, purpose: OpenedPurpose) -> str:
    """How many new ones there are in all municipalities; empty where there is none."""
    return number_of_new(sum(_new_ones(right, purpose, places(right)).values()))


def number_of_new(number: int) -> str:
    """12 new; empty for none, and "over" from where counting ends."""
    if number >= scope.MOST_COUNTED:
        return _("over %(number)s new") % {"number": scope.MOST_COUNTED - 1}
    return ngettext("%(number)s new", "%(number)s new", number) % {"number": number} * bool(number)


def remember(request: HttpRequest, purpose: OpenedPurpose, municipality: str, content: str) -> None:
    """Keeps the choice until the session ends."""
    choice = {
        "purpose": purpose.purpose.value,
        "municipality": municipality,
        "content": content,
    }
    if request.session.get(CHOICE) != choice:
        request.session[CHOICE] = choice


def remembered(request: HttpRequest) -> dict[str, Any]:
    """The last choice of the session."""
    choice: dict[str, Any] = request.session.get(CHOICE, {})
    return choice


def _only_with_content(purpose: OpenedPurpose) -> bool:
    return purpose.purpose is Purpose.INTEGRATION_SERVICES or not purpose.notification_types


def _with_content(right: Right, purpose: OpenedPurpose, found: Sequence[Place]) -> Iterable[Place]:
    codes = with_content(right, purpose, found)
    if purpose.notification_types:
        codes |= scope.with_content(right, purpose, found)
    return [place for place in found if place.code in codes]


def _new_ones(right: Right, purpose: OpenedPurpose, found: Sequence[Place]) -> dict[str, int]:
    return scope.new_ones(right, purpose, found) if purpose.notification_types else {}


def _titled(place: Place, numbers: dict[str, int]) -> str:
    new = number_of_new(numbers.get(place.code, 0))
    return f"{place.name} ({new})" if new else place.name


def _name(one: NotificationType | Listing) -> str:
    return spoken(rulebook.load().name(one))
