"""Every address of the service and what it answers to whom, written by hand from the design.

Not one line comes from the code: who adds an address says here, too, whom it is for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from tests import personas
from tests.personas import Persona

CASEWORKERS = {"county", "another county", "municipality", "lists only"}
BY_ROLE = {"authorizer", "supervisor", "data protection"}
WITH_OFFICE = BY_ROLE | {"under way"}  # of whose organisation no agreement is in force yet
KELA = {"preparing", "approving", "service desk", "oversight"}
PREVIEW = {"preparing", "approving"}
LOGGED_IN = CASEWORKERS | WITH_OFFICE | KELA
OUTSIDE = {"stranger", "without mandate"}

PEOPLE: dict[str, Persona | None] = {
    "stranger": None,
    "without mandate": personas.WITHOUT_MANDATE,
    "county": personas.ENTITLED,
    "another county": personas.OTHER_ORGANISATION,
    "municipality": personas.MUNICIPALITY,
    "lists only": personas.LISTS_ONLY,
    "authorizer": personas.AUTHORIZER,
    "supervisor": personas.SUPERVISOR,
    "data protection": personas.DATA_PROTECTION,
    "under way": personas.UNDER_WAY,
    "preparing": personas.KELA_ADMIN,
    "approving": personas.KELA_APPROVER,
    "service desk": personas.KELA_SERVICE_DESK,
    "oversight": personas.KELA_OVERSIGHT,
}

NOT_LOGGED_IN, FORBIDDEN, NOT_ALLOWED = 302, 403, 405
SAFE = {"GET", "HEAD", "OPTIONS"}
METHODS = [*sorted(SAFE), "POST", "PUT", "PATCH", "DELETE"]

type Status = int | Callable[[str], int]


@dataclass(frozen=True)
class Address:
    """An address: whom it is for (nobody named: for everybody) and what it answers to them."""

    path: str
    open_to: frozenset[str]
    answers: dict[str, Status]
    has_forms: bool = True

    @property
    def is_public(self) -> bool:
        return not self.open_to

    def expected(self, person: str, method: str, *, with_token: bool) -> int:
        """The status of the answer. A form without its token is refused before all else."""
        if self.has_forms and method not in SAFE and not with_token:
            return FORBIDDEN
        if not self.is_public and person not in self.open_to:
            return NOT_LOGGED_IN if person in OUTSIDE else FORBIDDEN
        status = self.answers.get(method, NOT_ALLOWED)
        return status if isinstance(status, int) else status(person)


def public(path: str, **answers: Status) -> Address:
    return Address(path, frozenset(), answers)


def page(path: str) -> Address:
    """A public page that is only read."""
    return public(path, GET=200, HEAD=200)


def only(people: set[str], path: str, **answers: Status) -> Address:
    return Address(path, frozenset(people), answers)


def for_systems(path: str, **answers: Status) -> Address:
    """An address of the technical interface: no cookie counts there, and no form's token."""
    return Address(path, frozenset(), answers, has_forms=False)


def call(method: str, path: str) -> Address:
    """One where nobody gets in without an access token, whoever they are elsewhere."""
    return for_systems(f"/api/v1/{path}", **{method: 401})


def front(person: str) -> int:
    return 200 if person in OUTSIDE else 302


def choice(person: str) -> int:
    """Who has an office may choose anew, the others do so at Suomi.fi. A stranger goes to the
    front page."""
    return 200 if person in WITH_OFFICE else 302


ID = UUID("01234567-89ab-4cde-8f01-23456789abcd")  # nobody's opening
DEMANDING = {"county", "another county"}
BENEFITS_OPEN_TO = {"county", "another county", "municipality"}


def of_tampere(status: int) -> Callable[[str], int]:
    """An answer to the county that serves Tampere; other caseworkers are refused."""
    return lambda person: status if person == "county" else FORBIDDEN


def to_invoicing(status: int) -> Callable[[str], int]:
    """An answer to who has the mandate for the invoices of Tampere; others are refused."""
    return lambda person: status if person == "lists only" else FORBIDDEN


LISTS = "notifications/<slug:purpose>/<slug:municipality>/lists/"
PUBLISHED = "<slug:published_for>/<slug:first_on>/<int:version>/"
LIST = "/notifications/labour_market_subsidy_list/837/lists/labour_market_subsidy_invoice/"
NEVER = f"{LIST}837/1999-01-01/1/"  # when nothing was published
QUEUE = "/notifications/social_assistance_notifications/837/"
ONE = f"{QUEUE}0/"  # which is none

