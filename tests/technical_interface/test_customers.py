"""One customer by a system: by the agreement, with the fields of the page, one row in the log."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from authorizations.rulebook import DataGroup
from customers.models import Opening
from demo.environment import Urls
from technical_interface.customers import Assistance, Benefits
from tests.acting import CUSTOMER, customer, entries, owning
from tests.agreeing import agree_otherwise, agreed_purposes
from tests.technical_interface.calling import BENEFITS, System, problem, registered

pytestmark = pytest.mark.django_db

ASSISTANCE = "/api/v1/customers/social-assistance"
WHOM = {"hetu": CUSTOMER}


@pytest.fixture
def system() -> System:
    registered()
    return System().enter()


def test_a_call_is_one_act_as_a_persons_look_would_be(system: System) -> None:
    subject = customer()
    before = len(entries())
    answer = system.post(BENEFITS, WHOM, Kelmu_Case_Reference="2026-118")
    assert answer.status_code == 200, answer.content
    [row] = entries()[before:]
    assert (row.act, row.channel, row.outcome) == ("open", "interface", "permitted")
    assert (row.customer, row.purpose) == (subject, "other_benefits")
    assert (row.case_reference, row.mandates) == ("2026-118", [])
    assert row.details["end_user"] == "u-4711"
    assert row.laws
    assert row.data_groups == [group.value for group in DataGroup]
    assert row.session_id == Opening.objects.get().session_id


def test_the_answer_is_as_the_published_text_says(system: System) -> None:
    customer()
    told = system.post(BENEFITS, WHOM).json()
    Benefits.model_validate_json(system.post(BENEFITS, WHOM).content)
    assert set(told["groups"]) == {group.value for group in DataGroup}
    assert told["customer"]["name"] == "Esimerkki, Eino Olavi"
    answer = system.post(ASSISTANCE, WHOM, Kelmu_Purpose="social_assistance")
    Assistance.model_validate_json(answer.content)
    assert answer.json()["assistance"]["applications"] == []


def test_the_same_end_user_has_the_same_number_in_the_log(system: System) -> None:
    customer()
    for name in ("u-1", "u-1", "u-2"):
        system.post(BENEFITS, WHOM, Kelmu_End_User=name)
    one, again, other = (row.actor for row in entries()[-3:])
    assert one == again != other


def test_an_unknown_customer_is_a_search_that_found_nobody(system: System) -> None:
    assert problem(system.post(BENEFITS, {"hetu": "010190-902S"})) == "customer-not-found"
    row = entries()[-1]
    assert (row.act, row.outcome, row.channel) == ("search", "not_found", "interface")


@pytest.mark.parametrize(
    ("changed", "status", "kind"),
    [
        ({"Authorization": ""}, 401, "invalid-token"),
        ({"Authorization": "Bearer unknown"}, 401, "invalid-token"),
        ({"Authorization": "Bearer \udcff"}, 401, "invalid-token"),
        ({"Authorization": "Basic abc"}, 401, "invalid-token"),
        ({"Kelmu_End_User": ""}, 400, "call-not-told"),
        ({"Kelmu_End_User": "131052-9085"}, 400, "call-not-told"),
        ({"Kelmu_End_User": "x" * 65}, 400, "call-not-told"),
        ({"Kelmu_Purpose": ""}, 400, "call-not-told"),
        ({"Kelmu_Purpose": "131052-9085"}, 400, "call-not-told"),
        ({"Kelmu_Purpose": "curiosity"}, 403, "purpose-not-open"),
        ({"Kelmu_Purpose": "integration_benefits"}, 403, "purpose-not-open"),
        ({"Kelmu_Purpose": "social_assistance"}, 403, "purpose-not-open"),
        ({"Kelmu_Case_Reference": "about 131052-9085"}, 400, "call-not-told"),
    ],
)
def test_a_call_says_who_and_why(
    system: System, changed: dict[str, str], status: int, kind: str
) -> None:
    customer()
    answer = system.post(BENEFITS, WHOM, **changed)
    assert (answer.status_code, problem(answer)) == (status, kind)
    assert not Opening.objects.exists()


def test_what_is_refused_is_written_as_an_attempt(system: System) -> None:
    customer()
    system.post(BENEFITS, WHOM, Kelmu_Purpose="integration_benefits")
    row = entries()[-1]
    assert (row.act, row.outcome, row.channel) == ("refusal", "refused", "interface")
    assert row.details["reason"] == "purpose_not_open"


def test_a_token_opens_no_more_than_was_asked_for() -> None:
    registered()
    customer()
    system = System().enter("social_assistance")
    assert problem(system.post(BENEFITS, WHOM)) == "purpose-not-open"


def test_the_agreement_decides_the_content(system: System) -> None:
    customer()
    with owning():
        agreed_purposes().filter(purpose="other_benefits").update(
            withheld_groups=["medicine_cap"], withheld_fields=["payments.payee_name"]
        )
    told = system.post(BENEFITS, WHOM).json()
    assert "medicine_cap" not in told["groups"]
    assert told["withheld"] == ["payments.payee_name"]


def test_the_agreement_may_ask_for_a_case_reference(system: System) -> None:
    customer()
    agree_otherwise(requires_case_reference=True, by_technical_interface=True)
    assert problem(system.post(BENEFITS, WHOM)) == "case-reference-missing"
    assert system.post(BENEFITS, WHOM, Kelmu_Case_Reference="A 1").status_code == 200


def test_an_agreement_that_ends_ends_the_calls(system: System) -> None:
    agree_otherwise(by_technical_interface=False)
    answer = system.post(BENEFITS, WHOM)
    assert (answer.status_code, problem(answer)) == (403, "no-agreement")


def test_one_end_user_has_a_pace_of_its_own(system: System, settings: Settings) -> None:
    settings.SEARCH_PACE = [(1, timedelta(minutes=5))]  # of people, at the pages
    settings.INTERFACE_SEARCH_PACE = [(2, timedelta(minutes=5))]
    assert system.get("/api/v1/rights").json()["limits"]["searches"] == [
        {"at_most": 2, "in_seconds": 300}
    ]
    customer()
    answers = [system.post(BENEFITS, WHOM) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 250
    assert system.post(BENEFITS, WHOM, Kelmu_End_User="u-2").status_code == 200


def test_all_calls_of_an_organisation_have_a_pace(fresh_db: Urls, settings: Settings) -> None:
    """In transactions of their own: each learns anew whose rows of the log it may count."""
    settings.INTERFACE_CALLS_IN_A_MINUTE = 3  # the token was one
    registered()
    system = System().enter()
    statuses = [system.get("/api/v1/rights").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_what_has_changed_since_a_moment_is_marked(system: System) -> None:
    customer()
    marker = system.post(BENEFITS, WHOM).json()["marker"]
    answer = system.post(BENEFITS, WHOM | {"changed_since": marker})
    assert answer.status_code == 200
    far = system.post(BENEFITS, WHOM | {"changed_since": "1093-08-01T15:44:34.4+20:25"})
    assert far.status_code == 200
    for no_moment in ("2026-01-01T00:00:00", 0, "0", "0001-01-01T00:00:00+20:00"):
        answer = system.post(BENEFITS, WHOM | {"changed_since": no_moment})
        assert answer.json()["errors"][0]["pointer"] == "/changed_since"


def test_social_assistance_marks_no_changes_and_is_not_asked_for_them(system: System) -> None:
    since = WHOM | {"changed_since": "2026-01-01T00:00:00Z"}
    answer = system.post(ASSISTANCE, since, Kelmu_Purpose="social_assistance")
    assert problem(answer) == "invalid"
    assert answer.json()["errors"][0]["pointer"] == "/changed_since"


BODIES: dict[str, tuple[Any, int, str]] = {
    "nothing": ("", 422, "invalid"),
    "no JSON": ("{", 400, "malformed"),
    "no object": ("[]", 422, "invalid"),
    "deep": ("[" * 5000, 400, "malformed"),
    "deep and closed": ('{"a":' * 50 + "1" + "}" * 50, 400, "malformed"),
    "not a number": ('{"hetu": NaN}', 400, "malformed"),
    "twice": ('{"hetu": "a", "hetu": "b"}', 400, "malformed"),
    "a huge number": ('{"hetu": ' + "9" * 5000 + "}", 400, "malformed"),
    "half a pair": ('{"hetu": "\\ud800"}', 422, "invalid"),
    "nought": ('{"hetu": "131052-908\\u0000"}', 422, "invalid"),
    "no UTF-8": (b'{"hetu": "\xff"}', 400, "malformed"),
    "UTF-16": ('{"hetu": "a"}'.encode("utf-16"), 400, "malformed"),
    "large": ('{"hetu": "' + "x" * 300_000 + '"}', 413, "too-large"),
    "a wrong code": ('{"hetu": "131052-9086"}', 422, "invalid"),
    "a field too many": ({"hetu": CUSTOMER, "name": "Eino"}, 422, "invalid"),
}


@pytest.mark.parametrize(("body", "status", "kind"), BODIES.values(), ids=BODIES)
def test_a_body_that_is_none_ends_with_a_problem(
    system: System, body: Any, status: int, kind: str
) -> None:
    answer = system.post(BENEFITS, body)
    assert (answer.status_code, problem(answer)) == (status, kind)


def test_a_wrong_code_is_told_without_the_code(system: System) -> None:
    answer = system.post(BENEFITS, {"hetu": "131052-9086"}, Accept_Language="sv")
    [error] = answer.json()["errors"]
    assert error["pointer"] == "/hetu"
    assert "131052" not in answer.content.decode()
    assert answer["Content-Language"] == "sv"


def test_another_kind_of_body_is_not_taken(system: System) -> None:
    answer = system.client.post(BENEFITS, WHOM, headers=system.headers())
    assert problem(answer) == "media-type"


def test_a_person_under_non_disclosure_is_told_without_a_home(system: System) -> None:
    customer(protected=True)
    told = system.post(BENEFITS, WHOM).json()["customer"]
    assert (told["protected"], told["home_municipality"]) == (True, None)


def test_an_answer_is_compressed_for_who_can_read_it(system: System) -> None:
    customer()
    answer = system.post(BENEFITS, WHOM, Accept_Encoding="gzip")
    assert answer["Content-Encoding"] == "gzip"


QUEUE = "/api/v1/notifications/social_assistance_notifications/837"
LIST = "/api/v1/lists/front_veterans_list/837/front_veterans/837"
MALFORMED = [
    *("/api/v1/municipalities/%00", "/api/v1/municipalities/%FF%FE", "/api/v1/%2e%2e/rights"),
    *(f"{QUEUE}?limit={'9' * 400}", f"{QUEUE}?limit=1e400", f"{QUEUE}?after=%00", f"{QUEUE}?x=%FF"),
    *(f"{QUEUE}/{2**200}", f"{QUEUE}/%E2%88%9E", f"{QUEUE}/1/attachments/{2**64}"),
    *(f"/api/v1/downloads/{'0' * 5000}", "/api/v1/downloads/%00/file"),
    *(f"{LIST}/2026-13-45/1/downloads", f"{LIST}/2026-01-01/{2**70}/downloads"),
]


@pytest.mark.parametrize("path", MALFORMED)
def test_an_address_that_is_none_ends_with_a_problem_too(system: System, path: str) -> None:
    answer = system.post(path, {}) if path.endswith("downloads") else system.get(path)
    if answer.status_code != 200:  # what is not asked for, in a query, is not read
        assert answer.status_code < 500
        problem(answer)
