"""What is asked and told of documents that are sent to Kela: what their pages ask and show."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid4

from pydantic import AwareDatetime, Field

from benefits.words import MatterState
from customers.queries import Person
from documents import queries
from documents.forms import ANOTHER, SendingForm
from documents.models import Document, Event, Sending
from documents.overview import OverviewForm
from documents.queries import Matter
from documents.words import FileType, State
from kelmu.dates import last_day
from technical_interface.customers import Asked
from technical_interface.forms import Day, Errors, errors_of, superfluous
from technical_interface.notifications.asked import LARGEST
from technical_interface.notifications.told import Whom
from technical_interface.paging import Page, Paged
from technical_interface.telling import Exact, schema_of, told
from technical_interface.words import DocumentKind, SendingState, SendingStep


class NewSending(Asked):
    """Documents of one kind, and to which matter they belong: an application that the customer’s
    documents name, or another one in words. An answer belongs to the matter of what it answers."""

    kind: DocumentKind
    application: Annotated[int, Field(ge=1, le=LARGEST)] | None = None
    matter: str = ""
    text: str = Field("", description="To Kela, in the sender’s own words.")
    asked_by_customer: bool = Field(
        description="Documents are sent only when the customer has asked for it."
    )
    answers: UUID | None = Field(None, description="The sending of which Kela asks for more.")

    def form(self, applications: list[Matter] | None) -> SendingForm:
        """The same as somebody types it in the form."""
        typed = {"kind": self.kind.value, "text": self.text, "token": str(uuid4())}
        typed["application"] = ANOTHER if self.application is None else str(self.application)
        typed |= {"matter": self.matter} if self.application is None else {}
        typed |= {"asked_by_customer": "on"} if self.asked_by_customer else {}
        return SendingForm(typed, applications=applications, is_answer=self.answers is not None)

    def errors(self, form: SendingForm) -> Errors:
        """What is wrong, and what the form has no field for."""
        told = {"application": self.application is not None, "matter": bool(self.matter)}
        unasked = {"application", "matter"} - set(form.fields)
        unasked |= {"matter"} if told["application"] else set()
        return [*superfluous(one for one in sorted(unasked) if told[one]), *errors_of(form)]

    def is_made(self, made: Sending) -> bool:
        """Whether it is this that was sent, but for its files and customer."""
        own = (self.kind, self.text.strip(), self.answers)
        matter = (self.application, self.matter.strip())
        same = own == (made.kind, made.text, made.answers_id)
        return same and (self.answers is not None or matter == (made.application, made.matter))


class SendingsAsked(Paged):
    """Which sendings of the organisation, and which page of them."""

    state: SendingState | None = None
    kind: DocumentKind | None = None
    since: Day | None = None
    until: Day | None = None
    sender: Annotated[str, Field(max_length=60, pattern=r"^[^\x00-\x1f]*$")] = ""

    def form(self, purpose: Any) -> OverviewForm:
        """The same as the page's list is narrowed."""
        return OverviewForm((purpose,), self.model_dump(mode="json", exclude={"after", "limit"}))


class File(Exact):
    """A file of a sending."""

    id: UUID
    name: str
    type: FileType
    size: int
    sha256: str
    removed_at: AwareDatetime | None = Field(description="Its content is there no more.")


class SendingStanding(Exact):
    """How a sending stands."""

    id: UUID
    version: int
    state: SendingState


class Sent(SendingStanding):
    """A sending when it has been sent, with the files that were taken."""

    files: list[File]


class SendingLine(SendingStanding):
    """What is told of a sending everywhere."""

    kind: DocumentKind
    application: int | None
    application_arrived_on: date | None
    application_first: date | None
    application_last: date | None
    matter: str
    sent_at: AwareDatetime
    sender_name: str
    changed_at: AwareDatetime
    reason: str = Field(description="What Kela, or the malware scan, says of it.")
    answers: UUID | None = Field(description="The sending that it answers.")


