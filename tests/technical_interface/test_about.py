"""What an agreement opens, the usage, and the text of the interface."""

import pytest
from django.test import Client

from audit.services import count_usage
from tests.acting import customer, entries
from tests.technical_interface.calling import BENEFITS, System, problem, registered

pytestmark = pytest.mark.django_db


def test_a_system_asks_what_its_agreement_opens() -> None:
    registered()
    told = System().enter().get("/api/v1/rights").json()
    assert told["organisation"] == "9900100-2"
    purposes = {one["purpose"]: one for one in told["purposes"]}
    assert purposes["other_benefits"]["look_back_months"] == 36
    assert "alennettu" not in purposes["other_benefits"]["laws"][0]["fi"]
    assert purposes["typ_service"]["listings"] == ["labour_market_subsidy_300_days"]
    assert [one["action"] for one in told["actions"]] == ["payment_demands"]
    assert entries()[-1].act == "read_rights"


def test_usage_is_told_by_month_and_way() -> None:
    registered()
    customer()
    system = System().enter()
    system.post(BENEFITS, {"hetu": "131052-9085"})
    count_usage()
    uses = system.get("/api/v1/usage").json()["uses"]
    assert {"open"} <= {use["act"] for use in uses if use["channel"] == "interface"}


def test_the_example_client_is_there_to_read_and_to_save() -> None:
    page = Client().get("/interface/?lang=en").content.decode()
    assert 'href="/interface/interface_client.py" download' in " ".join(page.split())
    assert "class Client:" in page
    answer = Client().get("/interface/interface_client.py")
    assert answer["Content-Disposition"] == 'attachment; filename="interface_client.py"'
    saved = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # streamed
    compile(saved, "interface_client.py", "exec")


def test_the_text_is_there_for_programs_and_for_people() -> None:
    text = Client().get("/api/v1/openapi.json").json()
    assert text["openapi"] == "3.1.0"
    page = Client().get("/interface/?lang=sv")
    assert page.status_code == 200
    for path in text["paths"]:
        assert path in page.content.decode()


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/rights"])
def test_what_is_not_there_is_a_problem(path: str) -> None:
    assert problem(Client().get(path)) == "not-found"


def test_another_method_is_a_problem() -> None:
    answer = Client().delete("/api/v1/rights")
    assert problem(answer) == "method-not-allowed"
    assert answer["Allow"] == "GET"


def test_a_cookie_opens_nothing_here() -> None:
    from tests.acting import client_of, official

    assert problem(client_of(official()).get("/api/v1/rights")) == "invalid-token"
