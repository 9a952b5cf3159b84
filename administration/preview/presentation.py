"""The preview's own page as ready text."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from administration.preview import queries
from administration.preview.checklist import Point, points
from administration.preview.forms import NoteForm
from administration.preview.pages import label_of
from authorizations.declarations import approves_at_kela, prepares
from authorizations.rights import Right
from kelmu.dates import last_day
from kelmu.formats import moment, period
from organisations.models import AgreementVersion, PreviewAcceptance, PreviewCheck

WHOLE = "whole"  # the prefix of the form of the acceptance; a point's is its slug


def context(version: AgreementVersion, right: Right, noted: NoteForm | None) -> dict[str, Any]:
    """Which version it is, its checklist, and who accepted it; `noted` is a form with a fault."""
    ticked, acceptance = queries.checks_of(version), queries.acceptance_of(version)
    listed = points(version)
    missing = sum(point.slug not in ticked for point in listed)
    return {
        "version": {
            "id": version.pk,
            "label": label_of(version),
            "organisation": version.agreement.organisation.name,
            "period": _period(version),
            "has_pages": version.by_user_interface,
        },
        "points": [_point(point, ticked, noted) for point in listed],
        "state": _state(acceptance, missing),
        "may_check": prepares(right) and acceptance is None,
        "may_accept": approves_at_kela(right) and acceptance is None and not missing,
        "acceptance_form": _form(WHOLE, noted),
    }


def _state(acceptance: PreviewAcceptance | None, missing: int) -> dict[str, Any]:
    """How far the test of the version is."""
    if acceptance:
        return {"text": _("The preview has passed."), "by": _mark(acceptance)}
    if missing:
        text = _("Points that nobody has ticked yet: %(number)s.") % {"number": missing}
    else:
        text = _("All points are ticked. Another person accepts the test.")
    return {"text": text}


def _period(version: AgreementVersion) -> str:
    time = version.validity or version.wanted
    return period(time.lower, last_day(time.upper))


def _point(
    point: Point, ticked: Mapping[str, PreviewCheck], noted: NoteForm | None
) -> dict[str, Any]:
    check = ticked.get(point.slug)
    return {
        "slug": point.slug,
        "text": point.text,
        "url": point.url,
        "by": _mark(check) if check else None,
        "form": _form(point.slug, noted),
    }


def _form(prefix: str, noted: NoteForm | None) -> NoteForm:
    """The form of a point: the one with a fault, if it is that."""
    return noted if noted and noted.prefix == prefix else NoteForm(prefix=prefix)


def _mark(mark: PreviewCheck | PreviewAcceptance) -> dict[str, str]:
    return {"name": mark.by_name, "at": moment(mark.at), "note": mark.note}
