"""Kela's desk, where demands are answered by hand."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from payment_demands import kela
from payment_demands.models import Demand
from tests.acting import client_of, entries, kela_admin, official
from tests.payment_demands.browsing import CARE, english, look_up, text, typed
from tests.payment_demands.demanding import registered


@pytest.fixture
def desk(eino: UUID) -> Client:
    return english(kela_admin("service_desk"))


@pytest.fixture
def client(eino: UUID) -> Client:
    return english(official())


def test_it_answers_after_a_reason_and_the_claimant_is_told(desk: Client, client: Client) -> None:
    demand = registered()
    waiting = text(desk.get("/kela/payment-demands/"))
    assert "National pension" in waiting
    assert "Esimerkki" not in waiting
    at = f"/kela/payment-demands/{demand.pk}/"
    assert desk.post(at, {"reason": ""}).status_code == 422
    assert "Esimerkki, Eino Olavi" in text(desk.post(at, {"reason": "puhelu"}))
    assert desk.post(f"{at}answer/", {"step": "reject", "seen": "1"}).status_code == 422
    told = {"step": "reject", "seen": "1", "reason": "Etuus riittää vain sijaishuoltoon"}
    assert desk.post(f"{at}answer/", told).status_code == 302
    rows = [row.act for row in entries()]
    assert [rows.count(act) for act in ("look_up_demand", "answer_demand")] == [2, 1]
    page = text(client.get("/payment-demands/all/"))
    assert "Kela has answered" in page
    demand = Demand.objects.get()
    assert (demand.state, demand.version) == ("rejected", 2)
    client.get(client.post(f"/payment-demands/{demand.pk}/open/")["Location"])
    assert "Kela has answered" not in text(client.get("/payment-demands/all/"))


def test_others_of_kela_do_not(eino: UUID) -> None:
    assert client_of(kela_admin("preparing")).get("/kela/payment-demands/").status_code == 403


def test_what_does_not_fit_on_a_page_stands_on_the_next(
    desk: Client, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kela, "ON_A_PAGE", 1)
    for month in (1, 2):
        of = typed(do="register", first=f"1.{month}.2027", last=f"28.{month}.2027", token=uuid4())
        client.post(f"{look_up(client)}{CARE}", of)
    first = text(desk.get("/kela/payment-demands/"))
    assert "1–1 of 2" in first
    assert "Page 1 of 2" in first
    second = text(desk.get("/kela/payment-demands/?page=2"))
    assert "2–2 of 2" in second
    assert "2/1/2027" not in first


def test_a_demand_that_changed_meanwhile_is_read_anew_before_it_is_answered(
    desk: Client, client: Client
) -> None:
    page = client.post(f"{look_up(client)}{CARE}", typed(do="register"))["Location"]
    client.post(f"{page}edit/", typed(do="register", seen="1", amount="100"))
    at = f"/kela/payment-demands/{Demand.objects.get().pk}/answer/"
    answer = desk.post(at, {"step": "accept", "seen": "1"})
    assert answer.status_code == 409
    assert "€100.00 a month" in text(answer)
    assert 'name="seen" value="2"' in text(answer)
    assert "answer_demand" not in [row.act for row in entries()]
    assert desk.post(at, {"step": "accept", "seen": "2"}).status_code == 302
    assert Demand.objects.get().state == "accepted"
