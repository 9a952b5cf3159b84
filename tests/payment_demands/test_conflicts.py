"""Two officials of an organisation at one demand, and one who sends the same twice."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from authorizations.desk import open_desk
from payment_demands import services
from payment_demands.models import Demand
from payment_demands.words import Step
from tests.acting import entries, kela_admin, official, right_of
from tests.payment_demands.browsing import CARE, english, look_up, text, typed

END = {"seen": "1", "last": "31.12.2026", "reason": "Hoito päättyi"}
CHANGE = {"do": "register", "seen": "1", "amount": "100"}
VOID = {"seen": "1", "reason": "Väärä asiakas"}


@pytest.fixture
def client(eino: UUID) -> Client:
    return english(official())


@pytest.fixture
def colleague(eino: UUID) -> Client:
    return english(official(subject=uuid4()))


@pytest.fixture
def page(client: Client) -> str:
    """A demand that the first has registered, and where it is."""
    return str(client.post(f"{look_up(client)}{CARE}", typed(do="register"))["Location"])


@pytest.fixture
def colleagues_page(colleague: Client, page: str) -> str:
    """The same demand, opened by the colleague."""
    return look_up(colleague) + page.rsplit("/", 2)[1] + "/"


def test_who_changes_what_was_ended_is_told_by_whom_and_why(
    client: Client, page: str, colleague: Client, colleagues_page: str
) -> None:
    colleague.post(f"{colleagues_page}end/", END)
    for do in ("summary", "register"):
        answer = client.post(f"{page}edit/", typed(do=do, seen="1", amount="200"))
        assert answer.status_code == 409
        told = text(answer)
        assert "Aino Virkailija ended the demand on" in told
        assert "Its last day is 31.12.2026. Reason: Hoito päättyi" in told
        assert "can no longer be changed" in told
        assert "€200.00 a month" in told  # what was typed is not lost
        assert "Use what I wrote" not in told


def test_who_voids_what_was_changed_sees_it_and_can_void_it_all_the_same(
    client: Client, page: str, colleague: Client, colleagues_page: str
) -> None:
    colleague.post(f"{colleagues_page}edit/", typed(do="register", seen="1", amount="100"))
    answer = client.post(f"{page}void/", VOID)
    assert answer.status_code == 409
    assert "changed the demand on" in text(answer)
    assert "€100.00 a month" in text(answer)
    assert "Void it all the same" in text(answer)
    client.post(f"{page}void/", VOID | {"seen": "2", "do": "summary"})
    assert Demand.objects.get().state == "voided"


def test_who_ends_what_was_voided_has_nothing_more_to_do(
    client: Client, page: str, colleague: Client, colleagues_page: str
) -> None:
    colleague.post(f"{colleagues_page}void/", VOID)
    told = text(client.post(f"{page}end/", END | {"last": ""}))
    assert "voided the demand on" in told
    assert "Reason: Väärä asiakas" in told
    assert "nothing more needs to be done" in told
    assert client.get(f"{page}end/")["Location"] == page


def test_who_voids_what_was_ended_is_told_that_it_still_holds_to_its_last_day(
    client: Client, page: str, colleague: Client, colleagues_page: str
) -> None:
    colleague.post(f"{colleagues_page}end/", END)
    told = text(client.post(f"{page}void/", VOID))
    assert "Its last day is 31.12.2026" in told
    assert "holds up to its last day" in told
    assert "phone line for authorities" in told
    assert "nothing more needs to be done" not in told
    assert Demand.objects.get().state == "ended"


def test_kelas_answer_meanwhile_is_told_and_the_change_can_go_on(client: Client, page: str) -> None:
    open_desk()
    desk = right_of(kela_admin("service_desk"))
    services.answer(desk, Demand.objects.get(), Step.ACCEPT, reason="", seen=1)
    told = text(client.post(f"{page}edit/", typed(do="register", seen="1", amount="200")))
    assert "Kela accepted the demand on" in told
    assert "Use what I wrote" in told


STEPS = pytest.mark.parametrize(("act", "told"), [("edit", CHANGE), ("end", END), ("void", VOID)])


@STEPS
def test_each_gesture_is_one_row_of_the_log(
    client: Client, page: str, act: str, told: dict[str, str]
) -> None:
    before = len(entries())
    client.get(f"{page}{act}/")
    client.post(f"{page}{act}/", typed(seen="1") | {"last": "1.1.2020", "contact_name": ""})
    client.post(f"{page}{act}/", typed(**told) if act == "edit" else told)
    rows = entries()[before:]
    assert [row.act for row in rows] == ["view", "view", f"{act}_demand"]
    assert {row.details["demand"] for row in rows} == {str(Demand.objects.get().pk)}


@STEPS
def test_sent_twice_it_is_done_once(
    client: Client, page: str, act: str, told: dict[str, str]
) -> None:
    sent = typed(**told) if act == "edit" else told
    answers = [client.post(f"{page}{act}/", sent) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [page, page]
    assert Demand.objects.get().version == 2
    assert [row.act for row in entries()].count(f"{act}_demand") == 1
