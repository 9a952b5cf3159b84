"""Identity codes of nobody: individual numbers 900-999, right check characters, each code once."""

from array import array
from collections.abc import Collection
from datetime import date

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
OLD_SIGNS = {19: "-", 20: "A"}  # by century
SIGNS_OF_2023 = {19: "YXWVU", 20: "BCDEF"}
A_SEX_A_DAY = 50  # even individual numbers are women's, odd ones men's


def code(birth_date: date, sign: str, number: int) -> str:
    digits = f"{birth_date:%d%m%y}"
    check = CHECK_CHARACTERS[int(f"{digits}{number}") % len(CHECK_CHARACTERS)]
    return f"{digits}{sign}{number}{check}"


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)


class Register:
    """Gives codes. Its memory is the same however many: a count for each day, sex and lateness."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = frozenset(taken)
        self._given = array("I", [0]) * (4 * ((LAST_DAY - FIRST_DAY).days + 1))

    def new_code(self, birth_date: date, *, woman: bool, late: bool = False) -> str:
        """The next free code of the day; with a sign of 2023 when the day's numbers have run out.

        `late` asks for such a sign at once: a code given to somebody who came lately.
        """
        signs = (SIGNS_OF_2023 if late else OLD_SIGNS)[birth_date.year // 100]
        counter = 4 * (birth_date - FIRST_DAY).days + 2 * woman + late
        turn = self._given[counter]
        self._given[counter] += 1
        round_, place = divmod(turn, A_SEX_A_DAY)
        if round_ >= len(signs):
            if late:
                raise ValueError(f"No identity codes are left for {birth_date}.")
            return self.new_code(birth_date, woman=woman, late=True)
        new = code(birth_date, signs[round_], 900 + 2 * (place * 7 % A_SEX_A_DAY) + (not woman))
        return self.new_code(birth_date, woman=woman, late=late) if new in self._taken else new
