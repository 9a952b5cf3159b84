"""How the reader narrows and sorts the queue, asked by GET: the address keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import F, OrderBy, Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from authorizations import rulebook
from authorizations.models import Official
from authorizations.queries import spoken
from authorizations.rights import Right
from authorizations.rulebook import OpenedPurpose
from kelmu import clock
from notifications.queue.colleagues import colleagues
from notifications.queue.scope import BY_URGENCY
from notifications.words import OPEN_STATES, State

PAGE_SIZE = 25
OPEN, ALL = "open", "all"
ME, NOBODY = "me", "nobody"
NEWEST, WAITING = "newest", "waiting"
A_WEEK = timedelta(days=7)

type Options = list[tuple[str, Any]]


class Sort(StrEnum):
    """By what the queue is sorted; urgent ones first and then the oldest, if nothing is chosen."""

    URGENT = "urgent"
    ARRIVED = "arrived"
    NEWEST = "-arrived"
    TYPE = "type"
    HANDLER = "handler"


ORDERS: dict[Sort, tuple[OrderBy, ...]] = {
    Sort.URGENT: BY_URGENCY,
    Sort.ARRIVED: (F("arrived_at").asc(), F("pk").asc()),
    Sort.NEWEST: (F("arrived_at").desc(), F("pk").desc()),
    Sort.TYPE: (F("type").asc(), F("arrived_at").asc(), F("pk").asc()),
    Sort.HANDLER: (F("handler_name").asc(), F("arrived_at").asc(), F("pk").asc()),
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which rows, in which order, on which page (from 1). `told`: what of it differs from the queue
    as it opens, in the words of its address."""

    rows: Q
    sort: Sort
    page: int
    told: dict[str, str]


class QueueForm(forms.Form):
    """By type, state, urgency, age and handler. What is wrong is told, and the rest holds."""

    type = forms.ChoiceField(label=_("Type"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    urgent = forms.ChoiceField(
        label=_("Urgency"),
        required=False,
        choices=[("", _("all")), ("yes", _("urgent")), ("no", _("not urgent"))],
    )
    age = forms.ChoiceField(
        label=_("Age"),
        required=False,
        choices=[
            ("", _("all")),
            (NEWEST, _("arrived within 7 days")),
            (WAITING, _("has waited too long")),
        ],
    )
    handler = forms.ChoiceField(label=_("Handler"), required=False)

    def __init__(self, right: Right, purpose: OpenedPurpose, asked: QueryDict) -> None:
        super().__init__(asked)
        self.right, self.asked = right, asked
        self.colleagues = colleagues(right, purpose)
        self._offer("type", _types(purpose))
        self._offer("state", _states())
        self._offer("handler", _handlers(self.colleagues))
        for name in self.fields:
            field = cast("forms.ChoiceField", self.fields[name])
            field.widget.attrs["class"] = "ds-input"
            field.error_messages["invalid_choice"] = _("Choose one of those that are offered.")

    @cached_property
    def narrowing(self) -> Narrowing:
        self.is_valid()
        told = {name: value for name, value in self.cleaned_data.items() if value}
        rows = Q()
        for name, value in told.items():
            rows &= FILTERS[name](self, value)
        if not told.get("state"):
            rows &= Q(state__in=OPEN_STATES)
        if {"type", "urgent"} & told.keys():  # what one's own matter is about is not told
            rows &= ~Q(customer=self.right.subject)
        sort, page = self._sort(), self._page()
        placed = {"sort": sort.value * (sort is not Sort.URGENT), "page": str(page) * (page > 1)}
        told |= {name: value for name, value in placed.items() if value}
        return Narrowing(rows, sort, page, told)

    def by_state(self, value: str) -> Q:
        states = {OPEN: OPEN_STATES, ALL: State.values}
        return Q(state__in=states.get(value, [value]))

    def by_handler(self, value: str) -> Q:
        if value == NOBODY:
            return Q(handler=None)
        if value == ME:
            return Q(handler=self.right.subject)
        return Q(handler=next(one.subject for one in self.colleagues if str(one.pk) == value))

    def _sort(self) -> Sort:
        asked = self.asked.get("sort", "")
        return Sort(asked) if asked in list(Sort) else Sort.URGENT

    def _page(self) -> int:
        asked = self.asked.get("page", "")
        return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1

    def _offer(self, field: str, options: Options) -> None:
        cast("forms.ChoiceField", self.fields[field]).choices = options


def waits_too_long() -> Q:
    """Still open after the time that the law gives for a decision (act 1412/1997 14 a §)."""
    urgent, other = (_moment(days) for days in settings.NOTIFICATION_WAITS)
    late = Q(is_urgent=True, arrived_at__lt=urgent) | Q(is_urgent=False, arrived_at__lt=other)
    return late & Q(state__in=OPEN_STATES)


def _moment(days: int) -> datetime:
    return clock.shown_moment() - timedelta(days=days)


FILTERS: dict[str, Callable[[QueueForm, str], Q]] = {
    "type": lambda _form, value: Q(type=value),
    "state": QueueForm.by_state,
    "urgent": lambda _form, value: Q(is_urgent=value == "yes"),
    "age": lambda _form, value: (
        waits_too_long() if value == WAITING else Q(arrived_at__gte=clock.shown_moment() - A_WEEK)
    ),
    "handler": QueueForm.by_handler,
}


def _types(purpose: OpenedPurpose) -> Options:
    book = rulebook.load()
    types = [(one.value, spoken(book.name(one))) for one in purpose.notification_types]
    return [("", _("all")), *types]


def _states() -> Options:
    return [("", _("new and in progress")), *State.choices, (ALL, _("all"))]


def _handlers(people: list[Official]) -> Options:
    fixed = [("", _("all")), (ME, _("myself")), (NOBODY, _("nobody"))]
    return [*fixed, *((str(one.pk), one.name) for one in people)]
