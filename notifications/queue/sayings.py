"""What the queue asks before something is done, and says afterwards."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.words import EventKind


def done(told: str) -> str:
    """What was done just before, as the address says it: kind, how many of how many."""
    kind, _dash, numbers = told.partition("-")
    changed, _dash, asked = numbers.partition("-")
    if kind not in EventKind or not changed.isdecimal() or not asked.isdecimal():
        return ""
    what = EventKind(kind).label
    told_as = {"what": str(what).capitalize(), "changed": changed, "asked": asked}
    if changed != asked:
        return (
            _(
                "%(what)s: %(changed)s of %(asked)s. The others had been changed by somebody "
                "else, or their state does not allow it."
            )
            % told_as
        )
    if asked == "1":
        return _("Done: %(what)s.") % {"what": what}
    return _("%(what)s: %(changed)s notifications.") % told_as


def doing(kind: EventKind) -> str:
    """What a button says that does it."""
    doings = {
        EventKind.TAKEN: _("Take in progress"),
        EventKind.ASSIGNED: _("Give to a colleague"),
        EventKind.HANDED_BACK: _("Hand back"),
        EventKind.HANDLED: _("Mark as handled"),
    }
    return doings[kind]


def question(kind: EventKind, many: int) -> str:
    """What is asked before several are changed at once."""
    told = {"number": many}
    match kind:
        case EventKind.TAKEN:
            return (
                ngettext(
                    "Take %(number)s notification in progress?",
                    "Take %(number)s notifications in progress?",
                    many,
                )
                % told
            )
        case EventKind.ASSIGNED:
            return (
                ngettext(
                    "Give %(number)s notification to a colleague?",
                    "Give %(number)s notifications to a colleague?",
                    many,
                )
                % told
            )
        case EventKind.HANDED_BACK:
            return (
                ngettext(
                    "Hand %(number)s notification back to the new ones?",
                    "Hand %(number)s notifications back to the new ones?",
                    many,
                )
                % told
            )
    return (
        ngettext(
            "Mark %(number)s notification as handled?",
            "Mark %(number)s notifications as handled?",
            many,
        )
        % told
    )


def arrived(number: int) -> str:
    """How many new ones have come while the queue was on the screen."""
    return ngettext(
        "%(number)s new notification has arrived.",
        "%(number)s new notifications have arrived.",
        number,
    ) % {"number": number}
