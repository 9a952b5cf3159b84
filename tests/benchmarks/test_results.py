"""What a benchmark says: a line for machines, a row for people."""

import json

import pytest

from benchmarks.results import Result, table


def test_a_line_is_one_json_object_with_ratio_and_target() -> None:
    result = Result(
        name="customer_page",
        value=120.0,
        unit="pages/s",
        better="higher",
        target=0.6,
        baseline=160.0,
        beside={"p95_ms": 61.25},
    )
    assert json.loads(result.line()) == {
        "name": "customer_page",
        "value": 120.0,
        "unit": "pages/s",
        "baseline": 160.0,
        "ratio": 0.75,
        "better": "higher",
        "target": ">= 0.6",
        "p95_ms": 61.25,
    }


@pytest.mark.parametrize(("value", "met"), [(115, True), (116, False)])
def test_the_target_is_on_the_ratio_where_there_is_a_baseline(value: float, met: bool) -> None:
    result = Result(
        name="growth", value=value, unit="ms", better="lower", target=1.15, baseline=100
    )
    assert result.met is met


@pytest.mark.parametrize(("value", "met"), [(8, True), (8.5, False)])
def test_the_target_is_on_the_value_where_there_is_none(value: float, met: bool) -> None:
    result = Result(name="round_trips", value=value, unit="", better="lower", target=8)
    assert result.met is met


def test_what_has_no_target_is_neither_met_nor_missed() -> None:
    assert Result(name="scale_build", value=600, unit="s", better="lower").met is None


def test_a_missed_target_stands_out_in_the_table() -> None:
    missed = Result(name="demo_start_first", value=61.0, unit="s", better="lower", target=60)
    heading, row = table([missed]).splitlines()
    assert heading.split()[:2] == ["name", "value"]
    assert row.split()[-3:] == ["<=", "60", "MISSED"]
