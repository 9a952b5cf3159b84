"""Who gets what from outside: every system, operation, method and purpose, as written here by hand.

What a table does not name is refused: 403 where the purpose is not open, 401 without a token that
holds, 405 for a method that the operation does not have, 404 for what is another organisation's.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from notifications.words import Receiver
from organisations.models import InterfaceKey
from technical_interface.models import AccessToken
from technical_interface.text import operations, text
from tests.acting import (
    CUSTOMER,
    HELSINKI,
    PIRKANMAA,
    TAMPERE,
    customer,
    entries,
    owning,
)
from tests.agreeing import agree_otherwise
from tests.harness import TODAY
from tests.notifications.forwarding import attach, handling, notify
from tests.notifications.listings.publishing import INVOICE, publish
from tests.technical_interface.calling import Answer, System, problem, registered

pytestmark = pytest.mark.django_db

PURPOSES = [
    *("other_benefits", "social_assistance", "integration_benefits"),
    *("social_assistance_notifications", "typ_service", "front_veterans_list"),
    *("integration_services", "labour_market_subsidy_list", "child_care_allowance_lists"),
    "treatment_abroad_list",
]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
LISTED = {  # a list of each purpose that has any
    "typ_service": "labour_market_subsidy_300_days",
    "front_veterans_list": "front_veterans",
    "integration_services": "integration_customers",
    "labour_market_subsidy_list": "labour_market_subsidy_invoice",
    "child_care_allowance_lists": "child_care_allowance_recipients",
    "treatment_abroad_list": "treatment_abroad",
}
OF_A_COUNTY = {
    "benefits": {"other_benefits"},
    "social assistance": {"social_assistance"},
    "documents": {"social_assistance"},
    "demands": set(PURPOSES),  # an action: under whatever purpose
    "notifications": {"social_assistance_notifications", "integration_services"},
    "lists": {
        *("typ_service", "front_veterans_list"),
        *("integration_services", "treatment_abroad_list"),
    },
}
OF_HELSINKI = {
    "benefits": {"other_benefits", "integration_benefits"},
    "social assistance": {"social_assistance"},
    "documents": {"social_assistance", "integration_benefits"},
    "demands": set(PURPOSES),
    "notifications": {"social_assistance_notifications", "integration_services"},
    "lists": set(LISTED),
}
OF_A_MUNICIPALITY = {
    "benefits": {"integration_benefits"},
    "documents": {"integration_benefits"},
    "notifications": {"integration_services"},
    "lists": {
        *("integration_services", "labour_market_subsidy_list"),
        "child_care_allowance_lists",
    },
}


@dataclass(frozen=True)
class Who:
    """A system: its organisation, where that acts, and the purposes that are open by what is
    asked for. `scopes`: what the token was asked for."""

    business_id: str
    place: str
    opens: dict[str, set[str]]
    scopes: tuple[str, ...] = ()

    def purposes(self, asked_for: str) -> set[str]:
        if asked_for == "forwarded":
            return self.purposes("notifications") | self.purposes("lists")
        if asked_for == "sending":
            return set(PURPOSES) if self.purposes("documents") else set()
        return self.opens.get(asked_for, set())


WHO = {
    "a county": Who(PIRKANMAA, "837", OF_A_COUNTY),
    "a municipality": Who(TAMPERE, "837", OF_A_MUNICIPALITY),
    "Helsinki": Who(HELSINKI, "091", OF_HELSINKI),
    "a narrow token": Who(
        *(PIRKANMAA, "837"),
        {"benefits": {"other_benefits"}, "demands": set(PURPOSES)},
        ("other_benefits", "payment_demands"),
    ),
}


@dataclass(frozen=True)
class Operation:
    """What is asked for; of no purpose if `of` is empty. `answers`: with the purpose open."""

    method: str
    path: str
    of: str
    answers: int
    body: dict[str, Any] = field(default_factory=dict)


NOBODYS = "01234567-89ab-4cde-8f01-23456789abcd"
QUEUE = "notifications/{purpose}/{place}"
ONE = QUEUE + "/{number}"
OPERATIONS = [
    Operation("GET", "rights", "", 200),
    Operation("GET", "usage", "", 200),
    Operation("POST", "customers/benefits", "benefits", 200, {"hetu": CUSTOMER}),
    Operation("POST", "customers/social-assistance", "social assistance", 200, {"hetu": CUSTOMER}),
    Operation("GET", "payment-demands", "demands", 200),
    Operation("GET", "payment-demands/choices", "demands", 200),
    Operation("POST", "customers/payment-demands", "demands", 200, {"hetu": CUSTOMER}),
    Operation("POST", "payment-demands/preview", "demands", 422),  # of nothing
    Operation("POST", "payment-demands", "demands", 422),
    Operation("GET", f"payment-demands/{NOBODYS}", "demands", 404),
    Operation("PUT", f"payment-demands/{NOBODYS}", "demands", 422),
    Operation("POST", f"payment-demands/{NOBODYS}/end", "demands", 422),
    Operation("POST", f"payment-demands/{NOBODYS}/void", "demands", 422),
    Operation("GET", "sendings", "documents", 200),
    Operation("POST", "sendings", "sending", 422),  # of nothing, which is seen first
    Operation("GET", f"sendings/{NOBODYS}", "documents", 404),
    Operation("POST", "customers/documents", "documents", 200, {"hetu": CUSTOMER}),
    Operation("GET", "municipalities/{purpose}", "forwarded", 200),
    Operation("GET", QUEUE, "notifications", 200),
    Operation("GET", ONE, "notifications", 200),
    # of a version that never was: whoever may change it is told so
    Operation("POST", f"{ONE}/changes", "notifications", 412, {"do": "taken"}),
    Operation(
        *("POST", f"{ONE}/transfer", "notifications", 412),
        {"municipality": "536", "reason": "Muuttanut"},
    ),
    Operation("POST", f"{ONE}/answer", "notifications", 204, {"outcome": "needs_met"}),
    Operation("GET", f"{ONE}/attachments/0", "notifications", 404),
    Operation("GET", "lists/{purpose}/{place}", "lists", 200),
    Operation(
        *("POST", "lists/{purpose}/{place}/{listing}/{place}/1999-01-01/1/downloads"),
        *("lists", 404),
    ),
]


class Outside:
    """A system that comes with what the table says of it, to what there is in its municipality."""

    def __init__(self, who: Who, whom: str = CUSTOMER) -> None:
        self.who = who
        agree_otherwise(who.business_id, by_technical_interface=True)
        number = list(WHO.values()).index(who)
        registered(who.business_id, number=number)
        self.system = System(who.business_id, number=number).enter(*who.scopes)
        self.numbers = numbers(who, whom)

    def ask(self, one: Operation, purpose: str, method: str = "") -> Answer:
        """What an operation answers under a purpose."""
        path = one.path.format(
            purpose=purpose,
            place=self.who.place,
            number=self.numbers[purpose == "integration_services"],
            listing=LISTED.get(purpose, "front_veterans"),
        )
        return self.system.client.generic(
            method or one.method,
            f"/api/v1/{path}",
            json.dumps(one.body),
            content_type="application/json",
            headers=self.system.headers(Kelmu_Purpose=purpose, If_Match='"999"'),
        )


def numbers(who: Who, code: str) -> tuple[int, int]:
    """A notification for social services in the municipality of a system, and one of an immigrant,
    as it has that."""
    whom = customer(code)
    as_whom = Receiver.MUNICIPALITY if who.business_id == TAMPERE else Receiver.SOCIAL_SERVICES
    social, immigrant = (
        notify(whom, kind, who.place) for kind in ("need_for_social_work", "immigrant")
    )
    return (
        handling(social, municipality=who.place).pk,
        handling(immigrant, as_whom, municipality=who.place).pk,
    )


def outcome(answer: Answer) -> tuple[int, str]:
    """The status of an answer, and the type of the problem if it is one."""
    return answer.status_code, problem(answer) if answer.status_code >= 400 else ""


OPEN = {412: "changed-meanwhile", 404: "not-found", 422: "invalid"}


@pytest.mark.parametrize("who", WHO.values(), ids=WHO)
def test_each_system_gets_what_its_purposes_open(who: Who, settings: Settings) -> None:
    settings.INTERFACE_SEARCH_PACE = [(1000, timedelta(hours=1))]
    outside = Outside(who)
    surprises = {
        f"{one.method} {one.path} {purpose}": (told, wanted)
        for one in OPERATIONS
        for purpose in (PURPOSES[:1] if one.of in {"", "demands", "sending"} else PURPOSES)
        if (told := outcome(outside.ask(one, purpose))) != (wanted := expected(who, one, purpose))
    }
    assert surprises == {}


def expected(who: Who, one: Operation, purpose: str) -> tuple[int, str]:
    if one.of in {"demands", "documents", "sending"} and not who.purposes(one.of):
        return 403, "action-not-open"
    if one.of and purpose not in who.purposes(one.of):
        return 403, "purpose-not-open"
    return one.answers, OPEN.get(one.answers, "")


def test_no_operation_is_left_out() -> None:
    walked = {(one.method.lower(), shape(f"/api/v1/{one.path}")) for one in OPERATIONS}
    known = {(method, shape(path)) for path, method, _told in operations(text())}
    # A receipt is walked by itself below; without a token nobody comes to a token's address.
    assert known - walked == {
        ("get", "/api/v1/downloads/*"),
        ("get", "/api/v1/downloads/*/file"),
        ("post", "/api/v1/token"),
    }
    assert walked <= known


def shape(path: str) -> str:
    """An address without what differs from one time to the next."""
    return re.sub(rf"{{[a-z_]+}}|{NOBODYS}|1999-01-01|(?<=/)[01](?=/|$)", "*", path)


def test_an_operation_has_methods_of_its_own() -> None:
    outside = Outside(WHO["a county"])
    known = {(one.method, one.path) for one in OPERATIONS}
    answers = {
        f"{method} {one.path}": outside.ask(one, "other_benefits", method).status_code
        for one in OPERATIONS
        for method in METHODS
        if (method, one.path) not in known
    }
    assert {key: told for key, told in answers.items() if told != 405} == {}


def revoked(outside: Outside) -> None:
    InterfaceKey.objects.using("owner").update(ended_at=timezone.now(), ended_by=UUID(int=1))


def expired(outside: Outside) -> None:
    InterfaceKey.objects.using("owner").update(
        registered_on=TODAY - timedelta(days=9), expires_on=TODAY
    )


def token_ended(outside: Outside) -> None:
    past = timezone.now() - timedelta(minutes=11)
    AccessToken.objects.using("owner").update(
        issued_at=past, expires_at=past + timedelta(minutes=10)
    )


def no_token(outside: Outside) -> None:
    outside.system.token = ""


def another_token(outside: Outside) -> None:
    outside.system.token = outside.system.token[::-1]


def not_agreed(outside: Outside) -> None:
    agree_otherwise(by_technical_interface=False)


@pytest.mark.parametrize(
    ("happened", "wanted"),
    [
        (revoked, (401, "invalid-token")),
        (expired, (401, "invalid-token")),
        (token_ended, (401, "invalid-token")),
        (no_token, (401, "invalid-token")),
        (another_token, (401, "invalid-token")),
        (not_agreed, (403, "no-agreement")),
    ],
)
def test_nothing_is_open_to_who_comes_without_a_token_that_holds(
    happened: Callable[[Outside], None], wanted: tuple[int, str]
) -> None:
    outside = Outside(WHO["a county"])
    with owning():
        happened(outside)
    answers = {
        one.path: outcome(outside.ask(one, min(outside.who.purposes(one.of), default="")))
        for one in OPERATIONS
    }
    assert answers == {one.path: wanted for one in OPERATIONS}


def test_what_is_anothers_is_not_there_and_the_attempt_is_in_the_log(tmp_path: Path) -> None:
    publish(tmp_path, INVOICE)
    tampere = Outside(WHO["a municipality"], "150503A965L")
    there = "lists/labour_market_subsidy_list/837/labour_market_subsidy_invoice/837/2026-10-01/1"
    fetched = tampere.system.post(f"/api/v1/{there}/downloads", {}).json()["id"]
    county = Outside(WHO["a county"], "060666-999Y")
    elsewhere = notify(customer("070355-912J"), municipality="905")
    attachment = attach(elsewhere)
    theirs = handling(elsewhere, municipality="905").pk
    here = "notifications/social_assistance_notifications/837"
    own = f"{here}/{county.numbers[0]}"
    no_file, not_yours = "not_your_file", "not_your_notification"
    for method, path, mine, unknown, reason in [
        ("GET", "downloads/{}", fetched, uuid4(), no_file),
        ("GET", "downloads/{}/file", fetched, uuid4(), no_file),
        ("GET", f"{own}/attachments/{{}}", attachment, attachment + 1000, no_file),
        ("GET", f"{here}/{{}}", theirs, theirs + 1000, not_yours),
        ("POST", f"{here}/{{}}/changes", theirs, theirs + 1000, not_yours),
        ("POST", f"{here}/{{}}/transfer", theirs, theirs + 1000, not_yours),
        ("POST", f"{here}/{{}}/answer", theirs, theirs + 1000, not_yours),
        ("GET", f"{here}/{{}}/attachments/{attachment}", theirs, theirs + 1000, not_yours),
        (
            "GET",
            "notifications/social_assistance_notifications/{}",
            905,
            999,
            "not_your_municipality",
        ),
        ("GET", "lists/front_veterans_list/{}", 905, 999, "not_your_municipality"),
    ]:
        body = next((one.body for one in OPERATIONS if one.path.endswith(path.split("/")[-1])), {})
        operation = Operation(method, path, "", 404, body)
        answers = []
        for number in (mine, unknown):
            answer = county.ask(replace(operation, path=path.format(number)), "other_benefits")
            row = entries()[-1]
            assert (row.act, row.outcome, row.channel) == ("refusal", "refused", "interface"), path
            assert (row.details["reason"], row.details["end_user"]) == (reason, "u-4711"), path
            answers.append((answer.status_code, {**answer.json(), "instance": ""}))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404
