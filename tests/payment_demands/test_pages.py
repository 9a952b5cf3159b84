"""The pages of payment demands, from the search to the receipt."""

import re
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from authorizations.desk import open_desk
from authorizations.session_store import SessionStore
from payment_demands import services
from payment_demands.models import Demand
from payment_demands.words import Step
from tests.acting import (
    CUSTOMER,
    HELSINKI,
    PIRKANMAA,
    TAMPERE,
    change,
    client_of,
    customer,
    entries,
    kela_admin,
    official,
    right_of,
)
from tests.payment_demands.browsing import CARE, english, look_up, text, typed
from tests.payment_demands.demanding import act_as, opened, payee, payment, registered, terms


@pytest.fixture
def store(eino: UUID) -> SessionStore:
    return official()


@pytest.fixture
def client(store: SessionStore) -> Client:
    return english(store)


class TestTheSection:
    def test_it_stands_in_the_header_of_whoever_may_demand(self, client: Client) -> None:
        assert 'href="/payment-demands/"' in text(client.get("/start/"))

    def test_a_municipality_has_it_no_more_and_is_told_since_when(self, eino: UUID) -> None:
        tampere = english(official(TAMPERE))
        assert 'href="/payment-demands/"' not in text(tampere.get("/start/"))
        refusal = tampere.get("/payment-demands/")
        assert refusal.status_code == 403
        assert "closed on 1.1.2023" in text(refusal)

    def test_nobody_is_found_by_a_code_that_kela_does_not_know(self, client: Client) -> None:
        answer = client.post("/payment-demands/", {"hetu": "010190-902S"})
        assert "No customer with this identity code" in text(answer)
        assert entries()[-1].outcome == "not_found"

    def test_a_wrong_code_is_told(self, client: Client) -> None:
        assert client.post("/payment-demands/", {"hetu": "131052-9084"}).status_code == 422

    def test_nobody_looks_at_their_own(self, eino: UUID) -> None:
        own = client_of(official(subject=eino))
        assert own.post("/payment-demands/", {"hetu": CUSTOMER}).status_code == 403

    def test_what_goes_on_paper_is_told_with_law_and_form(self, client: Client) -> None:
        page = text(client.get("/payment-demands/"))
        assert "EV 241N" in page
        assert "Kela hears the customer before it decides." in page

    def test_mandates_read_long_ago_are_read_again(
        self, store: SessionStore, client: Client
    ) -> None:
        change(store, mandates_read_at="2026-01-01T00:00:00+00:00")
        answer = client.post("/payment-demands/", {"hetu": CUSTOMER})
        assert "/customers/" not in answer.get("Location", "")
        assert client.get("/start/")["Location"] == "/payment-demands/"
        assert CUSTOMER in text(client.get("/payment-demands/"))
        assert client.get("/start/").status_code == 200

    def test_an_opening_of_another_purpose_shows_no_demands(self, client: Client) -> None:
        address = client.post("/start/", {"purpose": "other_benefits", "hetu": CUSTOMER})
        demands = address["Location"].replace("benefits/", "payment-demands/")
        assert client.get(demands).status_code == 404

    def test_an_opening_for_demands_shows_no_tab(self, client: Client) -> None:
        benefits = look_up(client).replace("payment-demands/", "benefits/")
        assert client.get(benefits).status_code == 403


