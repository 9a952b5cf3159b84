"""The choice of what Kela forwards: purpose, municipality, type; what is offered, what is kept."""

import pytest

from audit.models import Entry
from tests.acting import client_of
from tests.notifications.forwarding import (
    INTEGRATION,
    NOTIFICATIONS,
    county,
    eino,
    handling,
    helsinki,
    municipality,
    notify,
    seen,
)

pytestmark = pytest.mark.django_db
CHOOSE = "/notifications/"


def offered(purpose: str, **asked: str) -> str:
    answer = client_of(county()).get(CHOOSE, {"purpose": purpose, **asked})
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_municipality_of_a_county_is_offered_with_its_number_of_new_ones() -> None:
    person = eino()
    for place in ["837", "837", "536", "091"]:
        notify(person, municipality=place)
    notify(person, "immigrant")  # which this purpose does not open
    page = offered(NOTIFICATIONS)
    assert page.count("<option") == 23 + 6
    assert ">Tampere (2 uutta)</option>" in page
    assert ">Nokia (1 uusi)</option>" in page
    assert ">Akaa</option>" in page
    assert "Helsinki" not in page
    assert not Entry.objects.exists()  # numbers are nobody's data


def test_for_integration_services_only_municipalities_with_content_are_offered() -> None:
    assert "ei ole välittänyt kuntiinne mitään" in offered(INTEGRATION)
    notify(eino(), "immigrant")
    page = offered(INTEGRATION)
    assert ">Tampere (1 uusi)</option>" in page
    assert "Nokia" not in page


def test_types_that_no_mandate_opens_are_not_there() -> None:
    notify(eino(), "immigrant")
    page = client_of(municipality()).get(CHOOSE).content.decode()  # the only purpose is chosen
    assert "Maahanmuuttaja" in page
    assert "Alennettu perusosa" not in page


def test_what_is_chosen_has_an_address_that_is_kept_for_the_session() -> None:
    client = client_of(county())
    told = {"purpose": NOTIFICATIONS, "municipality": "536", "content": "application", "fetch": "1"}
    address = client.get(CHOOSE, told)["Location"]
    assert address == f"/notifications/{NOTIFICATIONS}/536/?type=application"
    client.get(address)
    page = client.get(CHOOSE).content.decode()
    assert '<option value="536" selected>' in page
    assert '<option value="application" selected>' in page


@pytest.mark.parametrize(
    "changed", [{"municipality": "091"}, {"municipality": ""}, {"content": "immigrant"}]
)
def test_what_is_not_offered_cannot_be_fetched(changed: dict[str, str]) -> None:
    told = {"purpose": NOTIFICATIONS, "municipality": "536", "content": "all", "fetch": "1"}
    assert client_of(county()).get(CHOOSE, told | changed).status_code == 422


def test_the_start_view_tells_how_much_is_new_and_leads_on() -> None:
    notify(eino(), municipality="091")
    client = client_of(helsinki())
    assert "1 uusi" in client.get("/start/").content.decode()
    answer = client.post("/start/", {"purpose": NOTIFICATIONS, "hetu": "131052-9085"})
    assert answer["Location"] == f"{CHOOSE}?purpose={NOTIFICATIONS}"  # and not the code
    told = {"purpose": NOTIFICATIONS, "municipality": "091", "content": "all", "fetch": "1"}
    assert client.get(client.post("/start/", told)["Location"]).status_code == 302


def test_what_was_taken_is_new_no_more() -> None:
    number = notify(eino())
    one = handling(number)
    path = f"/notifications/{NOTIFICATIONS}/837/{one.pk}/change/"
    client_of(county()).post(path, {"do": "taken", "version": "1"})
    assert "Tampere (" not in seen(county())
