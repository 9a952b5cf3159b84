"""Loads organisations and agreements of the demo's cast (demo/cast.toml) into the database."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from audit.pseudonyms import subject_of
from authorizations import rulebook
from authorizations.rulebook import Mandate, OpenedPurpose, OrganisationType
from kelmu.hetu import parse
from organisations.models import AgreedPurpose, Agreement, Contact, Organisation

MANDATES_COMPULSORY = date(2021, 2, 1)
COUNTIES_START = date(2023, 1, 1)  # new agreements with all; those of joint authorities end

type Era = tuple[date, date | None]

ERAS: dict[OrganisationType, list[Era]] = {
    OrganisationType.WELLBEING_COUNTY: [(COUNTIES_START, None)],
    OrganisationType.MUNICIPALITY: [
        (MANDATES_COMPULSORY, COUNTIES_START),
        (COUNTIES_START, None),
    ],
    OrganisationType.HELSINKI: [(MANDATES_COMPULSORY, COUNTIES_START), (COUNTIES_START, None)],
    OrganisationType.JOINT_AUTHORITY: [(MANDATES_COMPULSORY, COUNTIES_START)],
    OrganisationType.OTHER_AUTHORITY: [(MANDATES_COMPULSORY, None)],
}


def load(cast: dict[str, Any], using: str) -> int:
    """Brings the database in line with the cast and answers the number of agreements."""
    contacts = _contacts(cast)
    with transaction.atomic(using=using):
        organisations = {row["slug"]: _organisation(row, using) for row in cast["organisations"]}
        return sum(
            _agreements(row, organisations[row["slug"]], contacts.get(row["slug"], []), using)
            for row in cast["organisations"]
        )


def _contacts(cast: dict[str, Any]) -> dict[str, list[Contact]]:
    """The people named in agreements, by organisation, known by their pseudonyms."""
    contacts: dict[str, list[Contact]] = {}
    for person in cast["people"]:
        for role in person.get("roles", []):
            contact = Contact(
                role=role["role"],
                name=f"{person['given']} {person['family']}",
                subject_id=subject_of(parse(person["hetu"])),
            )
            contacts.setdefault(role["organisation"], []).append(contact)
    return contacts


def _organisation(row: dict[str, Any], using: str) -> Organisation:
    organisation, _ = Organisation.objects.using(using).update_or_create(
        business_id=row["business_id"],
        defaults={
            "name_fi": row["name"],
            "name_sv": row["name_sv"],
            "type": row["type"],
            "county_id": row.get("county"),
            "municipality_id": row.get("municipality"),
            "validity": DateRange(MANDATES_COMPULSORY, None),
        },
    )
    for code in row.get("serves", []):
        organisation.serves.using(using).get_or_create(
            organisation=organisation,
            municipality_id=code,
            defaults={"validity": DateRange(MANDATES_COMPULSORY, None)},
        )
    return organisation


def _agreements(
    row: dict[str, Any], organisation: Organisation, contacts: list[Contact], using: str
) -> int:
    if organisation.agreements.using(using).exists():
        return 0
    organisation_type = OrganisationType(row["type"])
    eras = ERAS[organisation_type]
    for era in eras:
        agreement = Agreement.objects.using(using).create(
            organisation=organisation,
            number=f"KELMU-{era[0].year}-{row['business_id'][:7]}",
            signed_on=era[0],
            validity=DateRange(*era),
            staff_instruction_fi=row.get("staff_instruction", {}).get("fi", ""),
            staff_instruction_sv=row.get("staff_instruction", {}).get("sv", ""),
        )
        AgreedPurpose.objects.using(using).bulk_create(
            _purposes(organisation_type, agreement, era, row)
        )
        Contact.objects.using(using).bulk_create(
            Contact(
                agreement=agreement,
                validity=DateRange(*era),
                role=contact.role,
                name=contact.name,
                subject_id=contact.subject_id,
            )
            for contact in contacts
        )
    return len(eras)


def _purposes(
    organisation_type: OrganisationType, agreement: Agreement, era: Era, row: dict[str, Any]
) -> Iterator[AgreedPurpose]:
    """Every purpose that the law opens to the type, while it does; of those named, if any are."""
    named, narrows = row.get("purposes"), row.get("narrows", {})
    for first, end in _spans(era):
        for opened in rulebook.load().rights(organisation_type, Mandate, first).purposes:
            if (named is None and not opened.by_agreement_only) or opened.purpose in (named or ()):
                yield AgreedPurpose(
                    agreement=agreement,
                    purpose=opened.purpose.value,
                    laws=_laws(opened),
                    validity=DateRange(first, end),
                    **narrows.get(opened.purpose, {}),
                )


def _spans(era: Era) -> Iterator[tuple[date, date | None]]:
    """The era cut at every day on which a row of the rulebook begins or ends."""
    book = rulebook.load()
    start, end = era
    validities = [row.validity for row in book.openings] + [row.validity for row in book.contents]
    days = {day for validity in validities for day in (validity.valid_from, validity.valid_to)}
    edges = sorted(day for day in days if day and start < day and (end is None or day < end))
    return zip([start, *edges], [*edges, end], strict=True)


def _laws(opened: OpenedPurpose) -> list[str]:
    return [law.citation.fi for law in opened.law]
