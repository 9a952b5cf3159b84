"""What a row tells beside its columns, in words: municipalities, lists, benefits and findings."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import words
from audit.models import ActKind, Outcome
from authorizations.explaining.speech import said
from authorizations.rulebook import Action, Listing, NotificationType, Purpose, Tab
from benefits.reference import benefits
from documents.words import Kind
from notifications.words import EventKind, Receiver, State
from notifications.words import Outcome as Answered
from organisations.models import Municipality
from oversight.words import Conclusion

NOTHING = "–"
TOLD_APART = {"reason", "part"}  # what a row tells of a refusal, or of why it was looked at

PAGES = {  # of what was looked at beside the tabs
    "demand": gettext_lazy("a payment demand"),
    "documents": gettext_lazy("the documents of a customer"),
    "end": gettext_lazy("the form that ends a payment demand"),
    "form": gettext_lazy("the form of a payment demand"),
    "laws": gettext_lazy("the laws by which payment is demanded"),
    "new_sending": gettext_lazy("the form of documents for Kela"),
    "preview": gettext_lazy("the estimate of the next payments"),
    "sending": gettext_lazy("documents sent to Kela"),
    "void": gettext_lazy("the form that voids a payment demand"),
}

type Word = Callable[[str], str]


def told(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each thing that a row tells, with its label; what has no words, as it stands."""
    for name, value in details.items():
        if name not in TOLD_APART:
            yield str(words.DETAILS.get(name, name)), _plain(name, value)


def _plain(name: str, value: Any) -> str:
    match value:
        case str():
            return _word(name, value)
        case dict():
            return ", ".join(f"{label}: {text}" for label, text in told(value))
        case list():
            return ", ".join(_plain(name, one) for one in value)
        case bool():
            return _("yes") if value else _("no")
    return NOTHING if value is None else str(value)


def _word(name: str, value: str) -> str:
    return OF[name](value) if name in OF else value or NOTHING


def _label(choices: type[TextChoices]) -> Word:
    return lambda value: str(choices(value).label) if value in choices.values else value


def _name(slugs: type[StrEnum]) -> Word:
    return lambda value: said(slugs(value)) if value in set(slugs) else value


def _scope(slug: str) -> str:
    """What a token opens: a purpose, or an action that needs none."""
    return _name(Purpose)(_name(Action)(slug))


def _outcome(value: str) -> str:
    """Of an act, or of a notification."""
    return _label(Answered)(words.said(Outcome, words.OUTCOMES, value))


def _municipality(code: str) -> str:
    found = Municipality.objects.filter(code=code).first()
    return f"{found.name} ({code})" if found else code


def _benefit(slug: str) -> str:
    known = benefits().get(slug)
    return known.title if known else slug


OF: Mapping[str, Word] = {
    "act": lambda slug: words.said(ActKind, words.ACTS, slug),
    "benefit": _benefit,
    "change": _label(EventKind),
    "document": _label(Kind),
    "conclusion": _label(Conclusion),
    "listing": _name(Listing),
    "municipality": _municipality,
    "outcome": _outcome,
    "purpose": _name(Purpose),
    "page": lambda slug: str(PAGES.get(slug, slug)),
    "receivers": _label(Receiver),
    "scopes": _scope,
    "state": _label(State),
    "tab": _name(Tab),
    "to": _municipality,
    "type": _name(NotificationType),
}