class TestAdding:
    def test_a_demand_goes_from_the_law_to_its_page(self, client: Client) -> None:
        address = look_up(client)
        assert "has no payment demands on this customer" in text(client.get(address))
        assert "By which law do you demand?" in text(client.get(f"{address}new/"))
        assert client.get(f"{address}{CARE}").status_code == 200
        summary = client.post(f"{address}{CARE}", typed(do="summary"))
        assert "€300.50 a month" in text(summary)
        assert not Demand.objects.exists()
        answer = client.post(f"{address}{CARE}", typed(do="register"))
        demand = Demand.objects.get()
        assert answer["Location"] == f"{address}{demand.pk}/"
        assert demand.amount == Decimal("300.50")
        page = text(client.get(answer["Location"]))
        assert "Payment demand: registered 20.11.2026" in page
        assert "National pension" in text(client.get(address))

    def test_registering_is_one_row_of_the_log(self, client: Client) -> None:
        address = look_up(client)
        before = len(entries())
        client.post(f"{address}{CARE}", typed(do="register"))
        assert [row.act for row in entries()[before:]] == ["register_demand"]

    def test_the_bar_says_how_old_the_data_is(self, client: Client) -> None:
        assert "data of unknown" in text(client.get(look_up(client)))  # nothing was delivered

    def test_sent_twice_it_is_one(self, client: Client) -> None:
        address = look_up(client)
        answers = [client.post(f"{address}{CARE}", typed(do="register")) for _ in range(2)]
        assert answers[0]["Location"] == answers[1]["Location"]
        assert Demand.objects.count() == 1

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("amount", "12,345"),
            ("amount", "paljon"),
            ("amount", ""),
            ("first", ""),
            ("first", "31.2.2026"),
            ("last", "1.1.2020"),
            ("last", "31.12.9999"),
            ("first", "1.1.0001"),
            ("benefit", "general_housing_allowance"),
            ("municipality", "091"),
            ("payee", "999999"),
            ("contact_phone", ""),
            ("statement", "Asiakas 131052-9085"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
        self, client: Client, name: str, value: str
    ) -> None:
        address = look_up(client)
        wrong = typed(do="register", **{name: value}, reference="TUNNISTE-7")
        answer = client.post(f"{address}{CARE}", wrong)
        assert answer.status_code == 422
        assert f'href="#id_{name}"' in text(answer)
        assert "TUNNISTE-7" in text(answer)
        assert not Demand.objects.exists()

    def test_a_draft_is_kept_and_registered_later(self, client: Client) -> None:
        address = look_up(client)
        page = client.post(f"{address}{CARE}", typed(do="draft"))["Location"]
        assert "draft" in text(client.get(page))
        client.post(f"{page}edit/", typed(do="register", seen="1", amount="250"))
        demand = Demand.objects.get()
        assert demand.state == "registered"
        assert demand.amount == 250

    def test_only_benefits_that_the_law_reaches_are_offered(self, client: Client) -> None:
        address = look_up(client)
        care = text(client.get(f"{address}{CARE}"))
        advance = text(client.get(f"{address}new/?ground=social_assistance_23"))
        assert "general_housing_allowance" not in care
        assert "general_housing_allowance" in advance
        assert "basic_social_assistance" not in advance


class TestThePreview:
    def test_it_shows_three_payments_with_and_without(self, client: Client, eino: UUID) -> None:
        payment(eino, date(2026, 12, 7))
        page = text(client.post(f"{look_up(client)}{CARE}", typed(do="preview")))
        assert page.count('class="split"') == 3
        assert page.count("estimated") == 2
        assert "€484.02" in page  # 784.52 without 300.50
        assert "Kela’s distribution of payments is not public" in page

    def test_it_counts_the_payments_that_the_demand_can_meet(
        self, client: Client, eino: UUID
    ) -> None:
        payment(eino, date(2026, 12, 7))
        told = typed(do="preview", first="1.3.2027")
        page = text(client.post(f"{look_up(client)}{CARE}", told))
        assert re.findall(r">(7\.[0-9]+\.202[67])<", page) == ["7.3.2027", "7.4.2027", "7.5.2027"]
        assert page.count('class="split"') == 3

    def test_others_are_another_payee_and_not_named(self, client: Client, eino: UUID) -> None:
        payment(eino, date(2026, 12, 7))
        of = terms(municipality="091", payee=payee(HELSINKI).pk, amount=Decimal(200))
        registered(of, official(HELSINKI))
        act_as(PIRKANMAA)
        page = text(client.post(f"{look_up(client)}{CARE}", typed(do="preview")))
        assert "€200.00" in page
        assert "Helsing" not in page

    def test_a_demand_that_is_changed_shows_it_from_the_beginning(
        self, client: Client, eino: UUID
    ) -> None:
        payment(eino, date(2026, 12, 7))
        page = client.post(f"{look_up(client)}{CARE}", typed(do="register"))["Location"]
        form = text(client.get(f"{page}edit/"))
        assert form.count('class="split"') == 3
        assert "€484.02" in form

    def test_half_a_form_is_no_error(self, client: Client) -> None:
        answer = client.post(f"{look_up(client)}{CARE}", {"do": "preview"})
        assert answer.status_code == 200
        assert "the estimate appears here" in text(answer)
        assert "Correct this before going on" not in text(answer)


