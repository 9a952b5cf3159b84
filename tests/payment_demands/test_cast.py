"""The demands of the demo's cast, as its organisations have made them by now."""

from datetime import date

import pytest
from django.core.management import call_command
from django.test import override_settings

from demo.environment import CAST
from intake.models import Delivery
from payment_demands.feeds import ANSWERS
from payment_demands.models import Demand
from payment_demands.words import State
from tests.acting import HELSINKI, PIRKANMAA, POHJANMAA, TAMPERE, customer, owning
from tests.payment_demands.demanding import act_as, pays

VAASA = "9900104-5"
MARIEHAMN = "9900108-8"  # which no county serves
PAID = {
    "131052-9085": "national_pension",
    "280292-9878": "child_benefit",
    "060666-999Y": "sickness_allowance",
    "150503A965L": "student_aid",
    "180690-982B": "child_benefit",
    "170426-915D": "national_pension",
    "210388-958K": "rehabilitation_allowance",
    "060416A914P": "child_maintenance_allowance",
    "081099-9436": "general_social_security_benefit",
}


@pytest.fixture
def paid(db: None) -> None:
    for code, benefit in PAID.items():
        pays(customer(code), benefit)


def load(day: date) -> None:
    with override_settings(KELMU_TODAY=day), owning():
        call_command("load_demands", CAST)


def held(business_id: str) -> list[tuple[str, str]]:
    act_as(business_id)
    return list(Demand.objects.order_by("benefit").values_list("benefit", "payee__name"))


def test_in_2022_they_are_the_municipalities(paid: None) -> None:
    load(date(2022, 12, 15))
    assert held(TAMPERE) == [("national_pension", "Tampereen kaupunki, sosiaalitoimi")]
    assert held(PIRKANMAA) == []


def test_kela_answers_them_by_a_delivery(paid: None) -> None:
    load(date(2022, 10, 22))
    act_as(TAMPERE)
    answered = Demand.objects.get()
    assert (answered.state, answered.changed_on) == (State.ACCEPTED, date(2022, 2, 20))
    act_as(VAASA)
    assert Demand.objects.get().state == State.REGISTERED  # the answer comes on the 25th
    assert Delivery.objects.get(file=ANSWERS.file, batch__source="answers to the cast").merged == 3


def test_later_they_are_the_counties_and_loading_again_adds_none(paid: None) -> None:
    for _time in range(2):
        load(date(2026, 11, 20))
    assert [benefit for benefit, _ in held(PIRKANMAA)] == [
        "child_benefit",
        "child_maintenance_allowance",
        "general_social_security_benefit",
        "national_pension",
        "national_pension",
        "rehabilitation_allowance",
    ]
    unread = Demand.objects.filter(organisation__business_id=PIRKANMAA, has_new_answer=True)
    assert [one.state for one in unread] == [State.REJECTED]
    assert held(POHJANMAA) == [("sickness_allowance", "Österbottens välfärdsområde")]
    assert held(MARIEHAMN) == [("child_benefit", "Mariehamns stad, sociala sektorn")]
    payee = "Helsingin kaupunki, sosiaalipalvelut"
    assert held(HELSINKI) == [("rehabilitation_allowance", payee), ("student_aid", payee)]
