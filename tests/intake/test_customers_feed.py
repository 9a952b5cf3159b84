"""Customers as they are fed: found again by any of their codes, and known to the log by none."""

from datetime import date
from pathlib import Path

import pytest

from audit.models import Pseudonym
from audit.pseudonyms import digest, subject_of
from customers.models import Customer, IdentityCode
from intake.models import Delivery, Reject
from intake.services import take_in
from tests.acting import owning
from tests.delivering import EINO, GOOD, HANNA, JONNA, deliver

pytestmark = pytest.mark.django_db

NEW_CODE = "131052-9107"  # Eino's, after a change


def told(folder: Path, rows: list[str], day: str = "2026-11-20") -> None:
    deliver(folder, {"customers.csv": rows}, f"{day}T06:00:00+02:00")
    with owning():
        list(take_in([folder]))


def row(code: str, former: str = "", family: str = "Esimerkki") -> str:
    return f"{code},{former},Eino Olavi,{family},1952-10-13,837,false,fi,,,"


def codes() -> dict[str, bool]:
    return dict(IdentityCode.objects.values_list("code", "is_current"))


def test_a_customer_gets_a_subject_and_a_pseudonym(tmp_path: Path) -> None:
    told(tmp_path, [row(EINO)])
    eino = Customer.objects.get()
    assert subject_of(EINO) == eino.pk
    assert bytes(Pseudonym.objects.get(subject=eino.pk).digest) == digest(EINO)


def test_an_official_who_becomes_a_customer_is_the_same_subject(tmp_path: Path) -> None:
    official = subject_of(EINO)
    told(tmp_path, [row(EINO)])
    assert Customer.objects.get().pk == official


def test_a_changed_name_changes_the_customer(tmp_path: Path) -> None:
    told(tmp_path / "first", [row(EINO)])
    told(tmp_path / "second", [row(EINO, family="Uusinimi")], "2026-11-21")
    assert Customer.objects.get().family_name == "Uusinimi"


def test_a_customer_dies_or_moves_abroad(tmp_path: Path) -> None:
    told(tmp_path / "first", [row(EINO), row(HANNA)])
    died = row(EINO).removesuffix(",,,") + ",2026-11-20,,"
    moved = row(HANNA).removesuffix(",,,") + ",,ES,2026-05-01"
    told(tmp_path / "second", [died, moved], "2026-11-21")
    known = Customer.objects.order_by("country")
    assert [(one.died_on, one.country, one.abroad_since) for one in known] == [
        (date(2026, 11, 20), "", None),
        (None, "ES", date(2026, 5, 1)),
    ]


def test_a_changed_code_leads_to_the_same_customer(tmp_path: Path) -> None:
    told(tmp_path / "first", [row(EINO)])
    before = Customer.objects.get().pk
    told(tmp_path / "second", [row(NEW_CODE, former=EINO)], "2026-11-21")
    assert Customer.objects.get().pk == before == subject_of(NEW_CODE)
    assert codes() == {EINO: False, NEW_CODE: True}


def test_a_customer_of_whom_only_a_code_is_news_has_changed(tmp_path: Path) -> None:
    told(tmp_path / "first", [row(EINO), row(JONNA)])
    told(tmp_path / "second", [row(EINO, former=NEW_CODE), row(JONNA)], "2026-11-21")
    second = Delivery.objects.order_by("pk").last()
    assert second is not None
    assert (second.merged, second.unchanged) == (1, 1)
    assert Customer.objects.filter(batch=second.batch_id).count() == 1


