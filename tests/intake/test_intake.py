"""A delivery is taken in whole or not at all, and once."""

from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange

from benefits.models import Decision, Insurance, MedicineCap, Payment, PendingMatter, Recovery
from customers.models import Customer, IdentityCode
from intake.models import Batch, Delivery, Reject
from tests.delivering import EINO, GOOD, JONNA, deliver, intake, vouch

pytestmark = pytest.mark.usefixtures("fresh_db")

TABLES = [
    model.objects
    for model in (Customer, PendingMatter, Decision, Payment, Insurance, Recovery, MedicineCap)
]


def rows() -> list[int]:
    return [table.count() for table in TABLES]


def test_a_good_delivery_is_taken_in_whole(tmp_path: Path) -> None:
    printed = intake(deliver(tmp_path, GOOD))
    assert rows() == [2, 1, 2, 2, 2, 1, 1]
    assert not Reject.objects.exists()
    assert "payments.csv: 2 rows, 2 merged, 0 unchanged, 0 rejected\n" in printed
    assert "test 2026-11-20 06:00: taken in." in printed


def test_a_row_says_what_its_line_said(tmp_path: Path) -> None:
    intake(deliver(tmp_path, GOOD))
    payment = Payment.objects.select_related("customer", "batch").get(pk=2)
    eino = IdentityCode.objects.get(code=EINO).customer
    assert payment.customer == eino
    assert (payment.benefit_id, payment.decision_id) == ("national_pension", 1)
    assert payment.paid_on == date(2026, 12, 7)
    assert payment.period == DateRange(date(2026, 12, 1), date(2027, 1, 1))
    assert (payment.gross, payment.deductions) == (Decimal("784.52"), Decimal("84.52"))
    assert payment.payee_name == "Pirkanmaan hyvinvointialue, Tampere"
    assert payment.batch.made_at == datetime(2026, 11, 20, 4, tzinfo=UTC)


def test_a_customer_without_a_home_municipality_has_none(tmp_path: Path) -> None:
    intake(deliver(tmp_path, GOOD))
    jonna = IdentityCode.objects.get(code=JONNA).customer
    assert jonna.home_municipality is None
    assert (jonna.protected, jonna.language) == (True, "sv")


def test_a_delivery_accounts_for_every_row(tmp_path: Path) -> None:
    unknown = GOOD["insurance.csv"] + [
        "3,150503A965L,social_security,true,residence,2003-05-15,,FI"
    ]
    intake(deliver(tmp_path, GOOD | {"insurance.csv": unknown}))
    delivery = Delivery.objects.get(file="insurance.csv")
    assert (delivery.rows, delivery.merged, delivery.rejected) == (3, 2, 1)
    assert delivery.sha256 == sha256((tmp_path / "insurance.csv").read_bytes()).hexdigest()
    reject = Reject.objects.get()
    assert (reject.file, reject.line, reject.field) == ("insurance.csv", 4, "hetu")
    assert reject.reason == Reject.Reason.UNKNOWN_CUSTOMER


def test_the_same_delivery_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    intake(deliver(tmp_path, GOOD))
    assert "taken in before, nothing changed" in intake(tmp_path)
    assert Batch.objects.count() == 1
    assert rows() == [2, 1, 2, 2, 2, 1, 1]


def test_what_is_told_again_unchanged_keeps_the_batch_that_brought_it(tmp_path: Path) -> None:
    intake(deliver(tmp_path / "first", GOOD))
    changed = [GOOD["payments.csv"][0], GOOD["payments.csv"][1].replace("scheduled", "cancelled")]
    again = {"customers.csv": GOOD["customers.csv"], "payments.csv": changed}
    intake(deliver(tmp_path / "second", again, "2026-11-21T06:00:00+02:00"))
    first, second = Batch.objects.order_by("made_at")
    batches = Payment.objects.order_by("pk").values_list("state", "batch_id")
    assert [*batches] == [("paid", first.pk), ("cancelled", second.pk)]
    assert not Customer.objects.filter(batch=second).exists()
    counts = second.deliveries.order_by("file").values_list("rows", "merged", "unchanged")
    assert [*counts] == [(2, 0, 2), (2, 1, 1)]