class CustomersSending(SendingLine):
    """A sending in the list of a customer's."""

    number_of_files: int


class SendingRow(CustomersSending):
    """A sending in the list of the organisation's."""

    customer: Whom


class SendingRows(Page):
    """A page of the list."""

    rows: list[SendingRow]


class ApplicationKnown(Exact):
    """An application for basic social assistance to which documents can be sent."""

    number: int
    arrived_on: date
    first: date
    last: date | None
    state: MatterState


class CustomersDocuments(Exact):
    """What the organisation has sent of a customer under the purpose."""

    customer: schema_of(Person)  # type: ignore[valid-type]  # made when it runs
    applications: list[ApplicationKnown] | None = Field(
        description="Null where the purpose does not show them."
    )
    sendings: list[CustomersSending]


class SendingEvent(Exact):
    """A step of a sending."""

    at: AwareDatetime
    step: SendingStep
    by_name: str
    reason: str


class SendingWhole(SendingLine):
    """A sending as its page shows it."""

    customer: schema_of(Person)  # type: ignore[valid-type]  # made when it runs
    text: str
    asked: str = Field(description="What Kela asked, of a sending that answers it.")
    case_reference: str
    kept_until: date | None = Field(
        description="The last day on which its contents are here; null while Kela has not"
        " acknowledged them."
    )
    can_be_answered: bool
    answered_by: list[UUID]
    files: list[File]
    history: list[SendingEvent]


def customers_sending(one: Sending) -> dict[str, Any]:
    """A sending of the organisation's. `files` is what the query has counted."""
    files: int = one.files  # type: ignore[attr-defined]  # annotated by the query
    return _line(one) | {"number_of_files": files}


def row(one: Sending) -> dict[str, Any]:
    """The same with its customer."""
    name = f"{one.customer.family_name}, {one.customer.given_names}"
    whom = {"name": name, "protected": one.customer.protected}
    return customers_sending(one) | {"customer": whom}


def first_standing(made: Sending) -> dict[str, Any]:
    """How a sending stood when it had been sent, whatever has come since."""
    first = made.events.get(number=1)
    standing = {"id": str(made.pk), "version": first.number, "state": first.state}
    return standing | {"files": [_file(one) | {"removed_at": None} for one in _files(made)]}


def whole(one: Sending, on: date) -> dict[str, Any]:
    """A sending with its files and history; without its customer."""
    answered_by = one.answered_by.exclude(state=State.DRAFT)
    return _line(one) | {
        "text": one.text,
        "asked": queries.asked_by_kela(one),
        "case_reference": one.case_reference,
        "kept_until": told(queries.kept_until(one, on)),
        "can_be_answered": one.state == State.ASKED,
        "answered_by": [str(answer.pk) for answer in answered_by],
        "files": [_file(document) for document in _files(one)],
        "history": [_event(event) for event in one.events.order_by("number")],
    }


def application(one: Matter) -> dict[str, Any]:
    """An application by what people know it by."""
    first, last = one.period.lower, last_day(one.period.upper)
    known = {"first": told(first), "last": told(last)}
    return known | {name: told(getattr(one, name)) for name in ("number", "arrived_on", "state")}


def _line(one: Sending) -> dict[str, Any]:
    time = one.application_period
    known = {
        "answers": one.answers_id,
        "application_first": time.lower if time else None,
        "application_last": last_day(time.upper) if time else None,
    }
    fields = SendingLine.model_fields
    return {name: told(known[name] if name in known else getattr(one, name)) for name in fields}


def _files(one: Sending) -> list[Document]:
    return queries.documents_of(one.pk)


def _file(one: Document) -> dict[str, Any]:
    known = {"sha256": bytes(one.sha256).hex()}
    fields = File.model_fields
    return known | {name: told(getattr(one, name)) for name in fields if name not in known}


def _event(one: Event) -> dict[str, Any]:
    return {name: told(getattr(one, name)) for name in SendingEvent.model_fields}
