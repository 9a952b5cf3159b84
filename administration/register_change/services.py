"""Takes changes into the register: all of a file or nothing, with one row in the log.

A preview does the same and takes it back: what it shows is what would happen.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from administration.organisations import services as organisations
from administration.register_change.reading import Change, Problem, Row
from audit import services as log
from audit.models import ActKind
from authorizations import door
from authorizations.rights import Right
from kelmu.dates import cut
from kelmu.formats import day
from organisations.models import County, Municipality, Organisation


@dataclass(frozen=True, slots=True)
class Effect:
    """What a row does, in words; or that it is so already."""

    row: Row
    told: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file does, line by line."""

    effects: list[Effect]
    problems: list[Problem]

    @property
    def changes(self) -> int:
        return sum(effect.is_new for effect in self.effects)


def preview(right: Right, rows: Iterable[Row], problems: Iterable[Problem]) -> Outcome:
    """What the rows would do. Nothing stays of it but a row in the log that somebody looked."""
    with transaction.atomic():
        outcome = _outcome(right, rows, problems)
        transaction.set_rollback(True)
    _write(right, ActKind.PREVIEW_REGISTER_CHANGE, outcome)
    return outcome


def take_in(right: Right, rows: Iterable[Row], problems: Iterable[Problem]) -> Outcome:
    """Does what the rows say; nothing at all where one of them cannot be."""
    with transaction.atomic():
        outcome = _outcome(right, rows, problems)
        if outcome.problems:
            transaction.set_rollback(True)
    if outcome.changes and not outcome.problems:
        _write(right, ActKind.CHANGE_REGISTER, outcome)
    return outcome


def _write(right: Right, act: ActKind, outcome: Outcome) -> None:
    details = {
        "changes": [_said(effect.row) for effect in outcome.effects if effect.is_new],
        "unchanged": len(outcome.effects) - outcome.changes,
        "problems": len(outcome.problems),
    }
    log.write(log.Row(act=act, details=details, **door.who(right)))


def _said(row: Row) -> dict[str, Any]:
    """What a row says, without the columns that it leaves empty."""
    return {name: value for name, value in asdict(row).items() if value != ""}


def _outcome(right: Right, rows: Iterable[Row], problems: Iterable[Problem]) -> Outcome:
    outcome = Outcome([], list(problems))
    for row in rows:
        try:
            with transaction.atomic():
                told, is_new = TAKE[row.change](right, row)
        except ValidationError as error:
            outcome.problems.append(Problem(row.line, " ".join(error.messages)))
        except IntegrityError:  # what is foreseen is told in words above
            told = _("This contradicts what stands in the register.")
            outcome.problems.append(Problem(row.line, told))
        else:
            outcome.effects.append(Effect(row, told, is_new))
    return outcome


def _new(right: Right, row: Row) -> tuple[str, bool]:
    county = _county(row.county)
    if len(row.code) != 3 or not row.code.isdecimal():
        raise ValidationError(_("A municipality has a code of three digits."))
    _check_language(row.language)
    told = _("%(name)s (%(code)s) is new from %(day)s, in %(county)s.") % {
        "name": row.name_fi,
        "code": row.code,
        "day": day(row.day),
        "county": county.name,
    }
    values = {"name_fi": row.name_fi, "name_sv": row.name_sv, "language": row.language}
    municipality, is_new = Municipality.objects.get_or_create(
        code=row.code, defaults=values | {"validity": DateRange(row.day, None)}
    )
    if is_new:
        municipality.memberships.create(county=county, validity=DateRange(row.day, None))
    elif municipality.validity.lower != row.day:
        message = _("The code is that of %(name)s already.") % {"name": municipality.name}
        raise ValidationError(message)
    return told, is_new


def _renamed(right: Right, row: Row) -> tuple[str, bool]:
    municipality = _municipality(row.code)
    _check_language(row.language)
    if row.day > right.on:
        message = _("A name and a language change at once: take the file in on %(day)s or later.")
        raise ValidationError(message % {"day": day(row.day)})
    was = municipality.name_fi
    values = {"name_fi": row.name_fi, "name_sv": row.name_sv, "language": row.language}
    is_new = any(getattr(municipality, name) != value for name, value in values.items())
    if is_new:
        Municipality.objects.filter(pk=municipality.pk).update(**values)
    language = Municipality.Language(row.language).label
    told = _("%(was)s (%(code)s) is called %(name_fi)s, %(name_sv)s; language: %(language)s.")
    told %= {"was": was, "code": row.code, "name_fi": row.name_fi, "name_sv": row.name_sv} | {
        "language": language
    }
    return told, is_new