def test_a_code_may_be_changed_back(tmp_path: Path) -> None:
    told(tmp_path / "first", [row(NEW_CODE, former=EINO)])
    told(tmp_path / "second", [row(EINO, former=NEW_CODE)], "2026-11-21")
    assert codes() == {EINO: True, NEW_CODE: False}


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ("081099-9437,,Nimi,Nimi,1999-10-08,837,false,fi,,,", "hetu", "identity_code"),
        ("310299-9430,,Nimi,Nimi,1999-10-08,837,false,fi,,,", "hetu", "identity_code"),
        ("081099-943,,Nimi,Nimi,1999-10-08,837,false,fi,,,", "hetu", "form"),
        ("081099-943r,,Nimi,Nimi,1999-10-08,837,false,fi,,,", "hetu", "form"),
        (f"{JONNA},081099-9437,Nimi,Nimi,1999-10-08,837,false,fi,,,", "hetu", "identity_code"),
        (f"{JONNA},X,Nimi,Nimi,1999-10-08,837,false,fi,,,", "former_codes", "form"),
        (f"{EINO},,Nimi,Nimi,1999-10-08,837,false,fi,,,", "hetu", "duplicate"),
        (f"{JONNA},{EINO},Nimi,Nimi,1999-10-08,837,false,fi,,,", "hetu", "duplicate"),
        (f"{JONNA},,,Nimi,1999-10-08,837,false,fi,,,", "given_names", "missing"),
        (f"{JONNA},,Ni\tmi,Nimi,1999-10-08,837,false,fi,,,", "given_names", "form"),
        (f"{JONNA},,Nimi,Nimi,1999-10-08,999,false,fi,,,", "municipality", "unknown_municipality"),
        (f"{JONNA},,Nimi,Nimi,1999-10-08,837,maybe,fi,,,", "protected", "unknown_word"),
        (f"{JONNA},,Nimi,Nimi,1999-10-08,837,false,en,,,", "language", "unknown_word"),
        (f"{JONNA},,Nimi,Nimi,1999-10-08,837,false,fi,1999-10-07,,", "died_on", "period"),
        (f"{JONNA},,Nimi,Nimi,1999-10-08,837,false,fi,2026-11-21,,", "died_on", "future"),
        (f"{JONNA},,Nimi,Nimi,1999-10-08,837,false,fi,,ES,2026-11-21", "abroad_since", "future"),
        (f"{JONNA},,Nimi,Nimi,1999-10-08,837,false,fi,,ES,", "country", "state"),
        (f"{JONNA},,Nimi,Nimi,1999-10-08,837,false,fi,,,2025-05-01", "country", "state"),
        (f"{JONNA},,Nimi,Nimi,1999-10-08,837,false,fi,,FI,2025-05-01", "country", "state"),
        (f"{JONNA},,Nimi,Nimi,1999-10-08,837,false,fi,,Spain,2025-05-01", "country", "form"),
    ],
)
def test_a_customer_who_is_not_as_it_should_be(
    tmp_path: Path, fields: str, field: str, reason: str
) -> None:
    told(tmp_path, [row(EINO), fields])
    reject = Reject.objects.get()
    assert (reject.line, reject.field, reject.reason) == (3, field, reason)
    assert codes() == {EINO: True}


def test_codes_of_two_customers_do_not_make_them_one(tmp_path: Path) -> None:
    told(tmp_path / "first", GOOD["customers.csv"])
    told(tmp_path / "second", [row(JONNA, former=EINO)], "2026-11-21")
    assert Reject.objects.get().reason == Reject.Reason.SEVERAL_CUSTOMERS
    assert codes() == {EINO: True, JONNA: True}


def test_two_lines_about_one_customer_are_one_too_many(tmp_path: Path) -> None:
    told(tmp_path / "first", [row(NEW_CODE, former=EINO)])
    told(tmp_path / "second", [row(EINO), row(NEW_CODE), row(HANNA)], "2026-11-21")
    assert [(reject.line, reject.reason) for reject in Reject.objects.all()] == [(3, "duplicate")]
    assert Customer.objects.count() == 2


def test_a_reject_does_not_tell_the_code(tmp_path: Path) -> None:
    told(tmp_path, ["081099-9437,,Nimi,Nimi,1999-10-08,837,false,fi,,,"])
    reject = Reject.objects.get()
    assert "081099" not in f"{reject} {reject.field} {reject.file} {reject.reason}"
