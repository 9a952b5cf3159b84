"""Loads the past use of the demo's cast, so that its supervisor has something to watch over."""

import json
import tomllib
from collections.abc import Callable, Iterator
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
from oversight.models import Finding, Review, Switch
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
            rows += [row for told in cast["odd_use"] for row in _odd_rows(told, cast)]
            _write(rows)
            for told in cast["use"]:
                _review(told, cast)
            for told in cast["detection"]:
                _switch_on(told, cast)
        self.stdout.write(f"{len(rows)} acts were loaded.")


def _rows(told: Row, cast: Row) -> Iterator[Row]:
    """What one person did on the working days of the past months."""
    chance = Random(f"{told['person']} {told['organisation']}")  # noqa: S311 - no secret
    organisation = _organisation(told, cast)
    person = _one(cast["people"], told["person"])
    actor = subject_of(parse(person["hetu"]))
    customers = _customers_of_work(told, cast)
    Official.objects.using(USING).get_or_create(
        organisation=organisation,
        subject=actor,
        defaults={"name": f"{person['given']} {person['family']}"},
    )
    for day in _working_days():
        opened = _opened(told, organisation, day)
        if opened:
            yield from _of_a_day(told, organisation, actor, day, opened, customers, chance)


def _one(those: list[Row], slug: str) -> Row:
    return next(one for one in those if one["slug"] == slug)


def _customers_of_work(told: Row, cast: Row) -> list[UUID]:
    """The cast's customers who live where the person works; not those who are looked up oddly."""
    odd = {
        slug
        for one in cast["odd_use"]
        if one["organisation"] == told["organisation"]
        for slug in one["customers"]
    }
    return [
        subject_of(parse(one["hetu"]))
        for one in cast["customers"]
        if one["municipality"] in told["lives_in"] and one["slug"] not in odd
    ]


def _odd_rows(told: Row, cast: Row) -> Iterator[Row]:
    """What stands out among it: customers looked up at an hour, minute by minute, for no case."""
    organisation = _organisation(told, cast)
    use = next(one for one in cast["use"] if one["person"] == told["person"])
    actor = subject_of(parse(_one(cast["people"], told["person"])["hetu"]))
    named = [_one(cast["customers"], slug) for slug in told["customers"]]
    for ago in told["days_ago"]:
        day = clock.today() - timedelta(days=ago)
        opened = _opened(use, organisation, day)
        if not opened:  # before the counties
            continue
        purpose = opened[0]
        row = _writer(use, organisation, actor, day, told["at"])
        seen = _seen(purpose, day)
        for _miss in range(told.get("misses", 0)):
            nobody = {"purpose": purpose.purpose, "laws": seen["laws"], "customer": uuid4()}
            yield row(ActKind.SEARCH, 60, **nobody, outcome="not_found")
        for one in named:
            yield row(ActKind.OPEN, 120, **seen, customer=subject_of(parse(one["hetu"])))


def _working_days() -> Iterator[date]:
    today = clock.today()
    for ago in range(DAYS, 0, -1):
        if (day := today - timedelta(days=ago)).weekday() < SATURDAY:
            yield day


def _organisation(told: Row, cast: Row) -> Organisation:
    row = _one(cast["organisations"], told["organisation"])
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


def _writer(
    told: Row, organisation: Organisation, actor: UUID, day: date, begins: time
) -> Callable[..., Row]:
    """What makes the rows of one session, each so many seconds after the one before."""
    agreement = f"{agreement_in_force(organisation.pk, day).number}/1"
    moment = datetime.combine(day, begins, HELSINKI)
    session = uuid4()

    def row(act: ActKind, seconds: int, **columns: Any) -> Row:
        nonlocal moment
        moment += timedelta(seconds=seconds)
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

    return row


def _seen(purpose: OpenedPurpose, day: date) -> Row:
    """What a purpose opens of a customer, as a row says it."""
    return {
        "purpose": purpose.purpose,
        "laws": [law.citation.fi for law in purpose.law],
        "data_groups": purpose.data_groups,
        "look_back_from": months_before(day, purpose.look_back_months or 0),
    }


def _of_a_day(
    told: Row,
    organisation: Organisation,
    actor: UUID,
    day: date,
    opened: list[OpenedPurpose],
    customers: list[UUID],
    chance: Random,
) -> Iterator[Row]:
    write = _writer(told, organisation, actor, day, time(8))

    def row(act: ActKind, at_most: int = 6000, **columns: Any) -> Row:
        return write(act, chance.randint(20, at_most), **columns)

    yield row(ActKind.SELECT_ORGANISATION, office="")
    for _number in range(chance.randint(1, told["a_day"])):
        purpose = chance.choice(opened)
        customer = chance.choice(customers)
        reference = {"case_reference": f"SOS-{100 + customers.index(customer)}"}
        seen: Row = {"purpose": purpose.purpose, "laws": [law.citation.fi for law in purpose.law]}
        if not purpose.data_groups:
            listed = {"municipality": told["municipality"]}
            persons = chance.sample(customers, 5)
            yield row(ActKind.VIEW_QUEUE, **seen, details=listed, persons=persons)
        elif chance.random() < 0.08:
            nobody: Row = reference | {"outcome": "not_found", "customer": uuid4()}
            yield row(ActKind.SEARCH, **seen, **nobody)
        else:
            seen = _seen(purpose, day) | reference | {"customer": customer}
            yield row(ActKind.OPEN, **seen)
            for _page in range(chance.randint(0, 2)):
                yield row(ActKind.VIEW, 240, **seen, details={"tab": purpose.tabs[0]})
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
    person = _one(cast["people"], told["reviewer"])
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


def _switch_on(told: Row, cast: Row) -> None:
    """The supervisor has recorded the co-operation procedure: the worker does the rest."""
    person = _one(cast["people"], told["recorded_by"])
    held_on = clock.today() - timedelta(days=told["held_days_ago"])
    Switch.objects.using(USING).create(
        organisation=_organisation(told, cast),
        is_on=True,
        held_on=held_on,
        note=told["note"],
        by=subject_of(parse(person["hetu"])),
        by_name=f"{person['given']} {person['family']}",
        on=held_on,
    )