def test_the_database_itself_wants_every_row_accounted_for(tmp_path: Path) -> None:
    intake(deliver(tmp_path, GOOD))
    with pytest.raises(IntegrityError, match="every_row_is_accounted_for"):
        Delivery.objects.using("owner").update(merged=0)


def test_a_single_file_of_a_folder_is_taken_in_alone(tmp_path: Path) -> None:
    deliver(tmp_path, GOOD)
    intake(tmp_path / "customers.csv")
    assert rows() == [2, 0, 0, 0, 0, 0, 0]
    intake(tmp_path / "decisions.csv", tmp_path / "payments.csv")
    assert rows() == [2, 0, 2, 2, 0, 0, 0]


def test_the_order_of_the_files_named_does_not_matter(tmp_path: Path) -> None:
    deliver(tmp_path, GOOD)
    intake(*(tmp_path / name for name in reversed(GOOD)))
    assert rows() == [2, 1, 2, 2, 2, 1, 1]


def test_an_older_delivery_does_not_overwrite_a_younger_one(tmp_path: Path) -> None:
    intake(deliver(tmp_path / "young", GOOD))
    deliver(tmp_path / "old", GOOD, "2026-11-19T06:00:00+02:00")
    with pytest.raises(CommandError, match="younger delivery"):
        intake(tmp_path / "old")
    assert Batch.objects.count() == 1


def test_a_broken_file_leaves_nothing_of_its_delivery(tmp_path: Path) -> None:
    deliver(tmp_path, GOOD)
    with (tmp_path / "payments.csv").open("a", encoding="utf-8") as file:
        file.write(f"3,{EINO},national_pension\n")
    vouch(tmp_path, {name: len(lines) + (name == "payments.csv") for name, lines in GOOD.items()})
    with pytest.raises(CommandError, match=r"payments\.csv: line 4: not as many columns"):
        intake(tmp_path)
    assert rows() == [0] * len(TABLES)
    assert not Batch.objects.exists()


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    deliver(tmp_path, GOOD)
    text = (tmp_path / "customers.csv").read_text(encoding="utf-8").replace("Jonna", "Jönnä")
    (tmp_path / "customers.csv").write_text(text, encoding="latin-1")
    vouch(tmp_path, {name: len(lines) for name, lines in GOOD.items()})
    with pytest.raises(CommandError, match=r"customers\.csv: line 3: not in UTF-8"):
        intake(tmp_path)


def test_a_wrong_header_is_refused_with_the_right_one(tmp_path: Path) -> None:
    deliver(tmp_path, GOOD)
    text = (tmp_path / "insurance.csv").read_text(encoding="utf-8").replace("covered", "insured")
    (tmp_path / "insurance.csv").write_text(text, encoding="utf-8")
    vouch(tmp_path, {name: len(lines) for name, lines in GOOD.items()})
    with pytest.raises(CommandError, match=r"first line must be id,hetu,kind,covered,"):
        intake(tmp_path)


def test_a_file_has_as_many_rows_as_the_manifest_says(tmp_path: Path) -> None:
    deliver(tmp_path, GOOD)
    vouch(tmp_path, {name: len(lines) + (name == "decisions.csv") for name, lines in GOOD.items()})
    with pytest.raises(CommandError, match=r"decisions\.csv has 2 rows, not 3"):
        intake(tmp_path)


def test_no_message_tells_an_identity_code(tmp_path: Path) -> None:
    deliver(tmp_path, GOOD)
    with (tmp_path / "customers.csv").open("a", encoding="utf-8") as file:
        file.write('280292-9878,"\n')
    vouch(tmp_path, {name: len(lines) + (name == "customers.csv") for name, lines in GOOD.items()})
    with pytest.raises(CommandError, match="a quote that never closes") as refusal:
        intake(tmp_path)
    error: BaseException | None = refusal.value
    while error:
        assert "280292" not in str(error)
        error = error.__cause__ or error.__context__