class TestChanging:
    def test_the_second_editor_sees_the_first_ones_change_and_chooses(
        self, client: Client, store: SessionStore
    ) -> None:
        address = look_up(client)
        page = client.post(f"{address}{CARE}", typed(do="register"))["Location"]
        client.post(f"{page}edit/", typed(do="register", seen="1", amount="100"))
        answer = client.post(f"{page}edit/", typed(do="register", seen="1", amount="200"))
        assert answer.status_code == 409
        assert "€200.00 a month" in text(answer)
        assert "€100.00 a month" in text(answer)
        assert Demand.objects.get().amount == 100
        client.post(f"{page}edit/", typed(do="register", seen="2", amount="200"))
        assert Demand.objects.get().amount == 200

    def test_the_history_tells_each_version_side_by_side(self, client: Client) -> None:
        address = look_up(client)
        page = client.post(f"{address}{CARE}", typed(do="register"))["Location"]
        client.post(f"{page}edit/", typed(do="register", seen="1", amount="100"))
        shown = text(client.get(page))
        assert "Version 1" in shown
        assert "€100.00 a month (changed)" in shown

    def test_it_ends_on_a_day_with_a_reason(self, client: Client) -> None:
        page = client.post(f"{look_up(client)}{CARE}", typed(do="register"))["Location"]
        assert client.get(f"{page}end/").status_code == 200
        assert client.post(f"{page}end/", {"seen": "1"}).status_code == 422
        told = {"seen": "1", "last": "31.12.2026", "reason": "Hoito päättyi"}
        for no_day in ("31.12.9999", "31.11.2026"):
            assert client.post(f"{page}end/", told | {"last": no_day}).status_code == 422
        assert client.post(f"{page}end/", told)["Location"] == page
        demand = Demand.objects.get()
        assert (demand.state, demand.period.upper) == ("ended", date(2027, 1, 1))
        assert client.get(f"{page}edit/")["Location"] == page

    def test_it_is_voided_with_a_reason(self, client: Client) -> None:
        page = client.post(f"{look_up(client)}{CARE}", typed(do="register"))["Location"]
        assert client.post(f"{page}void/", {"seen": "1", "reason": ""}).status_code == 422
        client.post(f"{page}void/", {"seen": "1", "reason": "Väärä asiakas"})
        assert Demand.objects.get().state == "voided"
        assert "Väärä asiakas" in text(client.get(page))
        assert [row.act for row in entries()].count("void_demand") == 1

    def test_what_was_paid_before_it_was_voided_stays_and_nothing_is_estimated(
        self, client: Client, eino: UUID
    ) -> None:
        payment(eino, date(2026, 11, 6), state="paid")
        payment(eino, date(2026, 12, 7))
        told = typed(do="register", first="1.11.2026")
        page = client.post(f"{look_up(client)}{CARE}", told)["Location"]
        assert "7.12.2026" in text(client.get(page))
        client.post(f"{page}void/", {"seen": "1", "reason": "Väärä asiakas"})
        voided = text(client.get(page))
        assert "6.11.2026" in voided
        assert "7.12.2026" not in voided

    def test_the_receipt_prints_itself(self, client: Client) -> None:
        page = client.post(f"{look_up(client)}{CARE}", typed(do="register"))["Location"]
        assert "data-print" in text(client.get(f"{page}?print=1"))

    def test_another_organisation_finds_nothing(self, client: Client) -> None:
        page = client.post(f"{look_up(client)}{CARE}", typed(do="register"))["Location"]
        demand = page.rsplit("/", 2)[1]
        helsinki = client_of(official(HELSINKI))
        theirs = look_up(helsinki)
        assert helsinki.get(f"{theirs}{demand}/").status_code == 404
        assert helsinki.post(f"/payment-demands/{demand}/open/").status_code == 404


