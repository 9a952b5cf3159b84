"""Loads the past use of the demo's cast, so that its supervisor has something to watch over."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, transaction

from audit.models import ActKind, Entry
from audit.pseudonyms import subject_of
from authorizations import rulebook
from authorizations.models import Official
from authorizations.rulebook import Mandate, OpenedPurpose, OrganisationType
from kelmu import clock
from kelmu.clock import HELSINKI
from kelmu.dates import months_before
from kelmu.hetu import parse
from organisations.models import Agreement, Organisation
from organisations.queries import agreement_in_force
from oversight.models import Finding, Review
from oversight.words import Conclusion

USING = "owner"
DAYS = 110  # before today
SATURDAY = 5
COLUMNS = ", ".join(
    str(field.column)
    for field in Entry._meta.concrete_fields  # noqa: SLF001 - Django's own way to a model's columns
    if field.column != "transaction"
)

type Row = dict[str, Any]


class Command(BaseCommand):
    help = "Loads the past use of a cast file, in demo and test only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError("The cast is invented; production has a log of its own.")
        cast = tomllib.loads(path.read_text(encoding="utf-8"))
        with transaction.atomic(using=USING):
            rows = [row for told in cast["use"] for row in _rows(told, cast)]
            _write(rows)
            for told in cast["use"]:
                _review(told, cast)
        self.stdout.write(f"{len(rows)} acts were loaded.")


def _rows(told: Row, cast: Row) -> Iterator[Row]:
    """What one person did on the working days of the past months."""
    chance = Random(f"{told['person']} {told['organisation']}")  # noqa: S311 - no secret
    organisation = _organisation(told, cast)
    person = next(one for one in cast["people"] if one["slug"] == told["person"])
    actor = subject_of(parse(person["hetu"]))
    customers = [subject_of(parse(one["hetu"])) for one in cast["customers"]]
    Official.objects.using(USING).get_or_create(
        organisation=organisation,
        subject=actor,
        defaults={"name": f"{person['given']} {person['family']}"},
    )
    for day in _working_days():
        opened = _opened(told, organisation, day)
        if opened:
            yield from _of_a_day(told, organisation, actor, day, opened, customers, chance)


def _working_days() -> Iterator[date]:
    today = clock.today()
    for ago in range(DAYS, 0, -1):
        if (day := today - timedelta(days=ago)).weekday() < SATURDAY:
            yield day


def _organisation(told: Row, cast: Row) -> Organisation:
    row = next(one for one in cast["organisations"] if one["slug"] == told["organisation"])
    return Organisation.objects.using(USING).get(business_id=row["business_id"])


def _opened(told: Row, organisation: Organisation, day: date) -> list[OpenedPurpose]:
    """The purposes that the person works for, as far as the law and an agreement open them."""
    held = [Mandate(one) for one in told["mandates"]]
    rights = rulebook.load().rights(OrganisationType(organisation.type), held, day)
    try:
        agreement_in_force(organisation.pk, day)
    except Agreement.DoesNotExist:
        return []
    return [one for one in rights.purposes if one.purpose in told["purposes"]]


def _of_a_day(
    told: Row,
    organisation: Organisation,
    actor: UUID,
    day: date,
    opened: list[OpenedPurpose],
    customers: list[UUID],
    chance: Random,
) -> Iterator[Row]:
    agreement = f"{agreement_in_force(organisation.pk, day).number}/1"
    moment = datetime.combine(day, time(8), HELSINKI)
    session = uuid4()

    def row(act: ActKind, **columns: Any) -> Row:
        nonlocal moment
        moment += timedelta(seconds=chance.randint(20, 2400))
        return {
            "id": uuid4(),
            "at": moment,
            "rule_date": day,
            "act": act,
            "outcome": "permitted",
            "channel": "browser",
            "request_id": uuid4(),
            "session_id": session,
            "actor": actor,
            "office": "mandate",
            "organisation_id": organisation.pk,
            "agreement": agreement,
            "mandates": told["mandates"],
            "purpose": "",
            "laws": [],
            "rulebook": rulebook.load().digest,
            "data_groups": [],
            "case_reference": "",
            "details": {},
        } | columns

    yield row(ActKind.SELECT_ORGANISATION, office="")
    for _number in range(chance.randint(1, told["a_day"])):
        purpose = chance.choice(opened)
        customer = chance.choice(customers)
        seen: Row = {"purpose": purpose.purpose, "laws": [law.citation.fi for law in purpose.law]}
        if not purpose.data_groups:
            listed = {"municipality": told["municipality"]}
            persons = chance.sample(customers, 5)
            yield row(ActKind.VIEW_QUEUE, **seen, details=listed, persons=persons)
        elif chance.random() < 0.08:
            yield row(ActKind.SEARCH, **seen, outcome="not_found", customer=uuid4())
        else:
            seen |= {
                "customer": customer,
                "data_groups": purpose.data_groups,
                "look_back_from": months_before(day, purpose.look_back_months or 0),
                "case_reference": f"SOS-{chance.randint(100, 999)}",
            }
            yield row(ActKind.OPEN, **seen)
            for _page in range(chance.randint(0, 2)):
                yield row(ActKind.VIEW, **seen, details={"tab": purpose.tabs[0]})
    if chance.random() < 0.05:
        why = {"reason": "not_this_office", "part": "role"}
        yield row(ActKind.REFUSAL, outcome="refused", mandates=[], details=why)


def _write(rows: list[Row]) -> None:
    """The owner writes what audit_write() would have written at the time."""
    with connections[USING].cursor() as cursor:
        for month in {row["at"].date().replace(day=1) for row in rows}:
            cursor.execute("SELECT audit_add_month(%s)", [month])
        cursor.execute(
            f"INSERT INTO audit_entry ({COLUMNS}) SELECT {COLUMNS}"  # noqa: S608 - names of columns
            " FROM jsonb_populate_recordset(NULL::audit_entry, %s::jsonb) ORDER BY at",
            [json.dumps(rows, cls=DjangoJSONEncoder)],
        )
        cursor.executemany(
            "INSERT INTO audit_entry_person (entry_id, at, organisation_id, subject)"
            " VALUES (%s, %s, %s, %s)",
            [
                (row["id"], row["at"], row["organisation_id"], person)
                for row in rows
                for person in row.get("persons", ())
            ],
        )
        cursor.execute("SELECT audit_note_mandates(e) FROM audit_entry AS e ORDER BY at")
        cursor.execute(
            "UPDATE audit_usage_counted SET until = least(until, (SELECT min(at) FROM audit_entry))"
        )


def _review(told: Row, cast: Row) -> None:
    """The reviewer has checked the sample of three months ago, and a part of the next one."""
    if "reviewer" not in told:
        return
    organisation = _organisation(told, cast)
    person = next(one for one in cast["people"] if one["slug"] == told["reviewer"])
    this_month = clock.today().replace(day=1)
    for back, share in ((3, 1.0), (2, 0.4)):
        month = months_before(this_month, back)
        due = months_before(month, -1) + timedelta(days=settings.OVERSIGHT_REVIEW_DAYS - 1)
        with connections[USING].cursor() as cursor:
            cursor.execute(
                "SELECT set_config('kelmu.organisation', %s, true)", [str(organisation.pk)]
            )
            cursor.execute(
                "SELECT oversight_draw(%s, %s, %s, %s)",
                [organisation.pk, month, settings.OVERSIGHT_SAMPLE, due],
            )
        reviews = list(Review.objects.using(USING).filter(sample__month=month).order_by("number"))
        for number, review in enumerate(reviews[: int(len(reviews) * share)]):
            _find(review, person, due, is_asked=number == 0)


def _find(review: Review, person: Row, due: date, *, is_asked: bool) -> None:
    asked = [Conclusion.NEEDS_EXPLAINING, Conclusion.MISTAKE]
    notes = {
        Conclusion.NEEDS_EXPLAINING: "Kysytty esihenkilöltä, mihin asiaan haku liittyy.",
        Conclusion.MISTAKE: "Väärä käyttötarkoitus valittu, käyttäjä ohjattu.",
    }
    for conclusion in asked if is_asked else [Conclusion.IN_ORDER]:
        Finding.objects.using(USING).create(
            review=review,
            conclusion=conclusion,
            note=notes.get(conclusion, ""),
            by=subject_of(parse(person["hetu"])),
            by_name=f"{person['given']} {person['family']}",
            on=due - timedelta(days=5),
        )
