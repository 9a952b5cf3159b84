"""The invented year that detection is measured over is work with its oddities, and misuse in it."""

from collections import Counter
from datetime import date

import pytest

from demo.use.acts import Act
from demo.use.year import year

FIRST = date(2025, 11, 1)


def made() -> list[Act]:
    _world, acts = year(4, FIRST, workers=18, customers=1200)
    return acts


@pytest.fixture(scope="module")
def acts() -> list[Act]:
    return made()


def test_it_is_the_same_each_time(acts: list[Act]) -> None:
    assert made() == acts
    assert [one.at for one in acts] == sorted(one.at for one in acts)


def test_work_goes_on_at_night_and_at_weekends_and_comes_in_bursts(acts: list[Act]) -> None:
    work = [one for one in acts if not one.kind]
    assert {one.at.weekday() for one in work} == set(range(7))
    assert {one.at.hour for one in work} == set(range(24))
    opened = Counter((one.worker, one.at.date()) for one in work if one.act == "open")
    assert max(opened.values()) > 4 * sorted(opened.values())[len(opened) // 2]


def test_misuse_is_rare_and_by_people_who_also_work(acts: list[Act]) -> None:
    misuse = [one for one in acts if one.kind]
    assert 0 < len(misuse) < len(acts) / 20
    assert {one.worker for one in misuse} <= {one.worker for one in acts if not one.kind}
    assert all(one.case for one in misuse)