class TestTheList:
    def test_it_shows_the_organisations_demands_and_logs_each_person(
        self, client: Client, eino: UUID
    ) -> None:
        registered()
        page = text(client.get("/payment-demands/all/"))
        assert "Esimerkki, Eino Olavi" in page
        assert "€300.00" in page
        assert "Aino Virkailija, Pirkanmaan hyvinvointialue" in page  # who printed it
        row = entries()[-1]
        assert (row.act, row.purpose, len(row.laws)) == ("view_demands", "", 2)

    def test_it_is_narrowed_and_says_when_nothing_is_left(self, client: Client, eino: UUID) -> None:
        registered()
        assert "Esimerkki" in text(client.get("/payment-demands/all/?state=registered"))
        assert "No demand is such" in text(client.get("/payment-demands/all/?state=voided"))
        wrong = client.get("/payment-demands/all/?state=mikä")
        assert wrong.status_code == 422
        assert "Choose one of those that are offered." in text(wrong)
        assert "No demand is such" in text(client.get("/payment-demands/all/?until=1.1.2020"))

    def test_it_is_taken_along_as_a_file(self, client: Client, eino: UUID) -> None:
        registered()
        answer = client.get("/payment-demands/all.csv")
        assert "Esimerkki, Eino Olavi;National pension" in answer.content.decode()
        assert entries()[-1].act == "download_demands"

    def test_it_leads_to_a_demand_by_opening_its_customer(self, client: Client, eino: UUID) -> None:
        demand = registered()
        address = client.post(f"/payment-demands/{demand.pk}/open/")["Location"]
        assert client.get(address).status_code == 200
        assert "open" in [row.act for row in entries()][-2:]

    def test_ones_own_matter_stands_there_without_a_name(self, eino: UUID) -> None:
        registered()
        own = client_of(official(subject=eino))
        assert "Esimerkki, Eino" not in text(own.get("/payment-demands/all/"))

    def test_a_demand_that_ends_soon_needs_attention(self, client: Client, eino: UUID) -> None:
        period = terms().period
        registered(terms(period=type(period)(date(2026, 12, 1), date(2026, 12, 15))))
        page = text(client.get("/payment-demands/all/?only_attention=on"))
        assert "ends within 30 days" in page

    @pytest.mark.parametrize(
        ("share", "account", "words"),
        [
            ("300.00", "0019", ""),
            ("199.99", "0019", "the last payment covered it in part"),
            ("300.00", "0068", "nothing of the last payment came to your account"),
        ],
        ids=["covered", "in part", "to another authority"],
    )
    def test_it_tells_what_of_the_last_payment_came(
        self, client: Client, eino: UUID, share: str, account: str, words: str
    ) -> None:
        of = terms(period=DateRange(date(2026, 10, 1), None))
        registered(of)
        open_desk()
        desk = right_of(kela_admin("service_desk"))
        services.answer(desk, Demand.objects.get(), Step.ACCEPT, reason="", seen=1)
        payment(eino, date(2026, 10, 7), "784.52", state="paid")  # before it was accepted
        parts = {"payee_kind": "authority", "payee_name": "X", "account_last4": account}
        payment(eino, date(2026, 11, 6), share, state="paid", **parts)
        payment(eino, date(2026, 11, 6), "400.00", state="paid")
        page = text(client.get("/payment-demands/all/"))
        assert ("last payment" in page, words in page) == (bool(words), True)


def test_a_customer_of_another_code_is_opened_once(client: Client) -> None:
    other = customer("081099-9436")
    assert opened(right_of(official()), "081099-9436").customer_id == other
