"""The working day of the demo's cast: the queues of a demo have been worked through by services."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from pytest_django import Settings

from audit.models import ActKind
from demo.environment import CAST
from notifications.models import Answer
from tests.acting import HELSINKI, PIRKANMAA, customer, entries, owning
from tests.harness import TODAY
from tests.notifications.forwarding import (
    OF_TYPE,
    OTHER_CUSTOMER,
    county,
    handling,
    helsinki,
    notify,
    seen,
)

pytestmark = pytest.mark.django_db

SOMEBODY = "010180-9026"
LONG_AGO = TODAY - timedelta(days=20)
OF_A_COUNTY = [kind for kind in OF_TYPE if kind != "immigrant"]


def test_a_queue_has_everything_that_people_do_to_notifications() -> None:
    person = customer(SOMEBODY, family_name="Joku")
    for kind in 3 * OF_A_COUNTY:
        notify(person, kind, arrived=LONG_AGO)
    call_command("work_queues", CAST)
    page = seen(county(), state="all")
    for told in [
        "Aino Virkailija",
        "Tuulia Työpari",
        "käsitelty",
        "käsittelyssä",
        "Nokia",
    ]:
        assert told in page
    acts = {entry.act for entry in entries(PIRKANMAA)}
    assert acts >= {
        ActKind.SELECT_ORGANISATION,
        ActKind.OPEN_NOTIFICATION,
        ActKind.HANDLE_NOTIFICATION,
        ActKind.TRANSFER_NOTIFICATION,
        ActKind.ANSWER_TO_KELA,
        ActKind.LOGOUT,
    }
    with owning():
        assert Answer.objects.using("owner").exists()


def test_what_concerns_the_casts_own_customers_stays_new() -> None:
    one = notify(customer(OTHER_CUSTOMER), arrived=LONG_AGO)
    call_command("work_queues", CAST)
    assert handling(one).state == "new"


def test_helsinki_works_too_and_in_2022_the_municipalities() -> None:
    person = customer(SOMEBODY, family_name="Joku")
    notify(person, "need_for_social_work", "091", arrived=LONG_AGO)
    call_command("work_queues", CAST)
    assert "Helmi Helsinkiläinen" in seen(helsinki(), place="091", state="all")
    assert entries(HELSINKI)
    before = notify(person, arrived=date(2022, 12, 1))
    with override_settings(KELMU_TODAY=date(2022, 12, 15)):
        call_command("work_queues", CAST)
    assert handling(before).handler_name == "Aino Virkailija"


def test_production_has_no_cast(settings: Settings) -> None:
    settings.IN_PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("work_queues", CAST)