OVERSEEING = {"supervisor", "oversight"}


def to_own(status: int) -> Callable[[str], int]:
    """An answer to who supervises an own organisation; Kela comes by an inquiry."""
    return lambda person: status if person == "supervisor" else FORBIDDEN


INQUIRY = "oversight/inquiries/<uuid:inquiry_id>/"
INQUIRED = f"/oversight/inquiries/{ID}/"  # nobody's inquiry

NUMBERED = "api/v1/notifications/<purpose>/<municipality>"
NOTIFIED = "notifications/social_assistance_notifications/837"
CATALOGUE = "lists/front_veterans_list/837"

ADDRESSES = {
    "health/live": page("/health/live"),
    "health/ready": page("/health/ready"),
    "health/alarms": page("/health/alarms"),
    "language/": public("/language/", POST=302),
    "dismiss/": public("/dismiss/", POST=302),
    "guide/": page("/guide/"),
    "guide/<slug:slug>/": page("/guide/helsinki/"),
    "changes/": page("/changes/"),
    "support/": page("/support/"),
    "accessibility/": page("/accessibility/"),
    "privacy/": page("/privacy/"),
    "": public("/", GET=front, HEAD=front),
    "jwks.json": page("/jwks.json"),
    "login/": public("/login/", POST=302),
    "login/callback": public("/login/callback", GET=302),
    "login/role/": public("/login/role/", GET=choice, HEAD=choice),
    "login/role/mandate/": public("/login/role/mandate/", POST=302),
    "login/role/office/": public("/login/role/office/", POST=403),
    "login/mandates/callback": public("/login/mandates/callback", GET=302),
    "login/failed/": public("/login/failed/", GET=302, HEAD=302),  # to the front page, if none did
    "logout/": public("/logout/", POST=302),
    "kela/login/": public("/kela/login/", POST=302),
    "kela/callback": public("/kela/callback", GET=302),
    "kela/": only(KELA, "/kela/", GET=200, HEAD=200),
    "kela/feeds/": only(KELA, "/kela/feeds/", GET=200, HEAD=200),
    "kela/waiting/": only(KELA, "/kela/waiting/", GET=200, HEAD=200),
    "kela/register-change/": only(
        {"preparing"}, "/kela/register-change/", GET=200, HEAD=200, POST=422
    ),
    "kela/organisations/": only(KELA, "/kela/organisations/", GET=200, HEAD=200, POST=200),
    "kela/organisations/new/": only(
        {"preparing"}, "/kela/organisations/new/", GET=200, HEAD=200, POST=422
    ),
    "kela/organisations/<int:organisation_id>/": only(
        KELA, "/kela/organisations/0/", GET=404, HEAD=404
    ),
    "kela/organisations/<int:organisation_id>/change/": only(
        {"preparing"}, "/kela/organisations/0/change/", GET=404, HEAD=404, POST=404
    ),
    "kela/organisations/<int:organisation_id>/end/": only(
        {"preparing"}, "/kela/organisations/0/end/", GET=404, HEAD=404, POST=404
    ),
    "kela/organisations/<int:organisation_id>/municipalities/": only(
        {"preparing"}, "/kela/organisations/0/municipalities/", GET=404, HEAD=404, POST=404
    ),
    "kela/organisations/<int:organisation_id>/municipalities/<int:served_id>/": only(
        {"preparing"}, "/kela/organisations/0/municipalities/0/", GET=404, HEAD=404, POST=404
    ),
    "kela/organisations/<int:organisation_id>/contacts/new/": only(
        {"preparing"}, "/kela/organisations/0/contacts/new/", GET=404, HEAD=404, POST=404
    ),
    "kela/organisations/<int:organisation_id>/contacts/<int:contact_id>/": only(
        KELA, "/kela/organisations/0/contacts/0/", GET=404, HEAD=404
    ),
    "kela/organisations/<int:organisation_id>/contacts/<int:contact_id>/decide/": only(
        {"approving"}, "/kela/organisations/0/contacts/0/decide/", POST=404
    ),
    "kela/organisations/<int:organisation_id>/contacts/<int:contact_id>/end/": only(
        PREVIEW, "/kela/organisations/0/contacts/0/end/", POST=404
    ),
    "kela/organisations/<int:organisation_id>/payees/new/": only(
        {"preparing"}, "/kela/organisations/0/payees/new/", GET=404, HEAD=404, POST=404
    ),
    "kela/organisations/<int:organisation_id>/payees/<int:payee_id>/": only(
        KELA, "/kela/organisations/0/payees/0/", GET=404, HEAD=404
    ),
    "kela/organisations/<int:organisation_id>/payees/<int:payee_id>/check/": only(
        {"preparing", "service desk"}, "/kela/organisations/0/payees/0/check/", POST=404
    ),
    "kela/organisations/<int:organisation_id>/payees/<int:payee_id>/decide/": only(
        {"approving"}, "/kela/organisations/0/payees/0/decide/", POST=404
    ),
    "kela/organisations/<int:organisation_id>/contacts/<int:contact_id>/withdrawal/": only(
        {"preparing"}, "/kela/organisations/0/contacts/0/withdrawal/", POST=404
    ),
    "kela/organisations/<int:organisation_id>/payees/<int:payee_id>/withdrawal/": only(
        {"preparing"}, "/kela/organisations/0/payees/0/withdrawal/", POST=404
    ),
    "kela/organisations/<int:organisation_id>/payees/<int:payee_id>/end/": only(
        PREVIEW, "/kela/organisations/0/payees/0/end/", POST=404
    ),
    "kela/versions/<int:version_id>/preview/": only(
        PREVIEW, "/kela/versions/0/preview/", GET=404, HEAD=404
    ),
    "kela/versions/<int:version_id>/preview/check/": only(
        {"preparing"}, "/kela/versions/0/preview/check/", POST=404
    ),
    "kela/versions/<int:version_id>/preview/accept/": only(
        {"approving"}, "/kela/versions/0/preview/accept/", POST=404
    ),
    "kela/versions/<int:version_id>/preview/<day:on>/<mandates:mandates>/": only(
        PREVIEW, "/kela/versions/0/preview/2023-01-01/none/", GET=404, HEAD=404, POST=404
    ),
    "kela/versions/<int:version_id>/preview/<day:on>/<mandates:mandates>/<path:page>": only(
        PREVIEW,
        "/kela/versions/0/preview/2023-01-01/none/start/",
        GET=404,
        HEAD=404,
        POST=404,
    ),
    "home/": only(LOGGED_IN, "/home/", GET=302, HEAD=302),
    "session/": only(LOGGED_IN, "/session/", POST=200),
    "feedback/": public("/feedback/", GET=200, HEAD=200, POST=422),
    "feedback/sent/": page("/feedback/sent/"),
    "kela/feedback/": only(KELA, "/kela/feedback/", GET=200, HEAD=200),
    "kela/reference/": only(KELA, "/kela/reference/", GET=200, HEAD=200),
    "kela/reference/<slug:kind>/": only(KELA, "/kela/reference/county/", GET=200, HEAD=200),
    "kela/usage/": only(KELA, "/kela/usage/", GET=200, HEAD=200),
    "kela/usage.csv": only(KELA, "/kela/usage.csv", GET=200),
    "kela/announcements/": only(KELA, "/kela/announcements/", GET=200, HEAD=200),
    "kela/announcements/<slug:kind>/new/": only(
        {"preparing"}, "/kela/announcements/break/new/", GET=200, HEAD=200, POST=422
    ),
    "kela/announcements/<int:announcement_id>/": only(
        {"preparing"}, "/kela/announcements/0/", GET=404, HEAD=404, POST=404
    ),
    "kela/announcements/<int:announcement_id>/end/": only(
        {"preparing"}, "/kela/announcements/0/end/", POST=404
    ),
    "rights/mine/": only(CASEWORKERS | BY_ROLE, "/rights/mine/", GET=200, HEAD=200),
    "access-review/": only({"authorizer"}, "/access-review/", GET=200, HEAD=200, POST=200),
    "access-review.csv": only({"authorizer"}, "/access-review.csv", GET=200),
    "access-review/<int:official_id>/end-sessions/": only(
        {"authorizer"}, "/access-review/0/end-sessions/", POST=404
    ),
    "access-review/<int:official_id>/left/": only(
        {"authorizer"}, "/access-review/0/left/", POST=404
    ),
    "access-review/<int:official_id>/not-left/": only(
        {"authorizer"}, "/access-review/0/not-left/", POST=404
    ),
    "kela/<int:organisation_id>/people/": only(
        {"approving", "oversight"}, "/kela/0/people/", GET=404, HEAD=404, POST=404
    ),
    "kela/<int:organisation_id>/people/<int:official_id>/end-sessions/": only(
        {"approving", "oversight"}, "/kela/0/people/0/end-sessions/", POST=404
    ),
    "enquiry/": public("/enquiry/", GET=200, HEAD=200, POST=422),
    "enquiry/sent/": page("/enquiry/sent/"),
    "kela/bulk/": only(PREVIEW, "/kela/bulk/", GET=200, HEAD=200, POST=200),
    "kela/bulk/<int:run_id>/": only(PREVIEW, "/kela/bulk/0/", GET=404, HEAD=404),
    "kela/bulk/<int:run_id>/next/": only(PREVIEW, "/kela/bulk/0/next/", POST=404),
    "kela/enquiries/": only(KELA, "/kela/enquiries/", GET=200, HEAD=200),
    "kela/enquiries/new/": only({"preparing"}, "/kela/enquiries/new/", GET=200, HEAD=200, POST=422),
    "kela/enquiries/<int:enquiry_id>/": only(
        KELA, "/kela/enquiries/0/", GET=404, HEAD=404, POST=404
    ),
    "kela/enquiries/<int:enquiry_id>/answer/": only(
        KELA, "/kela/enquiries/0/answer/", GET=404, HEAD=404
    ),
    "kela/agreements/": only(KELA, "/kela/agreements/", GET=200, HEAD=200, POST=200),
    "kela/agreements/<int:agreement_id>/": only(KELA, "/kela/agreements/0/", GET=404, HEAD=404),
    "kela/agreements/<int:agreement_id>/steps/<slug:deed>/": only(
        {"preparing"}, "/kela/agreements/0/steps/sent/", POST=404
    ),
    "kela/agreements/<int:agreement_id>/approval/<slug:deed>/": only(
        {"approving"}, "/kela/agreements/0/approval/ended/", POST=404
    ),
    "kela/agreements/<int:agreement_id>/renewal/": only(
        {"preparing"}, "/kela/agreements/0/renewal/", POST=404
    ),
    "kela/agreements/<int:agreement_id>/deadlines/": only(
        {"preparing"}, "/kela/agreements/0/deadlines/", POST=404
    ),
    "kela/agreements/<int:agreement_id>/print/fi/": only(
        KELA, "/kela/agreements/0/print/fi/", GET=404, HEAD=404
    ),
    "kela/agreements/<int:agreement_id>/print/sv/": only(
        KELA, "/kela/agreements/0/print/sv/", GET=404, HEAD=404
    ),
    "kela/agreements/<int:agreement_id>/versions/new/": only(
        {"preparing"}, "/kela/agreements/0/versions/new/", GET=404, HEAD=404, POST=404
    ),
    "kela/agreements/versions/<int:version_id>/": only(
        KELA, "/kela/agreements/versions/0/", GET=404, HEAD=404
    ),
    "kela/agreements/versions/<int:version_id>/change/": only(
        {"preparing"}, "/kela/agreements/versions/0/change/", GET=404, HEAD=404, POST=404
    ),
    "kela/agreements/versions/<int:version_id>/decision/": only(
        {"approving"}, "/kela/agreements/versions/0/decision/", POST=404
    ),
    "agreement/": only(WITH_OFFICE, "/agreement/", GET=200, HEAD=200),
    "agreement/contacts/": only(WITH_OFFICE, "/agreement/contacts/", GET=200, HEAD=200),
    "agreement/contacts/new/": only(
        WITH_OFFICE, "/agreement/contacts/new/", GET=200, HEAD=200, POST=422
    ),
    "agreement/contacts/<int:contact_id>/": only(
        WITH_OFFICE, "/agreement/contacts/0/", GET=404, HEAD=404
    ),
    "agreement/contacts/<int:contact_id>/end/": only(
        WITH_OFFICE, "/agreement/contacts/0/end/", POST=404
    ),
    "agreement/keys/": only(WITH_OFFICE, "/agreement/keys/", GET=200, HEAD=200),
    "agreement/keys/new/": only({"technical"}, "/agreement/keys/new/"),
    "agreement/keys/<int:key_id>/": only(WITH_OFFICE, "/agreement/keys/0/", GET=404, HEAD=404),
    "agreement/keys/<int:key_id>/end/": only({"technical"}, "/agreement/keys/0/end/"),
    "kela/organisations/<int:organisation_id>/keys/<int:key_id>/": only(
        KELA, "/kela/organisations/0/keys/0/", GET=404, HEAD=404
    ),
    "kela/organisations/<int:organisation_id>/keys/<int:key_id>/approval/": only(
        {"approving"}, "/kela/organisations/0/keys/0/approval/", POST=404
    ),
    "kela/organisations/<int:organisation_id>/keys/<int:key_id>/end/": only(
        PREVIEW, "/kela/organisations/0/keys/0/end/", POST=404
    ),
    "interface/": page("/interface/"),
    "interface/interface_client.py": page("/interface/interface_client.py"),
    "api/v1/token": for_systems("/api/v1/token", POST=400),
    "api/v1/openapi.json": for_systems("/api/v1/openapi.json", GET=200, HEAD=200),
    "api/v1/rights": call("GET", "rights"),
    "api/v1/usage": call("GET", "usage"),
    "api/v1/customers/benefits": call("POST", "customers/benefits"),
    "api/v1/customers/social-assistance": call("POST", "customers/social-assistance"),
    "api/v1/customers/payment-demands": call("POST", "customers/payment-demands"),
    "api/v1/payment-demands": for_systems("/api/v1/payment-demands", GET=401, POST=401),
    "api/v1/payment-demands/choices": call("GET", "payment-demands/choices"),
    "api/v1/payment-demands/preview": call("POST", "payment-demands/preview"),
    "api/v1/payment-demands/<demand_id>": for_systems(
        f"/api/v1/payment-demands/{ID}", GET=401, PUT=401
    ),
    "api/v1/payment-demands/<demand_id>/end": call("POST", f"payment-demands/{ID}/end"),
    "api/v1/payment-demands/<demand_id>/void": call("POST", f"payment-demands/{ID}/void"),
    "api/v1/customers/documents": call("POST", "customers/documents"),
    "api/v1/sendings": for_systems("/api/v1/sendings", GET=401, POST=401),
    "api/v1/sendings/<sending_id>": call("GET", f"sendings/{ID}"),
    "api/v1/municipalities/<purpose>": call("GET", "municipalities/typ_service"),
    "api/v1/lists/<purpose>/<municipality>": call("GET", CATALOGUE),
    "api/v1/lists/<purpose>/<municipality>/<listing>/<published_for>/<first_on>/<version>"
    "/downloads": call("POST", f"{CATALOGUE}/front_veterans/837/2026-01-01/1/downloads"),
    "api/v1/downloads/<download_id>": call("GET", f"downloads/{ID}"),
    "api/v1/downloads/<download_id>/file": call("GET", f"downloads/{ID}/file"),
    NUMBERED: call("GET", NOTIFIED),
    f"{NUMBERED}/<number>": call("GET", f"{NOTIFIED}/0"),
    f"{NUMBERED}/<number>/changes": call("POST", f"{NOTIFIED}/0/changes"),
    f"{NUMBERED}/<number>/transfer": call("POST", f"{NOTIFIED}/0/transfer"),
    f"{NUMBERED}/<number>/answer": call("POST", f"{NOTIFIED}/0/answer"),
    f"{NUMBERED}/<number>/attachments/<attachment>": call("GET", f"{NOTIFIED}/0/attachments/0"),
    "agreement/payees/": only(WITH_OFFICE, "/agreement/payees/", GET=200, HEAD=200),
    "agreement/payees/new/": only(
        {"signatory"}, "/agreement/payees/new/", GET=200, HEAD=200, POST=422
    ),
    "agreement/payees/<int:payee_id>/": only(
        WITH_OFFICE, "/agreement/payees/0/", GET=404, HEAD=404
    ),
    "kela/agreements/versions/<int:version_id>/withdrawal/": only(
        {"preparing"}, "/kela/agreements/versions/0/withdrawal/", POST=404
    ),
    "agreement/contacts/<int:contact_id>/withdrawal/": only(
        WITH_OFFICE, "/agreement/contacts/0/withdrawal/", POST=404
    ),
    "agreement/payees/<int:payee_id>/withdrawal/": only(
        {"signatory"}, "/agreement/payees/0/withdrawal/", POST=404
    ),
    "agreement/payees/<int:payee_id>/end/": only(
        {"signatory"}, "/agreement/payees/0/end/", POST=404
    ),
    "agreement/mandates/": only(WITH_OFFICE, "/agreement/mandates/", GET=200, HEAD=200),
    "agreement/commissioning/": only(WITH_OFFICE, "/agreement/commissioning/", GET=200, HEAD=200),
    "agreement/commissioning/<slug:step>/": only(
        {"authorizer", "data protection", "signatory", "under way"},
        "/agreement/commissioning/nothing/",
        GET=404,
        HEAD=404,
        POST=404,
    ),
    "agreement/holders/": only({"authorizer"}, "/agreement/holders/", GET=200, HEAD=200),
    "agreement/security/": only(WITH_OFFICE, "/agreement/security/", GET=200, HEAD=200),
    "agreement/security/assess/": only(
        {"data protection", "signatory"}, "/agreement/security/assess/", GET=200, HEAD=200, POST=302
    ),
    "agreement/instruction/": only(WITH_OFFICE, "/agreement/instruction/", GET=200, HEAD=200),
    "agreement/instruction/change/": only(
        {"authorizer", "data protection", "under way"},
        "/agreement/instruction/change/",
        GET=200,
        HEAD=200,
        POST=302,
    ),
    "agreement/usage/": only(WITH_OFFICE, "/agreement/usage/", GET=200, HEAD=200),
    "agreement/usage.csv": only(WITH_OFFICE, "/agreement/usage.csv", GET=200),
    "kela/commissioning/": only(KELA, "/kela/commissioning/", GET=200, HEAD=200),
    "kela/commissioning/<slug:which>/": only(
        KELA, "/kela/commissioning/ending/", GET=200, HEAD=200
    ),
    "kela/agreements/<int:agreement_id>/commissioning/": only(
        KELA, "/kela/agreements/0/commissioning/", GET=404, HEAD=404
    ),
    "kela/agreements/<int:agreement_id>/commissioning/holders/": only(
        {"approving", "oversight"}, "/kela/agreements/0/commissioning/holders/", GET=404, HEAD=404
    ),
    "kela/agreements/<int:agreement_id>/commissioning/<slug:step>/": only(
        {"preparing"},
        "/kela/agreements/0/commissioning/implemented/",
        GET=404,
        HEAD=404,
        POST=404,
    ),
    "rights/": page("/rights/"),
    "rights.json": page("/rights.json"),
    "rights/opened/": page("/rights/opened/"),
    "rights/opened.json": public("/rights/opened.json", GET=400, HEAD=400),
    "rights/compared/": page("/rights/compared/"),
    "rights/compared.json": page("/rights/compared.json"),
    "rights/needed/": page("/rights/needed/"),
    "rights/needed.json": public("/rights/needed.json", GET=400, HEAD=400),
    "rights/grounds/": page("/rights/grounds/"),
    "rights/grounds.json": public("/rights/grounds.json", GET=400, HEAD=400),
    "start/": only(CASEWORKERS, "/start/", GET=200, HEAD=200, POST=422),
    "customers/<uuid:opening_id>/close/": only(CASEWORKERS, f"/customers/{ID}/close/", POST=404),
    "customers/<uuid:opening_id>/purpose/": only(
        CASEWORKERS, f"/customers/{ID}/purpose/", POST=404
    ),
    "payment-demands/": only(DEMANDING, "/payment-demands/", GET=200, HEAD=200, POST=422),
    "payment-demands/all/": only(DEMANDING, "/payment-demands/all/", GET=200, HEAD=200),
    "payment-demands/all.csv": only(DEMANDING, "/payment-demands/all.csv", GET=200, HEAD=200),
    "payment-demands/<uuid:demand_id>/open/": only(
        DEMANDING, f"/payment-demands/{ID}/open/", POST=404
    ),
    "customers/<uuid:opening_id>/payment-demands/": only(
        DEMANDING, f"/customers/{ID}/payment-demands/", GET=404, HEAD=404
    ),
    "customers/<uuid:opening_id>/payment-demands/new/": only(
        DEMANDING, f"/customers/{ID}/payment-demands/new/", GET=404, HEAD=404, POST=404
    ),
    "customers/<uuid:opening_id>/payment-demands/<uuid:demand_id>/": only(
        DEMANDING, f"/customers/{ID}/payment-demands/{ID}/", GET=404, HEAD=404
    ),
    "customers/<uuid:opening_id>/payment-demands/<uuid:demand_id>/edit/": only(
        DEMANDING, f"/customers/{ID}/payment-demands/{ID}/edit/", GET=404, HEAD=404, POST=404
    ),
    "customers/<uuid:opening_id>/payment-demands/<uuid:demand_id>/end/": only(
        DEMANDING, f"/customers/{ID}/payment-demands/{ID}/end/", GET=404, HEAD=404, POST=404
    ),
    "customers/<uuid:opening_id>/payment-demands/<uuid:demand_id>/void/": only(
        DEMANDING, f"/customers/{ID}/payment-demands/{ID}/void/", GET=404, HEAD=404, POST=404
    ),
    "oversight/": only(OVERSEEING, "/oversight/", GET=to_own(200), HEAD=to_own(200)),
    "oversight/log/": only(OVERSEEING, "/oversight/log/", GET=to_own(200), HEAD=to_own(200)),
    "oversight/log/<int:moment>/<uuid:entry_id>/": only(
        OVERSEEING, f"/oversight/log/0/{ID}/", GET=to_own(404), HEAD=to_own(404)
    ),
    "oversight/log.<slug:form_of_file>": only(OVERSEEING, "/oversight/log.csv", GET=to_own(200)),
    "oversight/reviews/": only(
        OVERSEEING, "/oversight/reviews/", GET=to_own(200), HEAD=to_own(200)
    ),
    "oversight/detection/": only(
        OVERSEEING, "/oversight/detection/", GET=to_own(200), HEAD=to_own(200)
    ),
    "oversight/detection/on/": only({"supervisor"}, "/oversight/detection/on/", POST=422),
    "oversight/detection/off/": only({"supervisor"}, "/oversight/detection/off/", POST=422),
    "oversight/report/": only(OVERSEEING, "/oversight/report/", GET=to_own(200), HEAD=to_own(200)),
    "oversight/customer/": only({"supervisor"}, "/oversight/customer/", POST=422),
    "oversight/reviews/draw/": only({"supervisor"}, "/oversight/reviews/draw/", POST=302),
    "oversight/reviews/<int:review_id>/": only(
        {"supervisor"}, "/oversight/reviews/0/", GET=404, HEAD=404
    ),
    "oversight/reviews/<int:review_id>/finding/": only(
        {"supervisor"}, "/oversight/reviews/0/finding/", POST=404
    ),
    INQUIRY: only(OVERSEEING, INQUIRED, GET=404, HEAD=404),
    f"{INQUIRY}log/": only(OVERSEEING, f"{INQUIRED}log/", GET=404, HEAD=404),
    f"{INQUIRY}log/<int:moment>/<uuid:entry_id>/": only(
        OVERSEEING, f"{INQUIRED}log/0/{ID}/", GET=404, HEAD=404
    ),
    f"{INQUIRY}log.<slug:form_of_file>": only(OVERSEEING, f"{INQUIRED}log.csv", GET=404),
    f"{INQUIRY}reviews/": only(OVERSEEING, f"{INQUIRED}reviews/", GET=404, HEAD=404),
    f"{INQUIRY}detection/": only(OVERSEEING, f"{INQUIRED}detection/", GET=404, HEAD=404),
    f"{INQUIRY}report/": only(OVERSEEING, f"{INQUIRED}report/", GET=404, HEAD=404),
    "kela/oversight/": only({"oversight"}, "/kela/oversight/", GET=200, HEAD=200, POST=422),
    "kela/log-findings/": only({"oversight"}, "/kela/log-findings/", GET=200, HEAD=200, POST=422),
    "kela/customer-report/": only(
        {"service desk"}, "/kela/customer-report/", GET=200, HEAD=200, POST=422
    ),
    "kela/customer-report/<uuid:inquiry_id>/": only(
        {"service desk"}, f"/kela/customer-report/{ID}/", GET=404, HEAD=404
    ),
    "kela/payment-demands/": only({"service desk"}, "/kela/payment-demands/", GET=200, HEAD=200),
    "kela/payment-demands/<uuid:demand_id>/": only(
        {"service desk"}, f"/kela/payment-demands/{ID}/", POST=404
    ),
    "kela/payment-demands/<uuid:demand_id>/answer/": only(
        {"service desk"}, f"/kela/payment-demands/{ID}/answer/", POST=404
    ),
    "kela/payment-demands/transfers/": only(
        KELA, "/kela/payment-demands/transfers/", GET=200, HEAD=200
    ),
    "documents/": only(BENEFITS_OPEN_TO, "/documents/", GET=200, HEAD=200),
    "documents/<uuid:sending_id>/open/": only(BENEFITS_OPEN_TO, f"/documents/{ID}/open/", POST=404),
    "customers/<uuid:opening_id>/documents/": only(
        BENEFITS_OPEN_TO, f"/customers/{ID}/documents/", GET=404, HEAD=404
    ),
    "customers/<uuid:opening_id>/documents/new/": only(
        BENEFITS_OPEN_TO, f"/customers/{ID}/documents/new/", GET=404, HEAD=404, POST=404
    ),
    "customers/<uuid:opening_id>/documents/<uuid:sending_id>/": only(
        BENEFITS_OPEN_TO, f"/customers/{ID}/documents/{ID}/", GET=404, HEAD=404
    ),
    "customers/<uuid:opening_id>/documents/<uuid:sending_id>/files/<uuid:document_id>/": only(
        BENEFITS_OPEN_TO, f"/customers/{ID}/documents/{ID}/files/{ID}/", GET=404
    ),
    "kela/documents/": only({"service desk"}, "/kela/documents/", GET=200, HEAD=200),
    "kela/documents/errands/": only(KELA, "/kela/documents/errands/", GET=200, HEAD=200),
    "kela/documents/<uuid:sending_id>/": only({"service desk"}, f"/kela/documents/{ID}/", POST=404),
    "kela/documents/<uuid:sending_id>/answer/": only(
        {"service desk"}, f"/kela/documents/{ID}/answer/", POST=404
    ),
    "kela/documents/<uuid:sending_id>/again/": only(
        {"preparing", "service desk"}, f"/kela/documents/{ID}/again/", POST=404
    ),
    "kela/documents/<uuid:sending_id>/files/<uuid:document_id>/": only(
        {"service desk"}, f"/kela/documents/{ID}/files/{ID}/", POST=404
    ),
    "customers/<uuid:opening_id>/benefits/": only(
        BENEFITS_OPEN_TO, f"/customers/{ID}/benefits/", GET=404, HEAD=404
    ),
    "customers/<uuid:opening_id>/social-assistance/": only(
        {"county", "another county"}, f"/customers/{ID}/social-assistance/", GET=404, HEAD=404
    ),
    "notifications/": only(CASEWORKERS, "/notifications/", GET=200, HEAD=200),
    f"{LISTS}<slug:listing>/": only(
        CASEWORKERS, LIST, GET=to_invoicing(200), HEAD=to_invoicing(200)
    ),
    f"{LISTS}<slug:listing>/{PUBLISHED}": only(
        CASEWORKERS, NEVER, GET=to_invoicing(404), HEAD=to_invoicing(404)
    ),
    f"{LISTS}<slug:listing>/{PUBLISHED}fetch/": only(
        CASEWORKERS, f"{NEVER}fetch/", POST=to_invoicing(404)
    ),
    "lists/<uuid:download_id>/": only(CASEWORKERS, f"/lists/{ID}/", GET=404, HEAD=404),
    "lists/<uuid:download_id>/file/": only(CASEWORKERS, f"/lists/{ID}/file/", GET=404),
    "notifications/<slug:purpose>/<slug:municipality>/": only(
        CASEWORKERS, QUEUE, GET=of_tampere(200), HEAD=of_tampere(200)
    ),
    "notifications/<slug:purpose>/<slug:municipality>/news/": only(
        CASEWORKERS, f"{QUEUE}news/", GET=of_tampere(204)
    ),
    "notifications/<slug:purpose>/<slug:municipality>/many/": only(
        CASEWORKERS, f"{QUEUE}many/", POST=of_tampere(302)
    ),
    "notifications/<slug:purpose>/<slug:municipality>/<int:handling_id>/": only(
        CASEWORKERS, ONE, GET=of_tampere(404), HEAD=of_tampere(404)
    ),
    "notifications/<slug:purpose>/<slug:municipality>/<int:handling_id>/change/": only(
        CASEWORKERS, f"{ONE}change/", POST=of_tampere(404)
    ),
    "notifications/<slug:purpose>/<slug:municipality>/<int:handling_id>/transfer/": only(
        CASEWORKERS, f"{ONE}transfer/", POST=of_tampere(404)
    ),
    "notifications/<slug:purpose>/<slug:municipality>/<int:handling_id>/answer/": only(
        CASEWORKERS, f"{ONE}answer/", POST=of_tampere(404)
    ),
    "notifications/<slug:purpose>/<slug:municipality>/<int:handling_id>/customer/": only(
        CASEWORKERS, f"{ONE}customer/", POST=of_tampere(404)
    ),
    "notifications/<slug:purpose>/<slug:municipality>/<int:handling_id>/attachments.zip": only(
        CASEWORKERS, f"{ONE}attachments.zip", GET=of_tampere(404)
    ),
    "notifications/<slug:purpose>/<slug:municipality>/<int:handling_id>/attachments/"
    "<int:attachment_id>/": only(CASEWORKERS, f"{ONE}attachments/0/", GET=of_tampere(404)),
}
