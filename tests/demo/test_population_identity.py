"""Identity codes of nobody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import hetu as standard

from demo.population.identity import Register, code

BORN = date(1999, 10, 8)


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from("YXWVU-ABCDEF"),
    st.integers(900, 999),
)
def test_the_check_character_is_right(born: date, sign: str, number: int) -> None:
    assert standard.is_valid(code(born, sign, number), allow_temporary=True)


@given(st.lists(st.tuples(st.dates(date(1930, 1, 1), date(2026, 1, 1)), st.booleans())))
def test_no_code_is_given_twice(births: list[tuple[date, bool]]) -> None:
    register = Register([])
    codes = [register.new_code(born, woman=woman) for born, woman in births * 3]
    assert len({*codes}) == len(codes)


def test_women_have_even_and_men_odd_individual_numbers() -> None:
    register = Register([])
    assert int(register.new_code(BORN, woman=True)[9]) % 2 == 0
    assert int(register.new_code(BORN, woman=False)[9]) % 2 == 1


def test_the_signs_of_2023_come_when_the_numbers_of_a_day_have_run_out() -> None:
    register = Register([])
    signs = [register.new_code(BORN, woman=True)[6] for _ in range(300)]
    assert "".join(dict.fromkeys(signs)) == "-YXWVU"
    assert [signs.count(sign) for sign in "-YXWVU"] == [50] * 6
    with pytest.raises(ValueError, match="No identity codes are left"):
        register.new_code(BORN, woman=True)


def test_late_codes_and_overflowing_ones_do_not_meet() -> None:
    register = Register([])
    codes = [register.new_code(BORN, woman=True, late=number % 3 == 0) for number in range(200)]
    assert len({*codes}) == 200


def test_codes_of_the_cast_are_left_to_it() -> None:
    first = Register([]).new_code(BORN, woman=True)
    assert Register([first]).new_code(BORN, woman=True) != first
