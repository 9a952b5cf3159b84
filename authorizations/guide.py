"""Who is who in the demo, and what each sees on a day, from the cast and the rulebook."""

from datetime import date
from typing import Any

from authorizations import rulebook
from authorizations.rulebook import Mandate, OrganisationType

type Table = dict[str, Any]

NOTHING = {
    "fi": "ei pääse sisään: ei valtuutta eikä roolia",
    "sv": "kommer inte in: varken fullmakt eller roll",
    "en": "cannot enter: neither mandate nor role",
}


def people(cast: Table, today: date, language: str) -> list[Table]:
    """A row for each person and each organisation that they can act for, then Kela's own."""
    rows = [
        row
        for person in cast["people"]
        for row in _rows(person, cast, today, language) or [_outsider(person, language)]
    ]
    return rows + [_kela_admin(admin) for admin in cast["kela_admins"]]


def customers(cast: Table, language: str) -> list[Table]:
    """The customers that are worth looking up, and why."""
    return [
        {
            "name": f"{customer['family']}, {customer['given']}",
            "hetu": customer["hetu"],
            "municipality": customer["municipality"],
            "situation": customer["note"][language],
        }
        for customer in cast["customers"]
    ]


def _rows(person: Table, cast: Table, today: date, language: str) -> list[Table]:
    rows = []
    for organisation in cast["organisations"]:
        mandates = _mandates(person, organisation, cast, today)
        roles = [
            role["role"]
            for role in person.get("roles", [])
            if role["organisation"] == organisation["slug"]
        ]
        if mandates or roles:
            shows = _shows(organisation, mandates, today, language) or roles
            rows.append(_row(person, organisation, mandates, roles, shows))
    return rows


def _mandates(person: Table, organisation: Table, cast: Table, today: date) -> list[Mandate]:
    held = {
        mandate
        for grant in cast["grants"]
        if grant.get("to_person") == person["slug"] and grant["from"] == organisation["slug"]
        if grant.get("valid_from", today) <= today <= grant.get("until", today)
        for mandate in grant["mandates"]
    }
    return [mandate for mandate in Mandate if mandate in held]


def _shows(organisation: Table, mandates: list[Mandate], today: date, language: str) -> list[str]:
    rights = rulebook.load().rights(OrganisationType(organisation["type"]), mandates, today)
    named = organisation.get("purposes")
    return [
        opened.name.in_language(language)
        for opened in rights.purposes
        if named is None or opened.purpose in named
    ]


def _row(
    person: Table,
    organisation: Table | None,
    mandates: list[Mandate],
    roles: list[str],
    shows: list[str],
) -> Table:
    return {
        "name": f"{person['given']} {person['family']}",
        "hetu": person["hetu"],
        "organisation": organisation
        and {key: organisation[key] for key in ("name", "business_id", "type")},
        "mandates": [mandate.value for mandate in mandates],
        "roles": roles,
        "shows": shows,
    }


def _outsider(person: Table, language: str) -> Table:
    return _row(person, None, [], [], [NOTHING[language]])


def _kela_admin(admin: Table) -> Table:
    return {
        "name": admin["name"],
        "hetu": None,
        "organisation": {"name": "Kela", "business_id": None, "type": "kela"},
        "mandates": [],
        "roles": admin["groups"],
        "shows": admin["groups"],
    }
