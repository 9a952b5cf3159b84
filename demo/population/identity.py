"""Identity codes of nobody: individual numbers 900-999, right check characters, each code once."""

from collections import Counter
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


class Register:
    """Gives codes. Its memory grows with the days of birth, not with the people."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = frozenset(taken)
        self._given: Counter[tuple[date, bool, bool]] = Counter()

    def new_code(self, birth_date: date, *, woman: bool, late: bool = False) -> str:
        """The next free code of the day; with a sign of 2023 when the day's numbers have run out.

        `late` asks for such a sign at once: a code given to somebody who came lately.
        """
        signs = (SIGNS_OF_2023 if late else OLD_SIGNS)[birth_date.year // 100]
        turn = self._given[birth_date, woman, late]
        self._given[birth_date, woman, late] += 1
        round_, place = divmod(turn, A_SEX_A_DAY)
        if round_ >= len(signs):
            if late:
                raise ValueError(f"No identity codes are left for {birth_date}.")
            return self.new_code(birth_date, woman=woman, late=True)
        new = code(birth_date, signs[round_], 900 + 2 * (place * 7 % A_SEX_A_DAY) + (not woman))
        return self.new_code(birth_date, woman=woman, late=late) if new in self._taken else new
