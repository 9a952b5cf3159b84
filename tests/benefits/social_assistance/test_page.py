"""The tab of basic social assistance: who sees it, what it shows, and what it does not tell."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils.html import strip_tags

from kelmu import clock
from tests import told
from tests.acting import (
    TAMPERE,
    client_of,
    customer,
    official,
    owning,
)
from tests.agreeing import agreed_purposes
from tests.customers.searching import acts, last_entry, look_up, search

pytestmark = pytest.mark.django_db

ASSISTANCE = "social_assistance"


@pytest.fixture
def client() -> Client:
    """The browser of a caseworker of a county, in English."""
    browser = client_of(official())
    browser.cookies["kelmu-language"] = "en"
    return browser


@pytest.fixture
def pekka() -> UUID:
    """Somebody with a spouse, a child and a reduced basic amount, whose landlord is paid."""
    pekka = customer()
    decision = told.assistance(pekka, amount=Decimal("921.38"))
    told.member(decision)
    told.member(decision, 2, role="spouse")
    told.member(decision, 3, role="child", age_group="under_10")
    shared = {"item": "shared_household", "stated": Decimal("497.45")}
    reduced = {
        "reduction": 50,
        "reduction_ground": "call_to_act",
        "amount": Decimal("248.72"),
    }
    told.lines(
        decision,
        shared | reduced,
        shared | {"member": 2},
        {"item": "younger_child_1", "stated": Decimal("375.98"), "member": 3},
        {"part": "housing", "item": "rent", "member": None, "stated": Decimal("900.00")}
        | {"amount": Decimal("860.00")},
        {"part": "income", "item": "unemployment", "member": 2, "stated": Decimal("1060.77")},
    )
    application = told.application(pekka, state="decided", decision=decision)
    told.attachment(application)
    urgent = told.application(pekka, state="awaiting", is_urgent=True)
    told.attachment(urgent, kind="medical_bill", received_on=None)
    paid = {"benefit_id": "basic_social_assistance", "state": "scheduled"}
    landlord = {"payee_kind": "landlord", "payee_name": "Vuokrakodit Oy"}
    told.payment(pekka, **paid | landlord)
    told.commitment(pekka, provider="Apteekki Kanerva", at_most=Decimal("145.00"))
    told.call(pekka, kind="apply_for_benefit", benefit_id="student_aid", state="neglected")
    told.recovery(pekka, benefit_id="basic_social_assistance")
    return pekka


def page(client: Client, address: str) -> str:
    """What a page says below the bar."""
    answer = client.get(address)
    assert answer.status_code == 200
    _, tab = answer.content.decode().split('id="tab"')
    return " ".join(unescape(strip_tags(tab)).split()).replace("\N{NO-BREAK SPACE}", " ")


def narrow(**terms: object) -> None:
    with owning():
        agreed_purposes().filter(purpose=ASSISTANCE).update(**terms)


def test_a_search_for_social_assistance_leads_to_the_tab(client: Client, pekka: UUID) -> None:
    address = look_up(client, purpose=ASSISTANCE)
    assert address.endswith("/social-assistance/")
    page(client, address)
    page(client, address)
    assert acts() == [("open", "permitted"), ("view", "permitted")]
    assert last_entry().details == {"tab": ASSISTANCE}
    assert last_entry().customer == pekka


def test_the_answers_stand_first(client: Client, pekka: UUID) -> None:
    told.payment(pekka, benefit_id="basic_social_assistance")
    text = page(client, look_up(client, purpose=ASSISTANCE))
    answers, _ = text.split("Month by month", 1)
    assert "Latest application Awaiting further information arrived 1.11.2026" in answers
    assert "1.11.–30.11.2026, urgent" in answers
    assert "Decision in force Granted €921.38 a month, 1.11.–30.11.2026" in answers
    assert "Next payment No coming payments." in answers  # the one that is scheduled is past


def test_a_month_reads_as_a_bill(client: Client, pekka: UUID) -> None:
    text = page(client, look_up(client, purpose=ASSISTANCE))
    for line in [
        "November 2026 €921.38",
        "Decision Granted 2.11.2026, the conditions are met, 1412/1997 6 §",
        "Household Applicant, spouse, 1 child, under 10 years",
        "Basic amounts €1,122.15",
        "Adult in a shared household (applicant) €497.45",
        "Reduced by 50%: did not act on the call to act -€248.73",
        "Adult in a shared household (spouse) €497.45",
        "Under 10 years, first child €375.98",
        "Housing costs €860.00 Rent €900.00 €860.00",
        "Income -€1,060.77 Unemployment benefit, net (spouse) €1,060.77 €1,060.77",
        "Expenses less income €921.38",
        "Assistance of the month €921.38",
    ]:
        assert line in text


def test_the_tables_tell_the_rest(client: Client, pekka: UUID) -> None:
    text = page(client, look_up(client, purpose=ASSISTANCE))
    for row in [
        "7.11.2026 1.11.–30.11.2026 Vuokrakodit Oy, …\N{WORD JOINER}1234 €784.52",
        "Pharmacy Apteekki Kanerva 1.11.–30.11.2026 €145.00 2.11.2026",
        "yes awaiting further information bill for health care has not come",
        "no decided 2.11.2026 bank statement 2.11.2026",
        "2.11.2026 apply for a primary benefit: student financial aid 2.12.2026 not complied with",
        "2.11.2026 granted 1.11.–30.11.2026 €921.38 a month the conditions are met 1412/1997 6 §",
        "9.5.2026 – €704.25 €404.25 €50.00 open",
    ]:
        assert row in text


def test_income_over_expenses_is_told_and_gives_nothing(client: Client) -> None:
    tuula = customer()
    rejected = told.assistance(tuula, kind="rejected", amount=None, amount_unit="")
    told.member(rejected)
    income = {"part": "income", "item": "wages", "stated": Decimal("600.00")}
    told.lines(rejected, {}, income)
    text = page(client, look_up(client, purpose=ASSISTANCE))
    assert "Expenses less income -€21.57" in text
    assert "Assistance of the month €0.00" in text
    assert "No decision is in force." in text


def test_who_has_nothing_reads_so_in_every_place(client: Client) -> None:
    customer()
    text = page(client, look_up(client, purpose=ASSISTANCE))
    for sentence in [
        "Nothing is shown of this customer under this purpose of use.",
        "No applications.",
        "No decision is in force.",
        "No coming payments.",
        "No calculations or payments.",
        "No payment commitments.",
        "No calls to act.",
        "No decisions.",
        "No recovery.",
    ]:
        assert sentence in text


def test_the_newest_month_is_open_and_paper_shows_them_all(client: Client, pekka: UUID) -> None:
    told.payment(pekka, benefit_id="basic_social_assistance", period=told.NOVEMBER)
    december = DateRange(date(2026, 12, 1), date(2027, 1, 1))
    told.payment(pekka, benefit_id="basic_social_assistance", period=december)
    address = look_up(client, purpose=ASSISTANCE)
    details = re.compile(r'<details class="month"( open)?')
    assert details.findall(client.get(address).content.decode()) == [" open", ""]
    printed = client.get(f"{address}?print=1").content.decode()
    assert details.findall(printed) == [" open", " open"]
    assert last_entry().act == "print"


@pytest.mark.parametrize(
    ("group", "gone", "left"),
    [
        ("pendency", ["Latest application", "Applications", "Calls to act"], "Month by month"),
        ("decisions", ["Decision in force", "Household", "Expenses less"], "Vuokrakodit Oy"),
        ("payments", ["Next payment", "Vuokrakodit Oy", "Payment commitments"], "Expenses less"),
        ("recovery", ["Recovery"], "Month by month"),
    ],
)
def test_what_the_agreement_leaves_out_is_not_there(
    client: Client, pekka: UUID, group: str, gone: list[str], left: str
) -> None:
    narrow(withheld_groups=[group])
    text = page(client, look_up(client, purpose=ASSISTANCE))
    assert not [words for words in gone if words in text]
    assert left in text


def test_withheld_fields_have_no_column(client: Client, pekka: UUID) -> None:
    narrow(withheld_fields=["decisions.grounds", "payments.payee_name", "recovery.instalment"])
    text = page(client, look_up(client, purpose=ASSISTANCE))
    for words in [
        "the conditions are met",
        "did not act on the call to act",
        "Vuokrakodit Oy",
        "Apteekki Kanerva",
        "Instalment a month",
        "Provider",
    ]:
        assert words not in text
    assert "Reduced by 50% -€248.73" in text


def test_other_benefits_never_show_any_of_it(client: Client, pekka: UUID) -> None:
    address = look_up(client)
    text = page(client, address)
    for words in ["Vuokrakodit", "€921.38", "€784.52", "Apteekki", "€404.25", "2.11.2026"]:
        assert words not in text
    answer = client.get(address.replace("/benefits/", "/social-assistance/"))
    assert answer.status_code == 403
    assert last_entry().details["reason"] == "purpose_not_open"


def test_social_assistance_does_not_open_the_other_benefits(client: Client, pekka: UUID) -> None:
    address = look_up(client, purpose=ASSISTANCE)
    answer = client.get(address.replace("/social-assistance/", "/benefits/"))
    assert answer.status_code == 403


def test_a_municipality_cannot_choose_it_since_2023(pekka: UUID) -> None:
    kaisa = client_of(official(TAMPERE))
    answer = search(kaisa, purpose=ASSISTANCE)
    assert answer.status_code == 422
    assert "Vuokrakodit" not in answer.content.decode()


def test_a_late_file_is_told_by_what_it_is_of(client: Client, pekka: UUID) -> None:
    for file, age in [("payments.csv", 1), ("social_assistance_calculations.csv", 72)]:
        batch = told.batch(made_at=clock.now() - timedelta(hours=age))
        with owning():
            batch.deliveries.using("owner").create(
                batch=batch, file=file, sha256="0" * 64, rows=1, merged=1, unchanged=0, rejected=0
            )
    answer = client.get(look_up(client, purpose=ASSISTANCE)).content.decode()
    _, alert = answer.split("have not delivered newer data in time", 1)
    late = strip_tags(alert.split("</ul>")[0])
    assert "Benefit decisions" in late
    assert "Payments" not in late
