"""The queue by a system: read, acknowledge, change, transfer, answer; as the pages do it."""

import pytest

from notifications.models import Answer, Handling
from technical_interface.notifications.told import Forwarded, Places, Rows, Standing
from tests.acting import customer, entries, owning
from tests.notifications.forwarding import PDF, attach, notify
from tests.technical_interface.calling import System, problem, registered

pytestmark = pytest.mark.django_db

HERE = "/api/v1/notifications/social_assistance_notifications/837"


@pytest.fixture
def system() -> System:
    registered()
    return System().enter()


def one() -> int:
    """A notification in Tampere; the number of its handling."""
    return Handling.objects.get(notification=notify(customer())).pk


def test_new_ones_are_fetched_until_they_are_taken(system: System) -> None:
    first, second = one(), Handling.objects.get(notification=notify(customer("081099-9436"))).pk
    page = system.get(f"{HERE}?limit=1")
    told = page.json()
    Rows.model_validate_json(page.content)
    assert ([row["id"] for row in told["rows"]], told["more"]) == ([first], True)
    assert told["rows"][0]["customer"] == {"name": "Esimerkki, Eino Olavi", "protected": False}
    told = system.get(f"{HERE}?after={told['after']}").json()
    assert ([row["id"] for row in told["rows"]], told["more"]) == ([second], False)
    assert system.get(f"{HERE}?after={told['after']}").json() == told | {"rows": []}
    taken = system.post(f"{HERE}/{first}/changes", {"do": "taken"}, If_Match='"1"')
    assert taken.status_code == 200, taken.content
    Standing.model_validate_json(taken.content)
    assert (taken["ETag"], taken.json()["handler_name"]) == ('"2"', "u-4711")
    assert [row["id"] for row in system.get(HERE).json()["rows"]] == [second]
    assert len(system.get(f"{HERE}?state=open").json()["rows"]) == 2


def test_each_look_and_change_is_an_act_in_the_log(system: System) -> None:
    number = one()
    before = len(entries())
    system.get(HERE)
    system.get(f"{HERE}/{number}")
    system.post(f"{HERE}/{number}/changes", {"do": "handled", "note": "Soitettu"}, If_Match='"1"')
    rows = entries()[before:]
    acts = ["view_queue", "open_notification", "handle_notification"]
    assert [row.act for row in rows] == acts
    assert {(row.channel, row.details["end_user"]) for row in rows} == {("interface", "u-4711")}


def test_a_notification_is_told_as_its_page_shows_it(system: System) -> None:
    notification = notify(customer(), "application")
    attach(notification)
    number = Handling.objects.get(notification=notification).pk
    answer = system.get(f"{HERE}/{number}")
    Forwarded.model_validate_json(answer.content)
    told = answer.json()
    assert (told["amount"], told["customer"]["hetu"]) == ("380.00", "131052-9085")
    [attachment] = told["attachments"]
    file = system.get(f"{HERE}/{number}/attachments/{attachment['id']}")
    assert (file.content, file["Content-Type"]) == (PDF, "application/pdf")
    assert problem(system.get(f"{HERE}/{number}/attachments/0")) == "not-found"


def test_the_phone_of_somebody_under_non_disclosure_is_not_told(system: System) -> None:
    number = Handling.objects.get(notification=notify(customer(protected=True))).pk
    told = system.get(f"{HERE}/{number}").json()
    assert (told["phone"], told["customer"]["protected"]) == ("", True)


@pytest.mark.parametrize(
    ("content", "version", "status", "kind"),
    [
        ({"do": "taken"}, "", 428, "version-not-told"),
        ({"do": "taken"}, "*", 428, "version-not-told"),
        ({"do": "taken"}, '"7"', 412, "changed-meanwhile"),
        ({"do": "reopened"}, '"1"', 409, "not-in-this-state"),
        ({"do": "burnt"}, '"1"', 422, "invalid"),
        ({"do": "noted", "note": "131052-9085"}, '"1"', 422, "invalid"),
    ],
)
def test_a_change_that_cannot_be_is_a_problem(
    system: System, content: dict[str, str], version: str, status: int, kind: str
) -> None:
    answer = system.post(f"{HERE}/{one()}/changes", content, If_Match=version)
    assert (answer.status_code, problem(answer)) == (status, kind)
    assert Handling.objects.get().version == 1


def test_it_is_transferred_to_where_it_belongs(system: System) -> None:
    number = one()
    to = {"municipality": "536", "reason": "Muuttanut"}
    where = f"{HERE}/{number}/transfer"
    assert problem(system.post(where, to | {"municipality": "999"}, If_Match='"1"')) == "not-found"
    assert system.post(where, to, If_Match='"1"').status_code == 204
    assert problem(system.get(f"{HERE}/{number}")) == "not-found"
    row = system.get(f"{HERE}?state=all").json()["rows"][0]
    assert (row["state"], row["customer"]) == ("transferred", None)


def test_kela_is_answered(system: System) -> None:
    answer = system.post(f"{HERE}/{one()}/answer", {"outcome": "needs_met"})
    assert answer.status_code == 204
    assert Answer.objects.get().outcome == "needs_met"


def test_municipalities_are_told_with_how_many_are_new(system: System) -> None:
    one()
    answer = system.get("/api/v1/municipalities/social_assistance_notifications")
    Places.model_validate_json(answer.content)
    new = {place["code"]: place["new"] for place in answer.json()["municipalities"]}
    assert new["837"] == 1
    assert "091" not in new


def test_anothers_is_not_there_as_if_it_were_not(system: System) -> None:
    notification = notify(customer(), municipality="905")
    with owning():
        elsewhere = Handling.objects.using("owner").get(notification=notification).pk
    unknown = system.get(f"{HERE}/{elsewhere + 1000}").json()
    anothers = system.get(f"{HERE}/{elsewhere}").json()
    assert {**unknown, "instance": ""} == {**anothers, "instance": ""}
    assert entries()[-1].details["reason"] == "not_your_notification"
    answer = system.get(HERE.replace("837", "905"))
    assert (answer.status_code, problem(answer)) == (404, "not-found")


@pytest.mark.parametrize(
    "query",
    ["?after=1", "?after=x", f"?after={'9' * 19}-00000000", "?limit=0", "?limit=101", "?state=x"],
)
def test_a_wrong_page_is_a_problem(system: System, query: str) -> None:
    assert problem(system.get(f"{HERE}{query}")) == "invalid"


@pytest.mark.parametrize("number", ["x", "-1", str(2**63), "1" * 400])
def test_a_number_that_is_none_is_a_problem(system: System, number: str) -> None:
    assert system.get(f"{HERE}/{number}").status_code in {404, 422}
