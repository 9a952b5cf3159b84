"""Loads organisations and agreements of the demo's cast (demo/cast.toml) into the database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from audit.pseudonyms import subject_of
from authorizations import campaign
from authorizations.lawful import lawful
from authorizations.rulebook import OrganisationType
from kelmu import clock
from kelmu.hetu import parse
from organisations.models import (
    AgreedPurpose,
    Agreement,
    AgreementEvent,
    AgreementVersion,
    Contact,
    Organisation,
    Payee,
    Proposed,
)

MANDATES_COMPULSORY = date(2021, 2, 1)
COUNTIES_START = date(2023, 1, 1)  # new agreements with all; those of joint authorities end

SIGNED = Agreement.Step.SIGNED_BY_KELA
DATED = {"valid_from", "given_on"}  # what the cast tells of an account beside its columns

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


# Who agreed for Kela on what the demo begins with; in the demo they log in under these names.
PREPARED = ("cast: prepared", "Anna Aloittaja")
APPROVED = ("cast: approved", "Heikki Hyväksyjä")


def load(cast: dict[str, Any], using: str) -> int:
    """Brings the database in line with the cast and answers the number of agreements."""
    with transaction.atomic(using=using):
        organisations = {row["slug"]: _organisation(row, using) for row in cast["organisations"]}
        number = 0
        for row in cast["organisations"]:
            organisation = organisations[row["slug"]]
            if not organisation.agreements.using(using).exists():
                make = _under_way if "under_way" in row else _agreements
                number += make(row, organisation, using)
                Contact.objects.using(using).bulk_create(_contacts(cast, row, organisation))
                Payee.objects.using(using).bulk_create(_payees(row, organisation))
        return number


def _organisation(row: dict[str, Any], using: str) -> Organisation:
    instruction = row.get("staff_instruction", {})
    organisation, _ = Organisation.objects.using(using).update_or_create(
        business_id=row["business_id"],
        defaults={
            "name_fi": row["name"],
            "name_sv": row["name_sv"],
            "type": row["type"],
            "county_id": row.get("county"),
            "municipality_id": row.get("municipality"),
            "validity": DateRange(MANDATES_COMPULSORY, None),
            "staff_instruction_fi": instruction.get("fi", ""),
            "staff_instruction_sv": instruction.get("sv", ""),
        },
    )
    _serve(row.get("serves", []), organisation, using)
    return organisation


def _serve(codes: list[str], organisation: Organisation, using: str) -> None:
    for code in codes:
        organisation.serves.using(using).get_or_create(
            organisation=organisation,
            municipality_id=code,
            defaults={"validity": DateRange(MANDATES_COMPULSORY, None)},
        )


def _accepted(first: date, end: date | None, on: date | None = None) -> dict[str, Any]:
    """What one of Kela's proposed and another accepted, on a day or before the time began."""
    (one, one_name), (other, other_name) = PREPARED, APPROVED
    before = datetime.combine(on or first - timedelta(days=30), time(12), UTC)
    return {
        "wanted": DateRange(first, end),
        "validity": DateRange(first, end),
        "proposed_by": subject_of(one),
        "proposed_by_name": one_name,
        "proposed_at": before,
        "decision": Proposed.Decision.ACCEPTED,
        "decided_by": subject_of(other),
        "decided_by_name": other_name,
        "decided_at": before,
    }


def _contacts(
    cast: dict[str, Any], row: dict[str, Any], organisation: Organisation
) -> Iterator[Contact]:
    """The people whom the organisation names, known by their pseudonyms."""
    eras = _eras(row)
    for person in cast["people"]:
        for role in person.get("roles", []):
            if role["organisation"] == row["slug"]:
                yield Contact(
                    organisation=organisation,
                    role=role["role"],
                    name=f"{person['given']} {person['family']}",
                    subject_id=subject_of(parse(person["hetu"])),
                    **_accepted(eras[0][0], eras[-1][1]),
                )


def _eras(row: dict[str, Any]) -> list[Era]:
    """When the agreements of an organisation are in force; of one under way, when it is to be."""
    if "under_way" in row:
        return [(clock.today(), None)]
    return ERAS[OrganisationType(row["type"])]


