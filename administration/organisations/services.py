"""Registers organisations, changes and ends them. Each with its row in the log."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model
from django.utils.translation import gettext as _

from audit.models import ActKind
from authorizations import door
from authorizations.rights import Right
from kelmu.dates import cut, valid_on
from kelmu.formats import day
from organisations.models import Agreement, Municipality, Organisation, ServedMunicipality

NAMES = ("name_fi", "name_sv")
MAY_SERVE = (Organisation.Type.JOINT_AUTHORITY, Organisation.Type.OTHER_AUTHORITY)


def register(right: Right, first: date, fields: Mapping[str, Any]) -> Organisation:
    """Takes in an organisation from its first day on."""
    organisation = Organisation.objects.create(validity=DateRange(first, None), **fields)
    after = {name: _told(value) for name, value in fields.items()}
    door.write_office_act(right, ActKind.REGISTER_ORGANISATION, organisation.pk, after=after)
    return organisation


def change(
    right: Right, organisation_id: int, fields: Mapping[str, Any], renamed_on: date | None
) -> Organisation:
    """Changes what stands of an organisation; a former name is kept with its days.

    Raises ValidationError, by field, for what cannot be.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    before = {name: getattr(organisation, name) for name in fields}
    changed = {name: value for name, value in fields.items() if value != before[name]}
    _check_type(organisation, changed, right.on)
    if renamed_on:
        _keep_name(organisation, changed, renamed_on, right.on)
    if not changed:
        return organisation
    for name, value in changed.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(changed))
    door.write_office_act(
        right,
        ActKind.CHANGE_ORGANISATION,
        organisation_id,
        before={name: _told(before[name]) for name in changed},
        after={name: _told(value) for name, value in changed.items()},
        **({"renamed_on": renamed_on} if renamed_on else {}),
    )
    return organisation


def _told(value: Any) -> Any:
    """As it stands in the log."""
    return value.pk if isinstance(value, Model) else value


def _check_type(organisation: Organisation, changed: Mapping[str, Any], on: date) -> None:
    """What an agreement in force opens rests on the type and on whom it serves."""
    field = next((name for name in ("type", "county", "municipality") if name in changed), None)
    if field and organisation.agreements.filter(valid_on(on)).exists():
        message = _("An agreement in force rests on this: it can be changed between agreements.")
        raise ValidationError({field: message})


def _keep_name(
    organisation: Organisation, changed: Mapping[str, Any], renamed_on: date, today: date
) -> None:
    if not set(NAMES) & set(changed):
        raise ValidationError({"renamed_on": _("The name does not change: leave the day empty.")})
    latest = organisation.former_names.order_by("-validity").first()
    since = (latest.validity.upper if latest else organisation.validity.lower) or date.min
    if not since < renamed_on <= today:
        raise ValidationError(
            {
                "renamed_on": _(
                    "The present name began on %(since)s, and a name is changed on its day at the "
                    "earliest: give a day between that and today."
                )
                % {"since": day(since)}
            }
        )
    names = {name: getattr(organisation, name) for name in NAMES}
    organisation.former_names.create(validity=DateRange(since, renamed_on), **names)


def end(
    right: Right, organisation_id: int, last: date | None, successor: Organisation | None
) -> Organisation:
    """Ends an organisation with its last day, or lets it go on. Raises ValidationError."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    before = organisation.validity
    upper = last + timedelta(days=1) if last else None
    if upper:
        _check_end(organisation, upper)
    if successor:
        _check_successor(organisation, successor, upper)
    organisation.validity = DateRange(before.lower, upper)
    organisation.merged_into = successor
    organisation.save(update_fields=["validity", "merged_into"])
    door.write_office_act(
        right,
        ActKind.END_ORGANISATION,
        organisation_id,
        before={"end": before.upper},
        after={"end": upper, "merged_into": _told(successor)},
    )
    return organisation


def _check_end(organisation: Organisation, upper: date) -> None:
    if organisation.validity.lower and upper <= organisation.validity.lower:
        raise ValidationError({"last": _("The last day is before the first.")})
    later = Agreement.objects.filter(
        organisation=organisation, validity__overlap=DateRange(upper, None)
    ).first()
    if later:
        message = _("Agreement %(number)s is in force after that day: end it first.")
        raise ValidationError({"last": message % {"number": later.number}})


def _check_successor(
    organisation: Organisation, successor: Organisation, upper: date | None
) -> None:
    following: Organisation | None = successor
    while following:  # also by way of others
        if following == organisation:
            message = _("An organisation cannot be merged into itself.")
            raise ValidationError({"successor": message})
        following = following.merged_into
    if upper and upper not in successor.validity:
        message = _("That organisation does not exist on the day after.")
        raise ValidationError({"successor": message})


def serve(
    right: Right, organisation: Organisation, municipality: Municipality, time: DateRange
) -> ServedMunicipality:
    """Lets an organisation act for a municipality. Raises ValidationError where it does already."""
    if organisation.type not in MAY_SERVE:
        raise ValidationError(_("An organisation of this type serves its own municipalities."))
    if organisation.serves.filter(municipality=municipality, validity__overlap=time).exists():
        message = _("The organisation serves this municipality already in that time.")
        raise ValidationError({"municipality": message})
    served = organisation.serves.create(municipality=municipality, validity=time)
    door.write_office_act(
        right,
        ActKind.SERVE_MUNICIPALITY,
        organisation.pk,
        municipality=municipality.code,
        first=time.lower,
        end=time.upper,
    )
    return served


def stop_serving(right: Right, served: ServedMunicipality, last: date) -> None:
    """Ends with a last day that an organisation acts for a municipality."""
    served.validity = cut(served.validity, last + timedelta(days=1))
    served.save(update_fields=["validity"])
    door.write_office_act(
        right,
        ActKind.END_SERVING,
        served.organisation_id,
        municipality=served.municipality_id,
        end=last + timedelta(days=1),
    )
