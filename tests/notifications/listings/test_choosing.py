"""Purpose, municipality, list: the menu offers what has content, and leads there."""

from pathlib import Path

import pytest

from authorizations.rulebook import Mandate
from tests.acting import PIRKANMAA, TAMPERE
from tests.notifications.listings.publishing import EVERY_LIST, publish
from tests.notifications.listings.reading import LONG, SUBSIDY, reader

pytestmark = pytest.mark.django_db


def test_only_municipalities_with_content_are_offered(tmp_path: Path) -> None:
    publish(tmp_path, EVERY_LIST)
    page = reader(PIRKANMAA, LONG).get("/notifications/?purpose=typ_service").content.decode()
    assert '<option value="837"' in page
    assert '<option value="536"' not in page
    assert '<option value="091"' not in page


def test_a_purpose_without_content_says_so(tmp_path: Path) -> None:
    page = reader(PIRKANMAA, LONG).get("/notifications/?purpose=typ_service").content.decode()
    assert "<option" not in page


def test_lists_without_a_mandate_are_not_there(tmp_path: Path) -> None:
    publish(tmp_path, EVERY_LIST)
    page = reader(TAMPERE, SUBSIDY).get("/notifications/").content.decode()
    assert "labour_market_subsidy_invoice" in page
    assert "prolonged_unemployment_risk" in page
    assert "child_care_allowance_recipients" not in page
    mandate = Mandate.CHILD_CARE_ALLOWANCE_MATERIALS
    assert (
        "labour_market_subsidy"
        not in reader(TAMPERE, mandate).get("/notifications/").content.decode()
    )


def test_what_is_chosen_leads_to_the_list_and_is_kept(tmp_path: Path) -> None:
    publish(tmp_path, EVERY_LIST)
    leena = reader(TAMPERE, SUBSIDY)
    chosen = {
        "purpose": "labour_market_subsidy_list",
        "municipality": "837",
        "content": "prolonged_unemployment_risk",
    }
    answer = leena.get("/notifications/", {**chosen, "fetch": "1"})
    shelf = "/notifications/labour_market_subsidy_list/837/lists/prolonged_unemployment_risk/"
    assert answer["Location"] == shelf
    assert leena.get(shelf).status_code == 200
    again = leena.get("/notifications/").content.decode()
    assert '<option value="prolonged_unemployment_risk" selected' in again
