"""Reads of organisations: who is found by what, and everything that one page tells of one."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from kelmu.dates import valid_on
from organisations.models import (
    Agreement,
    County,
    CountyMembership,
    FormerName,
    Municipality,
    Organisation,
    ServedMunicipality,
)


def found(
    on: date, *, text: str = "", kind: str = "", agreed: bool | None = None
) -> "QuerySet[Organisation, Any]":
    """Organisations that a text leads to: by a name of today or before, business ID, or the code or
    name of a municipality or county. Each with the number of its agreement in force.

    `kind`: of one type alone; `agreed`: only those with an agreement in force, or without.
    """
    in_force = Agreement.objects.filter(valid_on(on), organisation=OuterRef("pk"))
    rows = Organisation.objects.select_related("county", "municipality", "merged_into").annotate(
        agreement=Subquery(in_force.values("number")[:1])
    )
    if text:
        rows = rows.filter(_led_to_by(text, on))
    if kind:
        rows = rows.filter(type=kind)
    if agreed is not None:
        rows = rows.filter(Exists(in_force) if agreed else ~Exists(in_force))
    return rows.order_by("name_fi", "pk")


def _led_to_by(text: str, on: date) -> Q:
    """By itself, or by whom it serves or is served by."""
    named = Q(name_fi__plain__contains=text) | Q(name_sv__plain__contains=text)
    municipalities = Municipality.objects.filter(named | Q(code=text))
    counties = County.objects.filter(named | Q(code=text))
    memberships = CountyMembership.objects.filter(valid_on(on))
    served = ServedMunicipality.objects.filter(valid_on(on), municipality__in=municipalities)
    return (
        named
        | Q(business_id__contains=text)
        | Q(pk__in=FormerName.objects.filter(named).values("organisation"))
        | Q(municipality__in=municipalities)
        | Q(municipality__in=municipalities.values("successor"))
        | Q(municipality__in=memberships.filter(county__in=counties).values("municipality"))
        | Q(county__in=counties)
        | Q(county__in=memberships.filter(municipality__in=municipalities).values("county"))
        | Q(pk__in=served.values("organisation"))
    )


def municipalities_of(organisation: Organisation, on: date) -> "QuerySet[Municipality]":
    """What a county serves on the day, by name."""
    memberships = CountyMembership.objects.filter(valid_on(on), county=organisation.county_id)
    rows = Municipality.objects.filter(valid_on(on), pk__in=memberships.values("municipality"))
    return rows.order_by("name_fi")


def merged_into(organisation: Organisation) -> "QuerySet[Organisation]":
    """The organisations that it took in."""
    return Organisation.objects.filter(merged_into=organisation)