def _moved(right: Right, row: Row) -> tuple[str, bool]:
    municipality, county = _municipality(row.code), _county(row.county)
    told = _("%(name)s (%(code)s) moves to %(county)s on %(day)s.") % {
        "name": municipality.name,
        "code": row.code,
        "county": county.name,
        "day": day(row.day),
    }
    present = municipality.memberships.filter(validity__contains=row.day).first()
    if present and present.county_id == county.pk:
        return told, False
    if municipality.memberships.filter(validity__startswith__gt=row.day).exists():
        raise ValidationError(_("The municipality moves again later: that comes first."))
    if row.day not in municipality.validity:
        raise ValidationError(_("There is no such municipality on that day."))
    if present:
        present.validity = cut(present.validity, row.day)
        present.save(update_fields=["validity"])
    rest = DateRange(row.day, municipality.validity.upper)
    municipality.memberships.create(county=county, validity=rest)
    return told, True


def _ended(right: Right, row: Row) -> tuple[str, bool]:
    municipality, successor = _municipality(row.code), _municipality(row.successor)
    told = _("%(name)s (%(code)s) becomes part of %(successor)s on %(day)s.") % {
        "name": municipality.name,
        "code": row.code,
        "successor": successor.name,
        "day": day(row.day),
    }
    was = (municipality.validity.upper, municipality.successor_id)
    if was == (row.day, successor.pk):
        return told, False
    if was[0] is not None:
        message = _("It has ended already, on %(day)s.") % {"day": day(was[0] - timedelta(days=1))}
        raise ValidationError(message)
    if successor == municipality or row.day not in successor.validity:
        raise ValidationError(_("The successor is a municipality that goes on after that day."))
    municipality.validity = cut(municipality.validity, row.day)
    municipality.successor = successor
    municipality.save(update_fields=["validity", "successor"])
    for membership in municipality.memberships.filter(validity__overlap=DateRange(row.day, None)):
        membership.validity = cut(membership.validity, row.day)
        membership.save(update_fields=["validity"])
    return told, True


def _merged(right: Right, row: Row) -> tuple[str, bool]:
    organisation, successor = _organisation(row.code), _organisation(row.successor)
    told = _("%(name)s (%(code)s) is merged into %(successor)s on %(day)s.") % {
        "name": organisation.name,
        "code": row.code,
        "successor": successor.name,
        "day": day(row.day),
    }
    if (organisation.validity.upper, organisation.merged_into_id) == (row.day, successor.pk):
        return told, False
    organisations.end(right, organisation.pk, row.day - timedelta(days=1), successor)
    return told, True


TAKE: dict[Change, Callable[[Right, Row], tuple[str, bool]]] = {
    Change.NEW: _new,
    Change.RENAMED: _renamed,
    Change.MOVED: _moved,
    Change.ENDED: _ended,
    Change.MERGED: _merged,
}


def _municipality(code: str) -> Municipality:
    municipality = Municipality.objects.filter(pk=code).first()
    if municipality is None:
        raise ValidationError(_("No municipality has the code %(code)s.") % {"code": code})
    return municipality


def _county(code: str) -> County:
    county = County.objects.filter(pk=code).first()
    if county is None:
        raise ValidationError(_("No county has the code %(code)s.") % {"code": code})
    return county


def _organisation(business_id: str) -> Organisation:
    organisation = Organisation.objects.filter(business_id=business_id).first()
    if organisation is None:
        message = _("No organisation has the business ID %(code)s.") % {"code": business_id}
        raise ValidationError(message)
    return organisation


def _check_language(language: str) -> None:
    if language not in Municipality.Language.values:
        message = _("The language is one of these: %(words)s")
        raise ValidationError(message % {"words": ", ".join(Municipality.Language.values)})
