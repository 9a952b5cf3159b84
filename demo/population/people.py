"""Households: who lives with whom, of what age, where and by what name."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from demo.population.identity import Register
from demo.population.places import Place, Places

NAMES = Path(__file__).parent / "data" / "names.toml"

# Age of the eldest adult of a household: from, to, weight (Statistics Finland's pyramid, roughly).
HEADS = [(18, 24, 9), (25, 34, 16), (35, 44, 17), (45, 54, 16), (55, 64, 17), (65, 74, 15)]
HEADS += [(75, 84, 12), (85, 94, 4), (95, 103, 1)]
COUPLES = [(25, 0.2), (45, 0.6), (65, 0.62), (80, 0.6), (120, 0.35)]  # below that age
PARENTS = [(22, 0.04), (30, 0.3), (46, 0.72), (52, 0.5), (58, 0.18), (120, 0.0)]
CHILDREN = (44, 38, 14, 4)  # weights of one, two, three and four
FOREIGN_NAMES = 0.07
LATE_CODES = 0.02
PROTECTED = 0.003
CHANGED_CODES = 0.002
DIED = 0.04  # of those who live alone in old age, within a year


@dataclass(slots=True)
class Person:
    hetu: str
    given_names: str
    family_name: str
    woman: bool
    birth_date: date
    place: Place
    language: str
    account: str
    protected: bool = False
    former_codes: list[str] = field(default_factory=list)
    died_on: date | None = None
    country: str = ""  # abroad; empty: Finland
    abroad_since: date | None = None
    out_of_work_since: date | None = None  # since when paid days are counted
    paid: list[tuple[date, str, int]] = field(default_factory=list)  # day, benefit, net cents

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}"

    def age(self, day: date) -> int:
        birth = self.birth_date
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))

    def birthday(self, age: int) -> date:
        return first_of_month(date(self.birth_date.year + age, self.birth_date.month, 1))


@dataclass(slots=True)
class Household:
    adults: list[Person]
    children: list[Person]  # under 18, eldest first

    @property
    def members(self) -> list[Person]:
        return self.adults + self.children


def first_of_month(day: date) -> date:
    return day.replace(day=1)


class People:
    """Draws households, one after the other."""

    def __init__(self, random: Random, today: date, places: Places, taken: Collection[str]) -> None:
        self._random = random
        self._today = today
        self._places = places
        self._codes = Register(taken)
        self._names: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
            NAMES.read_text(encoding="utf-8")
        )

    def household(self, at_most: int) -> Household:
        """A household of no more than so many members."""
        random, place = self._random, self._places.draw(self._random)
        age = self._age_of_head()
        language = "sv" if random.random() < place.swedish else "fi"
        stock = "other" if language == "fi" and random.random() < FOREIGN_NAMES else language
        head = self._person(self._born(age), random.random() < 0.52, place, language, stock)
        home = Household([head], [])
        if at_most > 1 and random.random() < _below(COUPLES, age):
            home.adults.append(self.spouse_of(head, age, stock))
        self._add_children(home, age, stock, at_most - len(home.adults))
        if age >= 70 and len(home.members) == 1 and random.random() < DIED:
            head.died_on = self._today - timedelta(days=random.randrange(3, 365))
        if random.random() < PROTECTED:
            for member in home.members:
                member.protected = True
        return home

    def child_of(self, parent: Person, birth_date: date, stock: str) -> Person:
        woman = self._random.random() < 0.49
        child = self._person(birth_date, woman, parent.place, parent.language, stock)
        child.family_name = parent.family_name
        return child

    def spouse_of(self, head: Person, age: int, stock: str) -> Person:
        born = self._born(max(18, age - abs(int(self._random.gauss(0, 3)))))
        spouse = self._person(born, not head.woman, head.place, head.language, stock)
        if self._random.random() < 0.7:
            spouse.family_name = head.family_name
        return spouse

    def parent_of(self, child: Person) -> Person:
        parent = self._person(
            child.birth_date - timedelta(days=11_000), True, child.place, child.language, "fi"
        )
        parent.family_name = child.family_name
        return parent

    def _age_of_head(self) -> int:
        low, high, _ = self._random.choices(HEADS, [weight for _, _, weight in HEADS])[0]
        return self._random.randint(low, high)

    def _born(self, age: int) -> date:
        return self._today - timedelta(days=age * 365.25 + self._random.randrange(1, 365))

    def _add_children(self, home: Household, age: int, stock: str, at_most: int) -> None:
        likely = _below(PARENTS, age) * (1 if len(home.adults) == 2 else 0.45)
        if at_most < 1 or self._random.random() >= likely:
            return
        number = self._random.choices((1, 2, 3, 4), CHILDREN)[0]
        child_age = self._random.randint(0, min(17, age - 20)) if age > 20 else 0
        for _ in range(min(number, at_most)):
            birth_date = self._born(child_age)
            if home.children and birth_date <= home.children[-1].birth_date + timedelta(days=300):
                break
            home.children.append(self.child_of(home.adults[0], birth_date, stock))
            child_age -= self._random.randint(1, 4)
            if child_age < 0:
                break

    def _person(
        self, birth_date: date, woman: bool, place: Place, language: str, stock: str
    ) -> Person:
        random, names = self._random, self._names[stock]
        late = random.random() < LATE_CODES
        given = random.sample(names["female" if woman else "male"], random.choice((1, 2, 2, 2, 3)))
        person = Person(
            hetu=self._codes.new_code(birth_date, woman=woman, late=late),
            given_names=" ".join(given),
            family_name=random.choice(names["family"]),
            woman=woman,
            birth_date=birth_date,
            place=place,
            language=language,
            account=f"{random.randrange(10_000):04}",
        )
        if random.random() < CHANGED_CODES:
            person.former_codes.append(self._codes.new_code(birth_date, woman=woman, late=late))
        return person


def _below(table: list[tuple[int, float]], age: int) -> float:
    return next(value for limit, value in table if age < limit)
