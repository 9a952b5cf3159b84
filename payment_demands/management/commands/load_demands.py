"""Loads the demands of the demo's cast, as its organisations have made them by now, and what Kela
has answered."""

import tomllib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from audit.pseudonyms import subject_of
from intake import deliveries
from intake.services import take_in
from kelmu import clock
from kelmu.clock import HELSINKI
from kelmu.hetu import parse
from organisations.models import Organisation, Payee
from payment_demands.feeds import ANSWERS
from payment_demands.models import Demand
from payment_demands.transfer import transfer
from payment_demands.words import Answer, State, Step

USING = "owner"
COUNTIES_START = date(2023, 1, 1)
ANSWERED_AFTER = timedelta(days=5)


class Command(BaseCommand):
    help = "Loads the demands of a cast file, in demo and test only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError("The cast is invented; production has demands of its own.")
        cast = tomllib.loads(path.read_text(encoding="utf-8"))
        codes = {one["slug"]: parse(one["hetu"]) for one in cast["customers"]}
        told = [one for one in cast["demands"] if one["made_on"] <= clock.today()]
        with transaction.atomic(using=USING):
            for one in told:
                _load(one, codes[one["customer"]])
        _answer(told, codes)
        if clock.today() > COUNTIES_START:
            list(transfer(COUNTIES_START))
        self.stdout.write(f"{len(told)} demands were loaded.")


def _load(told: dict[str, Any], code: str) -> None:
    organisation = Organisation.objects.using(USING).get(business_id=told["organisation"])
    key = _key(told, code)
    if Demand.objects.using(USING).filter(pk=key).exists():
        return
    made_at = datetime.combine(told["made_on"], time(10), HELSINKI)
    payees = Payee.objects.using(USING).filter(organisation=organisation)
    period, total = DateRange(told["first"], told.get("upper")), told.get("advance_total")
    demand = Demand(
        id=key,
        organisation=organisation,
        made_by=organisation,
        customer_id=subject_of(code),
        municipality_id=told["municipality"],
        payee=payees.order_by("pk")[0],
        ground=told["ground"],
        benefit_id=told["benefit"],
        period=period,
        recurrence="recurrent",
        measure=told.get("measure", "amount"),
        amount=Decimal(told["amount"]) if "amount" in told else None,
        share=Decimal(told["share"]) if "share" in told else None,
        advance_period=period if total else None,
        advance_total=Decimal(total) if total else None,
        reference=told.get("reference", ""),
        contact_name=told["handler"],
        contact_phone="03 123 4567",
        statement=told["statement"],
        state=State.REGISTERED,
        version=1,
        step=Step.REGISTER,
        registered_at=made_at,
        changed_at=made_at,
        changed_on=told["made_on"],
        changed_by=None,
        changed_by_name=told["handler"],
        handler_name=told["handler"],
    )
    demand.save(using=USING, force_insert=True)


def _key(told: dict[str, Any], code: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demand {told['organisation']} {code} {told['made_on']}")


def _answer(told: list[dict[str, Any]], codes: dict[str, str]) -> None:
    """What Kela has answered by now, by the road of its deliveries; most has been read since."""
    answered = {
        _key(one, codes[one["customer"]]): one
        for one in told
        if "answer" in one and one["made_on"] + ANSWERED_AFTER <= clock.today()
    }
    rows = [
        (key, 1, Answer(one["answer"]), one["made_on"] + ANSWERED_AFTER, one.get("reason", ""))
        for key, one in answered.items()
    ]
    with TemporaryDirectory() as folder:
        deliveries.write(
            Path(folder),
            ANSWERS.file,
            [column.name for column in ANSWERS.columns],
            rows,
            source="answers to the cast",
            made_at=datetime.combine(clock.today(), time(6), HELSINKI),
        )
        list(take_in([Path(folder)]))
    read = Demand.objects.using(USING).filter(
        pk__in=[key for key, one in answered.items() if not one.get("unread")]
    )
    read.filter(has_new_answer=True).update(has_new_answer=False)
