"""A sample of the oracle's questions in which every pair of choices occurs, asked by logging in."""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, count, product

from authorizations.rulebook import Mandate, Purpose, load
from tests.authorizations.asking import DAYS
from tests.authorizations.stepping import Person
from tests.authorizations.test_rulebook_oracle import (
    COUNTIES_BEGIN,
    HELSINKI,
    HVA,
    KUNTA,
    KUNTAYHTYMA,
    MUU,
    expected,
)
from tests.running import Kelmu

ORGANISATIONS = {
    HVA: ("pirkanmaa", "9900100-2"),
    KUNTA: ("tampere", "9900102-9"),
    HELSINKI: ("helsinki", "9900105-3"),
    KUNTAYHTYMA: ("kuntayhtyma", "9900106-1"),
    MUU: ("mariehamn", "9900108-8"),
}
AGREED_WITH_MARIEHAMN = {"other_benefits"}
EMPLOYEE = "ville"  # whom nobody has given a mandate
NO_AGREEMENT = "No agreement between Kela and your organisation is in force"
CARD = re.compile(r'<article class="ds-card purpose">\s*<h3[^>]*>([^<]+)</h3>')


@dataclass(frozen=True)
class Question:
    """What an employee sees who holds these mandates of an organisation of that type."""

    holder: str
    on: date
    mandates: frozenset[Mandate]

    @property
    def choices(self) -> list[object]:
        """Type, day, and of each mandate whether it is held."""
        return [self.holder, self.on, *(mandate in self.mandates for mandate in Mandate)]


def pairwise() -> list[Question]:
    """Every type on every day, each with mandates drawn so that no pair of choices is left out."""
    drawn = (draw(random.Random(seed)) for seed in count())  # noqa: S311 - nothing secret about it
    return next(sample for sample in drawn if has_every_pair(sample))


def draw(chance: random.Random) -> list[Question]:
    return [
        Question(holder, on, frozenset(m for m in Mandate if chance.random() < 1 / 2))
        for holder, on in product(ORGANISATIONS, DAYS)
    ]


def has_every_pair(sample: Sequence[Question]) -> bool:
    """Whether each value of a choice meets each value of each other choice, and nobody is without
    a mandate: they would not come in."""
    columns = [*zip(*(question.choices for question in sample), strict=True)]
    return all(question.mandates for question in sample) and all(
        len({*zip(one, other, strict=True)}) == len({*one}) * len({*other})
        for one, other in combinations(columns, 2)
    )


def has_agreement(holder: str, on: date) -> bool:
    """Counties from their beginning, joint authorities until then, the others all the time."""
    return on >= COUNTIES_BEGIN if holder == HVA else holder != KUNTAYHTYMA or on < COUNTIES_BEGIN


def names_expected(question: Question) -> set[str]:
    """The purposes that the sources promise and the agreement covers, by their Finnish names."""
    held = {mandate.value for mandate in question.mandates}
    purposes = expected(question.holder, held, question.on).purposes.keys()
    agreed = AGREED_WITH_MARIEHAMN if question.holder == MUU else {*Purpose}
    return names_of(purposes & agreed)


def names_of(purposes: Iterable[str]) -> set[str]:
    return {load().name(Purpose(slug)).fi for slug in purposes}


def answer_by_login(kelmu: Kelmu, question: Question) -> set[str] | None:
    """The purposes under My rights; None where the organisation may not use Kelmu that day."""
    slug, business_id = ORGANISATIONS[question.holder]
    kelmu.order("reset")
    granted = {"from": slug, "to_person": EMPLOYEE, "mandates": sorted(question.mandates)}
    kelmu.order("grant", **granted)
    employee = Person.at(kelmu, EMPLOYEE)
    page = employee.log_in(business_id)
    if NO_AGREEMENT in page.text:
        return None
    cards = CARD.findall(employee.visitor.open("/rights/mine/?lang=fi").text)
    return names_of(Purpose) & {*cards}  # actions have cards too


def agrees(kelmu: Kelmu, question: Question) -> bool:
    """Whether a full login shows what the sources say."""
    answer = answer_by_login(kelmu, question)
    if not has_agreement(question.holder, question.on):
        return answer is None
    return answer == names_expected(question)
