"""A personal identity code as it is typed, and which part of it is wrong."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from kelmu.hetu import HetuFault, InvalidHetu, birth_date, parse
from tests.harness import TODAY

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SEPARATORS = {1800: "+", 1900: "-YXWVU", 2000: "ABCDEF"}
OFFICIAL = "131052-308T"  # the example of the Digital and Population Data Services Agency


def code_of(born: date, separator: str, individual: int) -> str:
    """A code made by the rule: the remainder of the nine digits by 31 chooses the last one."""
    digits = f"{born:%d%m%y}{individual:03}"
    return f"{digits[:6]}{separator}{digits[6:]}{CHECK_CHARACTERS[int(digits) % 31]}"


@st.composite
def codes(draw: st.DrawFn) -> tuple[str, date]:
    """Any code that anybody may have, with the day of birth that it tells."""
    born = draw(st.dates(date(1800, 1, 1), TODAY))
    separator = draw(st.sampled_from(SEPARATORS[born.year // 100 * 100]))
    return code_of(born, separator, draw(st.integers(2, 999))), born


def fault_of(typed: str) -> HetuFault:
    with pytest.raises(InvalidHetu) as raised:
        parse(typed)
    return raised.value.fault


@given(codes())
def test_a_code_is_read_as_it_was_made_and_tells_the_day_of_birth(made: tuple[str, date]) -> None:
    code, born = made
    assert parse(code) == code
    assert birth_date(code) == born


@given(codes(), st.sampled_from(["", " ", "\t ", "\u00a0"]), st.sampled_from(["", " ", "\n"]))
def test_case_and_blanks_around_do_not_matter(
    made: tuple[str, date], before: str, after: str
) -> None:
    code, _born = made
    assert parse(f"{before}{code.lower()}{after}") == code


@given(codes(), st.sampled_from(CHECK_CHARACTERS))
def test_one_check_character_alone_is_right(made: tuple[str, date], character: str) -> None:
    code, _born = made
    if character == code[-1]:
        assert parse(code[:-1] + character) == code
    else:
        assert fault_of(code[:-1] + character) is HetuFault.CHECK_CHARACTER


@given(codes(), st.integers(0, 9), st.integers(0, 9))
def test_a_slip_in_one_digit_is_noticed(made: tuple[str, date], position: int, digit: int) -> None:
    code, _born = made
    place = position if position < 6 else position + 1  # past the separator
    slipped = code[:place] + str(digit) + code[place + 1 :]
    if place < 10 and slipped != code:
        fault_of(slipped)


@pytest.mark.parametrize("separator", "+-YXWVUABCDEF")
def test_every_separator_of_2023_is_known(separator: str) -> None:
    century = next(first for first, marks in SEPARATORS.items() if separator in marks)
    code = code_of(date(century + 5, 2, 3), separator, 910)
    assert birth_date(parse(code)).year == century + 5


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", HetuFault.LENGTH),
        ("131052-308", HetuFault.LENGTH),
        ("131052-308TT", HetuFault.LENGTH),
        ("131052 -308T", HetuFault.LENGTH),
        ("13.10.1952", HetuFault.LENGTH),
        ("131052/308T", HetuFault.FORM),
        ("131052G308T", HetuFault.FORM),  # no century has it
        ("13105a-308T", HetuFault.FORM),
        ("131052-308I", HetuFault.FORM),  # I, G, O, Q and Z are no check characters
        ("131052-308Ö", HetuFault.FORM),
        ("411052-308T", HetuFault.FORM),  # no day begins with 4
        ("310252-308Y", HetuFault.DATE),
        ("290223A908W", HetuFault.DATE),  # 2023 was no leap year
        ("131352-308T", HetuFault.DATE),
        ("000052-308T", HetuFault.DATE),
        ("131052-000V", HetuFault.INDIVIDUAL_NUMBER),
        ("131052-001W", HetuFault.INDIVIDUAL_NUMBER),
        ("131052-308U", HetuFault.CHECK_CHARACTER),
    ],
)
def test_the_part_that_is_wrong_is_named(typed: str, fault: HetuFault) -> None:
    assert fault_of(typed) is fault


def test_nobody_is_born_tomorrow() -> None:
    assert parse(code_of(TODAY, "A", 908))
    assert fault_of(code_of(TODAY + timedelta(days=1), "A", 908)) is HetuFault.DATE


@pytest.mark.parametrize("individual", [900, 999])
def test_production_knows_nobody_with_a_number_of_the_tests(
    settings: Settings, individual: int
) -> None:
    code = code_of(date(1952, 10, 13), "-", individual)
    assert parse(code) == code
    settings.ALLOWS_TEMPORARY_HETU = False
    assert fault_of(code) is HetuFault.INDIVIDUAL_NUMBER
    assert parse(OFFICIAL) == OFFICIAL


@pytest.mark.parametrize("typed", ["131052–308T", "131052−308T", "１３１０５２-308T"])
def test_what_a_document_was_pasted_with_becomes_the_official_form(typed: str) -> None:
    assert parse(typed) == OFFICIAL


@pytest.mark.parametrize(
    "typed", ["١٣١٠٥٢-308T", "13105²-308T", "131052-30８T"[:-1] + "ß", "131052-308ﬀ"]
)
def test_characters_that_only_look_like_ours_are_refused(typed: str) -> None:
    with pytest.raises(InvalidHetu):
        parse(typed)


@given(st.text(max_size=14))
def test_whatever_is_typed_is_a_code_or_a_fault(typed: str) -> None:
    try:
        code = parse(typed)
    except InvalidHetu as error:
        assert error.fault in HetuFault
    else:
        assert code.isascii()
        assert len(code) == 11


@pytest.mark.parametrize("typed", ["131052-308U", "131052-3080000", "310252-308Y"])
def test_a_fault_does_not_repeat_what_was_typed(typed: str) -> None:
    with pytest.raises(InvalidHetu) as raised:
        parse(typed)
    assert typed not in f"{raised.value!r}{raised.value.__cause__!r}"
