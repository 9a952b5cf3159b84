"""What a system gets of a payment demand is what its pages show: no field less, no field more."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import override

from kelmu.formats import moment
from organisations.models import InterfaceKey
from payment_demands import services
from payment_demands.models import Demand
from payment_demands.words import Measure, Recurrence
from technical_interface.demands import told
from tests.acting import CUSTOMER, HELSINKI, TAMPERE, customer, official, right_of
from tests.payment_demands.browsing import english, look_up
from tests.payment_demands.demanding import advance, opened, payee, payment, pays, terms
from tests.payment_demands.demanding import registered as demanded
from tests.payment_demands.test_transfer import NEW_YEAR, made_in_2022, on, run
from tests.technical_interface.calling import System, registered
from tests.technical_interface.wording import Wording, part, paths, said

pytestmark = pytest.mark.django_db

DEMANDS = "/api/v1/payment-demands"
OURS = "Pirkanmaan hyvinvointialue, sosiaalipalvelut"
ACCOUNT = f"{OURS}, Esimerkkikatu 1, 33100 Tampere, FI38\N{NO-BREAK SPACE}9900"
# What has no words: what is sent back to change it, and what a person's mark or button says.
WITHOUT_WORDS = {"id", "version", "customer.protected"}

OF_CARE: Wording = {
    "ground": "Act on Client Fees",
    "benefit": "National pension",
    "municipality": "Municipality Tampere",
    "payee": "FI38 9900 0100 0000 19",
    "first": "1.3.2022–",
    "last": "31.3.2027",
    "recurrence": "recurrent",
    "measure": "a month",
    "amount": "€310.07",
    "reference": "K-7",
    "contact_name": "Bertta Käsittelijä",
    "contact_phone": "03 123 456",
    "statement": "Uudet perusteet.",
}
OF_AN_ADVANCE: Wording = OF_CARE | {
    "ground": "Act on Social Assistance",
    "first": "1.12.2026–",
    "last": "30.1.2027",
    "recurrence": "once",
    "measure": "once",
    "amount": "€310.07",
    "advance_first": "Months of the advance 1.11.2026–",
    "advance_last": "31.1.2027",
    "advance_total": "€612.34",
}
OF_A_SHARE: Wording = {
    **{name: words for name, words in OF_CARE.items() if name not in {"amount", "last"}},
    "measure": "of the benefit",
    "share": "25.5 per cent",
}
SAID = {
    "reference": "K-7", "contact_name": "Bertta Käsittelijä", "statement": "Uudet perusteet.",
}  # fmt: skip
FROM_MARCH = DateRange(date(2022, 3, 1), None)
CASES: dict[str, tuple[Wording, dict[str, Any]]] = {
    "care": (
        OF_CARE,
        {"amount": Decimal("310.07"), "period": DateRange(date(2022, 3, 1), date(2027, 4, 1))},
    ),
    "a share": (
        OF_A_SHARE,
        {
            "measure": Measure.SHARE, "share": Decimal("25.5"), "amount": None,
            "period": FROM_MARCH,
        },
    ),
}  # fmt: skip
OF_A_PART: Wording = {
    "net": "€700.01",
    "paid": "€310.07",
    "outcome": "covered:",
    "why": "the payment suffices",
    "account": OURS,
}
OF_WHAT_IS_TO_COME: Wording = OF_A_PART | {
    "paid_on": "4.12.2026",
    "estimated": "estimated",
    "own": "Your other demands €0.00",
    "others": "Another payee €20.02",
    "to_customer": "€369.92",
    "to_customer_without": "€679.99",
}
OF_WHAT_WAS_PAID: Wording = OF_A_PART | {"paid_on": "6.11.2026", "wanted": "€310.07 €310.07"}
OF_A_LINE: Wording = {
    "state": "registered",
    "step": "transferred to another claimant",
    "changed_on": "1.1.2023",
    "ground": "Act on Client Fees",
    "benefit": "National pension",
    "first": "1.3.2022–",
    "last": "15.12.2026",
    "recurrence": "a month",
    "measure": "a month",
    "amount": "€310.07",
    "payee": OURS,
}


def pensioner() -> UUID:
    person = customer()
    pays(person)
    return person


def handed_over(**fields: Any) -> Demand:
    """A demand that the municipality made and the county has had since the new year."""
    old = made_in_2022(TAMPERE, "837", **fields)
    with on(NEW_YEAR):
        run()
    return old


def system() -> System:
    if not InterfaceKey.objects.exists():
        registered()
    return System().enter()


def both(demand: Demand) -> tuple[Any, str]:
    """What a system is answered, and the page that an official sees."""
    answer = system().get(f"{DEMANDS}/{demand.pk}")
    assert answer.status_code == 200, answer.content
    browser = english(official())
    page = browser.get(f"{look_up(browser)}{demand.pk}/").content.decode()
    return answer.json()["demand"], page


def test_the_terms_are_those_of_the_page() -> None:
    pensioner()
    demand = handed_over()
    for number, (wording, of) in enumerate(CASES.values()):
        right = right_of(official())
        services.change(right, opened(right), demand.pk, terms(**SAID | of), seen=2 + number)
        assert_same_terms(demand, wording)


def test_the_terms_of_an_advance_are_those_of_the_page() -> None:
    pensioner()
    months = DateRange(date(2026, 11, 1), date(2027, 2, 1))
    once = {"recurrence": Recurrence.ONCE, "amount": Decimal("310.07"), "advance_period": months}
    period = DateRange(date(2026, 12, 1), date(2027, 1, 31))
    of = advance(**SAID | once, advance_total=Decimal("612.34"), period=period)
    assert_same_terms(demanded(of), OF_AN_ADVANCE)


def assert_same_terms(demand: Demand, wording: Wording) -> None:
    answer, page = both(demand)
    facts = part(page, '<dl class="facts"', "</dl>")
    assert {*paths(answer["terms"])} == said(wording, facts) == set(wording)
    last = part(page, 'aria-label="History"', "</section>")
    assert {*paths(answer["history"][-1]["terms"])} == said(wording, last)


def test_the_payments_are_those_of_the_page() -> None:
    person = pensioner()
    for day in (date(2026, 11, 6), date(2026, 12, 4)):
        payment(person, day, net="700.01")
    with on(date(2026, 10, 1)):
        demand = handed_over(amount=Decimal("310.07"))
    of = {"municipality": "091", "payee": payee(HELSINKI).pk, "amount": Decimal("20.02")}
    demanded(terms(**of), official(HELSINKI))
    answer, page = both(demand)
    coming = part(page, 'id="preview"', "</section>")
    assert {*paths(answer["coming"])} == said(OF_WHAT_IS_TO_COME, coming)
    past = part(page, 'id="payments"', "</section>")
    assert {*paths(answer["payments"])} == said(OF_WHAT_WAS_PAID, past)


def test_how_it_stands_and_its_history_are_those_of_the_page() -> None:
    pensioner()
    demand = handed_over()
    right = right_of(official())
    done = services.void(right, opened(right), demand.pk, seen=2, reason="Virheellinen")
    answer, page = both(demand)
    with override("en"):
        happened = moment(done.changed_at)
    of_a_version = {
        "at": happened,
        "step": "transferred to another claimant",
        "state": "voided",
        "by_name": "Aino Virkailija",
        "reason": "Virheellinen",
        "account": "FI38 9900 0100 0000 19",
    }
    history = part(page, 'aria-label="History"', "</section>")
    own = {*paths(answer["history"])}
    assert {one for one in own if "." not in one} - WITHOUT_WORDS == said(of_a_version, history)
    of_it = {
        "state": "voided",
        "changed_at": happened,
        "registered_at": happened,
        "reason": "Virheellinen",
        "made_by": "Tampereen kaupunki",
        "transferred_on": "Handed over on 1.1.2023",
        "account": "FI38 9900 0100 0000 19",
    }
    own = {name for name in paths(answer) if "." not in name} - WITHOUT_WORDS
    assert own - {"steps"} == said(of_it, part(page, "<main", "</main>"))
    assert answer["steps"] == []
    assert set(told.DemandWhole.model_fields) == WHOLE


WHOLE = {
    *("id", "version", "state", "terms", "changed_at", "registered_at", "reason", "steps"),
    *("made_by", "transferred_on", "account", "account_until", "payments", "coming", "history"),
}


def test_until_when_the_former_account_is_paid_is_told_by_both() -> None:
    pensioner()
    demand = handed_over()
    with on(date(2023, 1, 10)):
        answer, page = both(demand)
        assert answer["account_until"] == "2023-01-14"
        text = part(page, "<main", "</main>")
        assert "until 14.1.2023 go to Tampereen kaupunki" in text
        assert answer["account"].startswith("Tampereen kaupunki")


def test_a_line_of_a_list_is_that_of_the_page() -> None:
    pensioner()
    demand = handed_over(
        amount=Decimal("310.07"), period=DateRange(date(2022, 3, 1), date(2026, 12, 16))
    )
    caller, browser = system(), english(official())
    [row] = caller.get(DEMANDS).json()["rows"]
    page = part(browser.get("/payment-demands/all/").content.decode(), "<tbody", "</tbody>")
    of_a_row = OF_A_LINE | {
        "customer.name": "Esimerkki, Eino Olavi",
        "attention": "ends within 30 days",
        "handler_name": "Aino Virkailija",
    }
    assert {*paths(row)} - WITHOUT_WORDS == said(of_a_row, page)
    address = "/api/v1/customers/payment-demands"
    [one] = caller.post(address, {"hetu": CUSTOMER}).json()["demands"]
    page = part(browser.get(look_up(browser)).content.decode(), "<tbody", "</tbody>")
    of_one = OF_A_LINE | {"handler_name": "Aino Virkailija"}
    assert {*paths(one)} - WITHOUT_WORDS - {"has_new_answer"} == said(of_one, page)
    assert ("new answer" in page) == one["has_new_answer"]
    assert row["id"] == one["id"] == str(demand.pk)
