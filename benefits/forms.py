"""How the reader narrows the page, asked by GET: the page's address keeps it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from operator import itemgetter
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from authorizations import rulebook
from authorizations.queries import spoken
from authorizations.rulebook import DataGroup, OpenedPurpose
from benefits.filters import Filters
from benefits.groups import GROUPS, groups_of
from benefits.reference import BenefitFacts, benefits
from kelmu.formats import day
from kelmu.validators import of_our_time

WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")

type Choices = list[tuple[str, Any]]


class DayField(forms.DateField):
    """A day that may be left out."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "ds-input"}),
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            error_messages={"invalid": _("This is not a day. Write it as 15.12.2022.")},
            validators=[of_our_time],
        )


class FilterForm(forms.Form):
    """By benefit, period and state. What is wrong is told, and the rest holds.

    `whole` leaves pages out: all rows are shown.
    """

    benefit = forms.ChoiceField(
        label=_("Benefit"),
        required=False,
        error_messages={"invalid_choice": _("This purpose of use shows no such benefit.")},
        widget=forms.Select(attrs={"class": "ds-input"}),
    )
    since = DayField(_("From"))
    until = DayField(_("Until"))
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        error_messages={"invalid_choice": _("There is no such state. Choose another.")},
        widget=forms.Select(attrs={"class": "ds-input"}),
    )
    changed = forms.BooleanField(
        label=_("Only what has changed"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )

    def __init__(self, purpose: OpenedPurpose, asked: QueryDict, *, whole: bool = False) -> None:
        super().__init__(asked)
        self.asked = asked
        self.groups = groups_of(purpose)
        self.whole = whole
        opened = [one for slug, one in benefits().items() if purpose.benefits.allows(slug)]
        self._offer("benefit", _by_title(opened))
        self._offer("state", _states(self.groups))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and until < since:
            self.add_error("until", _("The period ends before it begins."))
        told["sorts"] = dict(self._sorts())
        told["pages"] = dict(self._pages())
        return told

    @cached_property
    def filters(self) -> Filters:
        """What was asked for, as far as it makes sense."""
        self.full_clean()
        told = self.cleaned_data
        state_of, _dot, state = told.get("state", "").partition(".")
        return Filters(
            benefit=told.get("benefit", ""),
            since=told.get("since") or date.min,
            until=told.get("until") or date.max,
            state_of=DataGroup(state_of) if state else None,
            state=state,
            changed=told.get("changed", False),
            sorts=told["sorts"],
            pages={} if self.whole else told["pages"],
            whole=self.whole,
        )

    def offer_benefits(self, shown: Iterable[BenefitFacts]) -> None:
        """Offers the benefits that the customer has to do with, and the one that is chosen."""
        chosen = benefits().get(self.filters.benefit)
        self._offer("benefit", _by_title({*shown, *([chosen] if chosen else [])}))

    def chosen(self) -> list[tuple[str, Any]]:
        """What the page is narrowed to, in words, for paper."""
        told = self.filters
        words: dict[str, Any] = {
            "benefit": benefits()[told.benefit].title if told.benefit else "",
            "since": day(told.since) if told.since > date.min else "",
            "until": day(told.until) if told.until < date.max else "",
            "state": told.state_label,
            "changed": _("yes") if told.changed else "",
        }
        return [(str(self[name].label), value) for name, value in words.items() if value]

    def _offer(self, name: str, choices: Choices) -> None:
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = [("", _("All")), *choices]

    def _sorts(self) -> Iterator[tuple[DataGroup, str]]:
        for group in self.groups:
            sort = self.asked.get(f"{group}_sort", "")
            if sort.removeprefix("-") in GROUPS[group].sorts:
                yield group, sort
            elif sort:
                self.add_error(None, _("A table cannot be sorted so. It is in its usual order."))

    def _pages(self) -> Iterator[tuple[DataGroup, int]]:
        for group in self.groups:
            page = self.asked.get(f"{group}_page", "")
            if WHOLE_NUMBER.fullmatch(page):
                yield group, int(page)
            elif page:
                self.add_error(None, _("There is no such page. The first one is shown."))


def _by_title(shown: Iterable[BenefitFacts]) -> Choices:
    return sorted(((one.slug, one.title) for one in shown), key=itemgetter(1))


def _states(groups: tuple[DataGroup, ...]) -> Choices:
    """The states of each group that has them, under the group's name."""
    book = rulebook.load()
    return [
        (
            capfirst(spoken(book.name(group))),
            [(f"{group}.{state}", state.label) for state in GROUPS[group].states],
        )
        for group in groups
        if GROUPS[group].states
    ]