def _under_way(row: dict[str, Any], organisation: Organisation, using: str) -> int:
    """A first agreement that has come as far as the cast says, its content agreed; answers one."""
    [(today, _)] = _eras(row)
    agreement = Agreement.objects.using(using).create(
        organisation=organisation,
        number=f"KELMU-{today.year}-{row['business_id'][:7]}",
        step=row["under_way"],
    )
    _came_so_far(row, agreement, {Agreement.Step(row["under_way"]): today}, using)
    _version(row, agreement, (max(today, COUNTIES_START), None), using)
    return 1


def _payees(row: dict[str, Any], organisation: Organisation) -> Iterator[Payee]:
    """The accounts to which Kela pays what the organisation demands."""
    eras = _eras(row)
    for told in row.get("payees", []):
        if campaign.is_given(told, clock.today()):
            fields = {name: value for name, value in told.items() if name not in DATED}
            first = told.get("valid_from", eras[0][0])
            yield Payee(organisation=organisation, **fields, **_accepted(first, eras[-1][1]))


def _agreements(row: dict[str, Any], organisation: Organisation, using: str) -> int:
    """An agreement for each era, each renewing the one before; answers how many."""
    before: Agreement | None = None
    eras = _eras(row)
    for era in eras:
        before = _agreement(row, organisation, era, before, using)
    return len(eras)


def _agreement(
    row: dict[str, Any],
    organisation: Organisation,
    era: Era,
    renews: Agreement | None,
    using: str,
) -> Agreement:
    """Of 2023 as far as it has come by today; of before, signed on its first day."""
    of_2023 = era[0] == COUNTIES_START
    steps = campaign.steps(row, clock.today()) if of_2023 else {SIGNED: era[0]}
    is_signed = SIGNED in steps
    agreement = Agreement.objects.using(using).create(
        organisation=organisation,
        number=f"KELMU-{era[0].year}-{row['business_id'][:7]}",
        renews=renews,
        step=max(steps, key=list(Agreement.Step).index),
        signed_on=steps.get(SIGNED),
        validity=DateRange(*era) if is_signed else None,
    )
    _came_so_far(row, agreement, steps, using)
    _version(row, agreement, era, using, on=campaign.APPROVED_ON if of_2023 else None)
    return agreement


def _came_so_far(
    row: dict[str, Any], agreement: Agreement, steps: dict[Agreement.Step, date], using: str
) -> None:
    """The steps that an agreement has taken, and by when what is awaited."""
    for step, day in steps.items():
        by, name = APPROVED if step == SIGNED else PREPARED
        AgreementEvent.objects.using(using).create(
            agreement=agreement,
            step=step,
            on=day,
            by=subject_of(by),
            by_name=name,
            at=min(datetime.combine(day, time(12), UTC), clock.now()),  # nothing is yet to come
        )
    if sent_on := steps.get(Agreement.Step.SENT):
        for deadline in campaign.deadlines(OrganisationType(row["type"]), sent_on):
            deadline.agreement = agreement
            deadline.save(using=using)


def _version(
    row: dict[str, Any], agreement: Agreement, era: Era, using: str, on: date | None = None
) -> None:
    """The content of an agreement, accepted for the era on a day or before it."""
    version = AgreementVersion.objects.using(using).create(
        agreement=agreement,
        number=1,
        by_technical_interface=row.get("by_technical_interface", False),
        **_accepted(*era, on),
    )
    purposes = _purposes(OrganisationType(row["type"]), version, era, row)
    AgreedPurpose.objects.using(using).bulk_create(purposes)


def _purposes(
    organisation_type: OrganisationType, version: AgreementVersion, era: Era, row: dict[str, Any]
) -> Iterator[AgreedPurpose]:
    """Every purpose that the law opens to the type, while it does; of those named, if any are."""
    named, narrows = row.get("purposes"), row.get("narrows", {})
    expressly = [*(named or ()), *row.get("actions", ())]
    for one in lawful(organisation_type, DateRange(*era)):
        if (named is None and not one.by_agreement_only) or one.covered in expressly:
            yield AgreedPurpose(
                version=version,
                purpose=one.covered.value,
                laws=one.citations,
                validity=one.validity,
                **narrows.get(one.covered, {}),
            )
