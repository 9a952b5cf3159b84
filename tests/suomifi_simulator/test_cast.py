"""The cast file, and what it must not contradict."""

from datetime import date
from pathlib import Path

import pytest

from suomifi_simulator.cast import Cast
from tests.suomifi_simulator.conftest import ROOT

CAST = ROOT / "demo" / "cast.toml"


def test_the_cast_of_the_demo_is_in_order() -> None:
    cast = Cast.read(CAST)
    assert cast.people["aino"].name == "Aino Virkailija"
    assert cast.organisations["vaasa"].name_in("sv") == "Vasa stad"
    assert cast.officials["timo"].groups == ("oversight",)
    assert {grant.giver for grant in cast.grants} <= cast.organisations.keys()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('to_person = "kaisa"', 'to_person = "nobody"'),
        ('from = "mariehamn"', 'from = "nowhere"'),
        ('via = "kuntayhtyma"', 'via = "nowhere"'),
        ('via = "kuntayhtyma"', ""),
        ('to_organisation = "kuntayhtyma"', 'to_organisation = "nowhere"'),
        ('to_organisation = "kuntayhtyma"', ""),
        ('kind = "representation"', 'kind = "proxy"'),
        ('hetu = "140285-911Y"', 'hetu = "140285-911X"'),
    ],
)
def test_a_cast_that_contradicts_itself_is_refused(tmp_path: Path, old: str, new: str) -> None:
    there = CAST.read_text()
    assert old in there
    cast = tmp_path / "cast.toml"
    cast.write_text(there.replace(old, new))
    with pytest.raises(ValueError) as refused:
        Cast.read(cast)
    assert "140285" not in str(refused.value)


@pytest.mark.parametrize(
    ("hetu", "born"),
    [
        ("131052-9085", date(1952, 10, 13)),
        ("121287X901X", date(1987, 12, 12)),
        ("150503A965L", date(2003, 5, 15)),
        ("150503F965L", date(2003, 5, 15)),
        ("150503+965L", date(1803, 5, 15)),
    ],
)
def test_the_separator_tells_the_century(hetu: str, born: date) -> None:
    person = Cast.read(CAST).person(hetu)
    assert person is not None
    assert person.birth_date == born
