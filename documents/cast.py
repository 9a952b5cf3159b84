"""What the demo's cast has sent to Kela by now, and what Kela has answered: states with their
history, so that the lists are alive at first sight. The files are invented, too."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import PurePath
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.db import transaction
from PIL import Image, ImageDraw, ImageFont

from audit.pseudonyms import subject_of
from authorizations import rulebook
from authorizations.rulebook import Action, Mandate, OrganisationType
from benefits.models import AssistanceApplication
from customers.models import Customer
from documents import contents, delivery, states
from documents.inspecting.files import HEAD, type_of
from documents.models import Document, Errand, Sending
from documents.services import UPDATED, advance
from documents.words import Actor, State, Step, Trouble
from kelmu import clock
from kelmu.clock import HELSINKI
from kelmu.hetu import parse
from organisations.models import Organisation
from organisations.queries import agreed_purposes

USING = "owner"
SENT_AT, ANSWERED_AT = time(10, 12), time(13, 30)
A_WHILE = timedelta(seconds=40)  # between the steps of the service
FORMATS = {".pdf": "PDF", ".jpg": "JPEG"}

type Told = dict[str, Any]


def load(cast: Told) -> int:
    """Loads what could be sent by today, with what was agreed then; how many sendings it is."""
    people = {one["slug"]: one for one in cast["people"] + cast["customers"]}
    codes = {one["slug"]: one["business_id"] for one in cast["organisations"]}
    number = 0
    with transaction.atomic(using=USING):
        for told in cast["sendings"]:
            code = codes[told["organisation"]]
            organisation = Organisation.objects.using(USING).get(business_id=code)
            person, customer = people[told["person"]], people[told["customer"]]
            if _could_be_sent(told, organisation, customer):
                _load(told, organisation, person, customer)
                number += 1
    return number


def _could_be_sent(told: Told, organisation: Organisation, customer: Told) -> bool:
    on = _sent_on(told)
    if not agreed_purposes(organisation.pk, on).filter(purpose=told["purpose"]).exists():
        return False
    opened = rulebook.load().rights(OrganisationType(organisation.type), Mandate, on)
    purpose = opened.purpose(told["purpose"])
    if purpose is None or Action.SEND_DOCUMENT not in purpose.actions:
        return False
    asked = told.get("answers")
    if asked and not Sending.objects.using(USING).filter(pk=_key(asked)).exists():
        return False
    return Customer.objects.filter(pk=subject_of(parse(customer["hetu"]))).exists()


def _sent_on(told: Told) -> date:
    return clock.today() - timedelta(days=told["days_ago"])


def _key(slug: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"sending {slug}")


def _load(told: Told, organisation: Organisation, person: Told, customer: Told) -> None:
    at = datetime.combine(_sent_on(told), SENT_AT, HELSINKI)
    sender = subject_of(parse(person["hetu"])), f"{person['given']} {person['family']}"
    sending = _begun(told, organisation, subject_of(parse(customer["hetu"])), sender, at)
    documents = [_added(sending, number, name) for number, name in enumerate(told["files"], 1)]
    if sending.answers_id:
        _take(Sending.objects.using(USING).get(pk=sending.answers_id), Step.ANSWER, at, sender)
    _take(sending, Step.SEND, at, sender)
    _take(sending, Step.CLEAR, at + A_WHILE)
    if told.get("gave_up"):
        _give_up(sending, at + 2 * A_WHILE)
        return
    delivery.deliver(sending, documents)
    _take(sending, Step.DELIVER, at + 2 * A_WHILE)
    for answer in told.get("kela", []):
        _answer(sending, answer, at.date() + timedelta(days=answer["after"]))


def _begun(
    told: Told, organisation: Organisation, customer: UUID, sender: tuple[UUID, str], at: datetime
) -> Sending:
    sending = Sending(
        id=_key(told["slug"]),
        organisation=organisation,
        customer_id=customer,
        purpose=told["purpose"],
        sender=sender[0],
        sender_name=sender[1],
        answers_id=_key(told["answers"]) if "answers" in told else None,
        kind=told["kind"],
        matter=told.get("matter", ""),
        text=told.get("text", ""),
        asked_by_customer=True,
        state=State.DRAFT,
        began_at=at,
        changed_at=at,
        changed_on=at.date(),
    )
    if told["purpose"] == "social_assistance" and not sending.matter:
        _belong_to_application(sending)
    sending.save(using=USING, force_insert=True)
    return sending


def _belong_to_application(sending: Sending) -> None:
    """To the latest one that had arrived by then, if there is one."""
    arrived = AssistanceApplication.objects.filter(
        customer=sending.customer_id, arrived_on__lte=sending.changed_on
    )
    if found := arrived.order_by("arrived_on").last():
        sending.application = found.pk
        sending.application_arrived_on, sending.application_period = found.arrived_on, found.period


def _added(sending: Sending, number: int, name: str) -> Document:
    key, file = uuid4(), BytesIO(_invented(PurePath(name)))
    stored = contents.store(key, file)
    return Document.objects.using(USING).create(
        id=key,
        sending=sending,
        number=number,
        name=name,
        type=type_of(file.getvalue()[:HEAD]),
        size=stored.size,
        sha256=stored.sha256,
        key=stored.key,
        added_at=sending.began_at,
    )


def _invented(name: PurePath) -> bytes:
    """A page on which its name stands."""
    page, file = Image.new("RGB", (827, 1169), "white"), BytesIO()
    said = f"{name.stem.capitalize()}\n\nEsimerkki · Exempel · Example"
    ImageDraw.Draw(page).multiline_text((90, 110), said, "black", ImageFont.load_default(34))
    page.save(file, FORMATS[name.suffix], resolution=100)
    return file.getvalue()


def _take(
    sending: Sending,
    step: Step,
    at: datetime,
    by: tuple[UUID | None, str] = (None, ""),
    reason: str = "",
) -> None:
    after = next(filter(None, (states.after(step, sending.state, actor) for actor in Actor)))
    advance(sending, step, after, at, at.date(), reason)
    sending.changed_by, sending.changed_by_name = by
    sending.sent_at = sending.sent_at or at
    sending.save(using=USING, update_fields=[*UPDATED, "sent_at"])


def _give_up(sending: Sending, at: datetime) -> None:
    _take(sending, Step.GIVE_UP, at)
    errand = Errand.objects.using(USING).filter(sending=sending)
    errand.update(attempts=10, fault=f"{Trouble.NOT_TAKEN} 503")


def _answer(sending: Sending, answer: Told, on: date) -> None:
    if on > clock.today():
        return
    sending.acknowledged_on = sending.acknowledged_on or on
    at = datetime.combine(on, ANSWERED_AT, HELSINKI)
    _take(sending, Step(answer["step"]), at, reason=answer.get("reason", ""))
