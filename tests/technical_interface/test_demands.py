"""Payment demands by a system: listed, looked at, registered once, changed, ended, voided."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from payment_demands import services
from payment_demands.models import Demand
from technical_interface.demands import told
from tests.acting import (
    CUSTOMER,
    HELSINKI,
    TAMPERE,
    customer,
    entries,
    official,
    organisation,
    owning,
    right_of,
)
from tests.agreeing import agree_otherwise
from tests.harness import TODAY
from tests.payment_demands.demanding import act_as, opened, payee, payment, pays, terms
from tests.payment_demands.demanding import registered as demanded
from tests.technical_interface.calling import System, problem, registered

DEMANDS = "/api/v1/payment-demands"
KEY = '"8e03978e-40d5-43e8-bc93-6894a57f9324"'


@pytest.fixture
def eino(db: None) -> UUID:
    """A pensioner in Tampere."""
    person = customer()
    pays(person)
    return person


@pytest.fixture
def system(eino: UUID) -> System:
    registered()
    return System().enter()


def content(**changed: Any) -> dict[str, Any]:
    """Institutional care: 300 euros a month of the pension."""
    of: dict[str, Any] = {
        "ground": "client_fees_14",
        "benefit": "national_pension",
        "municipality": "837",
        "payee": payee().pk,
        "first": "2026-12-01",
        "recurrence": "recurrent",
        "measure": "amount",
        "amount": "300.00",
        "reference": "K-1",
        "contact_name": "Aino Virkailija",
        "contact_phone": "03 123 456",
        "statement": "Laitoshoito.",
    }
    return of | changed


def new(**changed: Any) -> dict[str, Any]:
    return content(**{"hetu": CUSTOMER} | changed)


def register(system: System, key: str = KEY, **changed: Any) -> Any:
    return system.post(DEMANDS, new(**changed), Idempotency_Key=key)


def pointers(answer: Any) -> set[str]:
    assert problem(answer) == "invalid"
    return {one["pointer"] for one in answer.json()["errors"]}


class TestMakingOnce:
    def test_the_same_request_by_the_same_key_is_answered_as_the_first_was(
        self, system: System
    ) -> None:
        first = register(system)
        assert (first.status_code, first["ETag"]) == (201, '"1"'), first.content
        told.DemandStanding.model_validate_json(first.content)
        system.post(f"{DEMANDS}/{first.json()['id']}/void", {"reason": "Erehdys"}, If_Match='"1"')
        again = register(system)
        assert (again.status_code, again["ETag"]) == (201, '"1"')
        assert again.content == first.content
        assert Demand.objects.count() == 1

    def test_another_request_by_the_same_key_is_refused(self, system: System) -> None:
        pays(customer("081099-9436"))
        register(system)
        for changed in ({"amount": "301.00"}, {"hetu": "081099-9436"}, {"share": "1.00"}):
            answer = register(system, **changed)
            assert (problem(answer), answer.status_code) == ("idempotency-key-reused", 422)
        assert Demand.objects.count() == 1

    def test_without_a_key_nothing_is_made(self, system: System) -> None:
        for key in ("", "unquoted", '""', f'"{CUSTOMER}"', f'"{"k" * 65}"'):
            answer = register(system, key)
            assert (problem(answer), answer.status_code) == ("idempotency-key-not-told", 400)
        assert not Demand.objects.exists()

    def test_the_key_of_what_has_been_handed_over_makes_nothing(self, system: System) -> None:
        number = register(system).json()["id"]
        helsinki = {"organisation": organisation(HELSINKI), "payee": payee(HELSINKI)}
        given = helsinki | {"former_payee": payee(), "transferred_on": TODAY}
        with owning():
            of = Demand.objects.using("owner").filter(pk=number)
            of.update(step="transfer", version=2, **given)
        assert problem(register(system)) == "not-found"

    def test_what_was_refused_leaves_the_key_free(self, system: System) -> None:
        assert problem(register(system, amount="0.00")) == "invalid"
        assert register(system).status_code == 201

    def test_a_key_is_that_of_an_organisation(self, system: System) -> None:
        agree_otherwise(HELSINKI, by_technical_interface=True)
        registered(HELSINKI, number=1)
        register(system)
        helsinki = System(HELSINKI, number=1).enter()
        answer = register(helsinki, municipality="091", payee=payee(HELSINKI).pk)
        assert answer.status_code == 201, answer.content
        assert Demand.objects.count() == 1  # of those that Helsinki sees


WRONG: list[tuple[dict[str, Any], set[str]]] = [
    ({"benefit": "general_housing_allowance"}, {"/benefit"}),
    ({"municipality": "091"}, {"/municipality"}),
    ({"payee": 999999}, {"/payee"}),
    ({"amount": None}, {"/amount"}),
    ({"share": "50.00"}, {"/share"}),
    ({"measure": "whole"}, {"/amount"}),
    ({"advance_total": "600.00"}, {"/advance_total"}),
    ({"first": "0001-01-01"}, {"/first"}),
    ({"last": "2020-01-01"}, {"/last"}),
    ({"contact_name": "", "contact_phone": ""}, {"/contact_name", "/contact_phone"}),
    ({"statement": f"Asiakas {CUSTOMER}"}, {"/statement"}),
    ({"reference": "\0"}, {"/reference"}),
    ({"amont": "300.00"}, {"/amont"}),
    ({"recurrence": "once"}, {"/last"}),
    ({"ground": "social_assistance_23"}, {"/advance_first"}),
    ({"hetu": "131052-9084"}, {"/hetu"}),
]


class TestRegistering:
    def test_it_leaves_the_rows_that_a_person_would(self, system: System) -> None:
        before = len(entries())
        register(system)
        rows = entries()[before:]
        assert [row.act for row in rows] == ["open", "register_demand"]
        assert {(row.channel, row.details["end_user"]) for row in rows} == {("interface", "u-4711")}
        assert rows[1].laws == ["laki sosiaali- ja terveydenhuollon asiakasmaksuista 734/1992 14 §"]
        demand = Demand.objects.get()
        assert (demand.changed_by, demand.handler_name) == (rows[1].actor, "u-4711")

    def test_what_is_wrong_is_pointed_to(self, system: System) -> None:
        for changed, wrong in WRONG:
            answer = register(system, **changed)
            assert pointers(answer) == wrong
            assert CUSTOMER not in answer.content.decode()
        assert not Demand.objects.exists()

    def test_it_is_told_in_the_words_of_the_form_and_in_the_language_of_the_caller(
        self, system: System
    ) -> None:
        answer = system.post(DEMANDS, new(payee=999999), Idempotency_Key=KEY, Accept_Language="en")
        assert answer.json()["errors"] == [
            {
                "pointer": "/payee",
                "type": "invalid_choice",
                "message": "Choose one of your organisation’s accounts.",
            }
        ]

    def test_what_tells_of_the_customer_stands_in_the_log(self, system: System) -> None:
        before = len(entries())
        answer = register(system, benefit="child_home_care_allowance", ground="client_fees_14")
        assert pointers(answer) == {"/benefit"}
        assert [row.act for row in entries()[before:]] == ["open", "view"]

    def test_nobody_is_found_by_a_code_that_kela_does_not_know(self, system: System) -> None:
        assert problem(register(system, hetu="010190-902S")) == "customer-not-found"
        assert entries()[-1].outcome == "not_found"

    def test_only_who_may_demand_demands(self, system: System) -> None:
        agree_otherwise(TAMPERE, by_technical_interface=True)
        registered(TAMPERE, number=1)
        tampere = System(TAMPERE, number=1).enter()
        answer = register(tampere)
        assert (answer.status_code, problem(answer)) == (403, "action-not-open")
        narrow = System().enter("other_benefits")
        assert problem(register(narrow)) == "action-not-open"
        assert register(System().enter("payment_demands")).status_code == 201


IMPOSSIBLE: list[tuple[str, dict[str, str], str, str]] = [
    ("", {}, "", "version-not-told"),
    ("", {}, '"7"', "changed-meanwhile"),
    ("", {"benefit": "old_age_pension"}, '"1"', "invalid"),
    ("", {"ground": "social_assistance_23"}, '"1"', "invalid"),
    ("/end", {"last": "2026-11-01", "reason": "X"}, '"1"', "invalid"),
    ("/end", {"last": "2027-11-01", "reason": ""}, '"1"', "invalid"),
    ("/void", {"reason": "X"}, '"2"', "changed-meanwhile"),
    ("/void", {"reason": CUSTOMER}, '"1"', "invalid"),
]


class TestChanging:
    def test_a_demand_is_told_changed_ended_and_found_again(
        self, system: System, eino: UUID
    ) -> None:
        payment(eino, date(2026, 12, 4))
        here = f"{DEMANDS}/{register(system).json()['id']}"
        answer = system.get(here)
        told.OneDemand.model_validate_json(answer.content)
        one = answer.json()["demand"]
        assert (answer["ETag"], one["steps"]) == ('"1"', ["edit", "end", "void"])
        assert [part["paid"] for part in one["coming"]][:1] == ["300.00"]
        asked = one["terms"] | {"amount": "200.00"}
        weak = system.get(here, Accept_Encoding="gzip")["ETag"]
        assert weak == 'W/"1"'
        changed = system.put(here, asked, If_Match=weak)
        assert (changed.status_code, changed["ETag"]) == (200, '"2"'), changed.content
        assert system.put(here, asked, If_Match='"1"').content == changed.content  # sent twice
        ending = {"last": "2027-01-31", "reason": "Hoito päättyy"}
        ended = system.post(f"{here}/end", ending, If_Match='"2"')
        assert (ended.status_code, ended.json()["state"]) == (200, "ended"), ended.content
        one = system.get(here).json()["demand"]
        assert [past["step"] for past in one["history"]] == ["register", "edit", "end"]
        assert one["terms"]["last"] == "2027-01-31"
        acts = [row.act for row in entries()[-9:]]
        assert {"edit_demand", "end_demand", "view"} <= set(acts)

    def test_a_step_that_cannot_be_taken_is_a_problem(self, system: System) -> None:
        demand = demanded()
        for path, body, version, kind in IMPOSSIBLE:
            send, asked = (system.post, body) if path else (system.put, content(**body))
            answer = send(f"{DEMANDS}/{demand.pk}{path}", asked, If_Match=version)
            assert problem(answer) == kind
        demand.refresh_from_db()
        assert demand.version == 1

    def test_what_is_voided_stays_so(self, system: System) -> None:
        here = f"{DEMANDS}/{demanded().pk}"
        assert system.post(f"{here}/void", {"reason": "A"}, If_Match='"1"').status_code == 200
        answer = system.post(f"{here}/end", {"last": "2027-01-31", "reason": "B"}, If_Match='"2"')
        assert (answer.status_code, problem(answer)) == (409, "not-in-this-state")

    def test_a_draft_of_the_pages_is_registered(self, system: System) -> None:
        right = right_of(official())
        draft = services.add(
            right, opened(right), terms(benefit="child_benefit"), token=UUID(int=7), draft=True
        )
        answer = system.put(f"{DEMANDS}/{draft.pk}", content(), If_Match='"1"')
        assert answer.json()["state"] == "registered", answer.content

    def test_anothers_is_not_there_as_if_it_were_not(self, system: System) -> None:
        act_as(HELSINKI)
        store = official(HELSINKI)
        theirs = demanded(terms(municipality="091", payee=payee(HELSINKI).pk), store)
        for number in (theirs.pk, UUID(int=1)):
            here = f"{DEMANDS}/{number}"
            for answer in (
                system.get(here),
                system.put(here, content(), If_Match='"1"'),
                system.post(f"{here}/void", {"reason": "X"}, If_Match='"1"'),
            ):
                assert problem(answer) == "not-found"
                assert entries()[-1].details["reason"] == "not_your_page"
        sketch = new() | {"demand": str(theirs.pk)}
        assert problem(system.post(f"{DEMANDS}/preview", sketch)) == "not-found"


class TestReading:
    def test_the_list_is_paged_narrowed_and_in_the_log(self, system: System) -> None:
        number = str(demanded().pk)
        answer = system.get(f"{DEMANDS}?limit=1")
        told.DemandRows.model_validate_json(answer.content)
        [row] = answer.json()["rows"]
        assert (row["id"], row["amount"], row["payee"]) == (number, "300.00", payee().name)
        entry = entries()[-1]
        assert (entry.act, entry.details["end_user"]) == ("view_demands", "u-4711")
        assert not system.get(f"{DEMANDS}?state=voided").json()["rows"]
        after = answer.json()["after"]
        assert not system.get(f"{DEMANDS}?after={after}").json()["rows"]
        assert entries()[-1].details["filters"] == {}
        system.get(f"{DEMANDS}?handler=Virkailija&since=2026-12-01")
        assert entries()[-1].details["filters"] == {"handler": "…", "since": "2026-12-01"}

    def test_a_wrong_page_is_a_problem(self, system: System) -> None:
        for query in ("state=x", "limit=0", "after=x", "handler=%00", "payee=0"):
            assert problem(system.get(f"{DEMANDS}?{query}")) == "invalid"

    def test_a_customers_demands_are_one_act(self, system: System) -> None:
        demanded()
        before = len(entries())
        answer = system.post("/api/v1/customers/payment-demands", {"hetu": CUSTOMER})
        told.CustomersDemands.model_validate_json(answer.content)
        [one] = answer.json()["demands"]
        assert one["amount"] == "300.00"
        assert answer.json()["names"]["national_pension"]["sv"] == "folkpension"
        assert [row.act for row in entries()[before:]] == ["open"]

    def test_a_preview_tells_who_gets_what_and_registers_nothing(
        self, system: System, eino: UUID
    ) -> None:
        payment(eino, date(2026, 12, 4))
        answer = system.post(f"{DEMANDS}/preview", new())
        told.Preview.model_validate_json(answer.content)
        [first, *_others] = answer.json()["payments"]
        assert (first["net"], first["paid"], first["why"]) == ("784.52", "300.00", "enough")
        assert first["to_customer"] == "484.52"
        assert answer.json()["assumptions"]
        assert not Demand.objects.exists()
        assert pointers(system.post(f"{DEMANDS}/preview", new(amount="0.00"))) == {"/amount"}

    def test_what_a_demand_can_name_is_told(self, system: System) -> None:
        answer = system.get(f"{DEMANDS}/choices")
        told.Choices.model_validate_json(answer.content)
        choices = answer.json()
        assert payee().pk in {one["id"] for one in choices["payees"]}
        assert "837" in {one["code"] for one in choices["municipalities"]}
        assert {one["ground"] for one in choices["grounds"]} == {
            "social_assistance_23",
            "client_fees_14",
        }
