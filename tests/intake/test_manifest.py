"""What a delivery's folder must hold."""

from pathlib import Path

import pytest

from intake.deliveries import Delivered, IntakeError, read
from tests.delivering import GOOD, deliver, vouch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return deliver(tmp_path, GOOD)


def edit(folder: Path, old: str, new: str) -> None:
    manifest = folder / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    assert old in text
    manifest.write_text(text.replace(old, new), encoding="utf-8")


def assert_refused(folder: Path, message: str) -> None:
    with pytest.raises(IntakeError, match=message):
        list(read([folder]))


def test_a_folder_needs_a_manifest(folder: Path) -> None:
    (folder / "manifest.toml").unlink()
    assert_refused(folder, r"has no manifest\.toml")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert_refused(tmp_path / "nowhere", r"has no manifest\.toml")


def test_a_manifest_is_toml(folder: Path) -> None:
    edit(folder, "[files]", "[files")
    assert_refused(folder, r"manifest\.toml cannot be read")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('source = "test"', "", "source"),
        ('source = "test"', "source = 7", "source"),
        ("made_at =", "made =", "made_at"),
        ("[files]", "[file]", "files"),
        ("rows = 2,", 'rows = "2",', "rows"),
        ("sha256", "sha512", "sha256"),
    ],
)
def test_a_manifest_says_all_that_it_must(folder: Path, old: str, new: str, key: str) -> None:
    edit(folder, old, new)
    assert_refused(folder, f"{key} is missing or not of its type")


def test_the_time_of_a_delivery_has_a_zone(folder: Path) -> None:
    edit(folder, "+02:00", "")
    assert_refused(folder, "distance from UTC")


def test_a_promised_file_must_be_there(folder: Path) -> None:
    (folder / "recoveries.csv").unlink()
    assert_refused(folder, r"recoveries\.csv: the manifest promises it, but it is not there")


def test_a_file_that_nobody_promised_is_not_overlooked(folder: Path) -> None:
    (folder / "more_payments.csv").touch()
    assert_refused(folder, r"more_payments\.csv: the manifest does not name it")


def test_a_file_that_no_feed_knows_is_refused(folder: Path) -> None:
    (folder / "weather.csv").write_text("sunny\n", encoding="utf-8")
    vouch(folder, {name: len(rows) for name, rows in GOOD.items()} | {"weather.csv": 0})
    assert_refused(folder, r"weather\.csv: no feed has a file of that name")


def test_a_file_that_was_changed_on_the_way_is_refused(folder: Path) -> None:
    with (folder / "payments.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert_refused(folder, r"payments\.csv is not what the manifest says")


def test_a_single_file_that_is_not_in_the_manifest_is_refused(folder: Path) -> None:
    (folder / "weather.csv").touch()
    with pytest.raises(IntakeError, match="the manifest does not name it"):
        list(read([folder / "weather.csv"]))


def digest(folder: Path) -> str:
    delivered: list[Delivered] = list(read([folder]))
    return delivered[0].digest


def test_what_was_delivered_is_known_by_its_content(tmp_path: Path) -> None:
    here = digest(deliver(tmp_path / "here", GOOD))
    assert digest(deliver(tmp_path / "there", GOOD)) == here
    fewer = GOOD | {"payments.csv": GOOD["payments.csv"][:1]}
    assert digest(deliver(tmp_path / "fewer", fewer)) != here
    later = deliver(tmp_path / "later", GOOD, "2026-11-20T06:00:01+02:00")
    assert digest(later) != here
