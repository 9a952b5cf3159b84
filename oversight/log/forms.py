"""How the log is narrowed, asked by GET: the address keeps it. A customer is asked by POST."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from audit.models import Outcome
from audit.pseudonyms import end_user_of
from audit.words import ACTS, OUTCOMES
from authorizations import rulebook
from authorizations.models import Official
from authorizations.queries import spoken
from authorizations.rulebook import Purpose
from benefits.forms import DayField
from kelmu.clock import HELSINKI
from kelmu.forms import CheckedForm, text_field
from kelmu.log_lines import HETU
from oversight.log.keys import Key, read_key
from oversight.reach import Reach

SELECT = {"class": "ds-input"}
LONGEST = 40
IS_NOT_OFFERED = {"invalid_choice": _("Choose one of those that are offered.")}
A_DAY = timedelta(days=1)

type Choices = list[tuple[str, Any]]


def choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        error_messages=IS_NOT_OFFERED,
        widget=forms.Select(attrs=SELECT),
    )


class SearchForm(CheckedForm):
    """By person, act, purpose, outcome, user of a system and time, or by the reference number of a
    refusal. What is wrong is told, and the rest holds."""

    person = choice(_("Person"))
    act = choice(_("Act"))
    purpose = choice(_("Purpose of use"))
    outcome = choice(_("Outcome"))
    end_user = text_field(
        _("User in the organisation’s own system"),
        64,
        required=False,
        help_text=_("As that system names them in its calls of the technical interface."),
    )
    since = DayField(_("From"))
    until = DayField(_("Until"))
    reference = forms.UUIDField(
        label=_("Reference number"),
        required=False,
        error_messages={"invalid": _("A reference number is as the page of a refusal shows it.")},
        widget=forms.TextInput(attrs=SELECT | {"autocomplete": "off"}),
    )

    def __init__(self, reach: Reach, asked: QueryDict) -> None:
        super().__init__(asked)
        self.asked = asked
        self.people = _people(reach)
        self._offer("person", [(str(pk), name) for pk, (_subject, name) in self.people.items()])
        self._offer("act", sorted(_words(ACTS), key=lambda pair: str(pair[1])))
        self._offer("purpose", _purposes())
        self._offer("outcome", _words(OUTCOMES))
        self.organisation_id = reach.organisation_id
        if reach.organisation_id is None:
            del self.fields["person"], self.fields["end_user"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and until < since:
            self.add_error("until", _("The period ends before it begins."))
        if "before" in self.asked and self.before is None:
            self.add_error(None, _("There is no such page. The first one is shown."))
        return told

    @property
    def before(self) -> Key | None:
        """After which row the page begins."""
        return read_key(self.asked.get("before", ""))

    @cached_property
    def told(self) -> dict[str, str]:
        """What was asked for, in the words of the address."""
        self.is_valid()
        names = [name for name in self.fields if self.cleaned_data.get(name)]
        return {name: str(self.asked[name]) for name in names}

    @cached_property
    def rows(self) -> Q:
        """The rows that were asked for."""
        self.is_valid()
        told = {name: self.cleaned_data[name] for name in self.told}
        found = Q(**{name: told[name] for name in ("act", "purpose", "outcome") if name in told})
        if "person" in told:
            found &= Q(actor=self.people[int(told["person"])][0])
        if "end_user" in told and self.organisation_id:
            found &= Q(actor=end_user_of(self.organisation_id, told["end_user"]))
        if "since" in told:
            found &= Q(at__gte=_midnight(told["since"]))
        if "until" in told:
            found &= Q(at__lt=_midnight(told["until"] + A_DAY))
        if "reference" in told:
            found &= Q(request_id=told["reference"], outcome=Outcome.REFUSED)
        return found

    def _offer(self, name: str, choices: Choices) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = [("", _("All")), *choices]


def asked_for(asked: QueryDict) -> dict[str, str]:
    """What an address narrows the log to, as the row of the reading keeps it: right or wrong, but
    short, and without an identity code that somebody put there."""
    told = {name: asked.get(name, "")[:LONGEST] for name in SearchForm.base_fields}
    return {name: value for name, value in told.items() if value and not HETU.search(value)}


def _people(reach: Reach) -> dict[int, tuple[UUID, str]]:
    """Who has acted for the organisation, by name."""
    officials = Official.objects.filter(organisation=reach.organisation_id).order_by("name", "pk")
    told = officials.values_list("pk", "subject", "name")
    return {pk: (subject, name) for pk, subject, name in told}


def _purposes() -> Choices:
    book = rulebook.load()
    return [(one.value, spoken(book.name(one))) for one in Purpose]


def _words(words: Any) -> Choices:
    return [(one.value, word) for one, word in words.items()]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HELSINKI)
