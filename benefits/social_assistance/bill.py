"""A month's calculation as a bill: parts with their lines and sums, and what comes of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.rows import DecisionRow
from benefits.social_assistance.rows import AssistanceDecision, Calculation, LineRow, MemberRow
from benefits.social_assistance.words import Part, Role
from kelmu.formats import amount, day, law, month


@dataclass(frozen=True, slots=True)
class Line:
    """What it is, what was stated (empty: the same) and what of it counts."""

    text: str
    stated: str
    counted: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]
    sum: str


@dataclass(frozen=True, slots=True)
class Bill:
    """`decision` says what was decided, when and by which law, `household` who belongs to it."""

    caption: str
    decision: str
    household: str
    sections: tuple[Section, ...]
    difference: str
    result: str


def bill(calculation: Calculation) -> Bill:
    """A calculation as people read it."""
    return Bill(
        caption=_("Calculation, %(month)s") % {"month": month(calculation.lines[0].month)},
        decision=_decision(calculation.of.decision),
        household=capfirst(", ".join(_members(calculation.of.household))),
        sections=tuple(_section(calculation, part) for part in Part),
        difference=amount(calculation.difference),
        result=amount(calculation.result),
    )


def _decision(row: DecisionRow) -> str:
    told = _("%(kind)s %(day)s") % {"kind": capfirst(row.kind.label), "day": day(row.decided_on)}
    return ", ".join(filter(None, [told, row.grounds and str(row.grounds.label), law(row.law)]))


def _members(household: tuple[MemberRow, ...]) -> Iterator[str]:
    """Adults by role; children by age group, how many of each."""
    yield from (str(one.role.label) for one in household if one.role is not Role.CHILD)
    groups = [one.age_group for one in household if one.role is Role.CHILD]
    for group in dict.fromkeys(groups):
        number = groups.count(group)
        yield ngettext("%(number)s child, %(age)s", "%(number)s children, %(age)s", number) % {
            "number": number,
            "age": group.label,
        }


def _section(calculation: Calculation, part: Part) -> Section:
    lines = [line for line in calculation.lines if line.part is part]
    total = calculation.sum_of(part)
    return Section(
        title=str(part.label),
        lines=tuple(told for line in lines for told in _lines(line, calculation.of)),
        sum=amount(-total if part is Part.INCOME else total),
    )


def _lines(line: LineRow, decision: AssistanceDecision) -> Iterator[Line]:
    """A line; a reduced basic amount is told whole, and what is taken off it in a line more."""
    text = capfirst(str(line.item.label)) + _whose(line, decision)
    if line.reduction is None:
        stated = "" if line.part is Part.BASIC_AMOUNT else amount(line.stated)
        yield Line(text, stated, amount(line.amount))
        return
    yield Line(text, "", amount(line.stated))
    taken_off = _("Reduced by %(per_cent)s%%") % {"per_cent": line.reduction}
    ground = f": {line.ground.label}" if line.ground else ""
    yield Line(taken_off + ground, "", amount(line.amount - line.stated))


def _whose(line: LineRow, decision: AssistanceDecision) -> str:
    """Of an adult's basic amount and of income in a household of several: whose it is."""
    owner = next((one for one in decision.household if one.number == line.member), None)
    is_childs_amount = owner and line.part is Part.BASIC_AMOUNT and owner.role is Role.CHILD
    if owner is None or len(decision.household) == 1 or is_childs_amount:
        return ""
    return f" ({owner.role.label})"
