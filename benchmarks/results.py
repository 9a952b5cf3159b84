"""What a measurement says: one line for machines, one row for people."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

COLUMNS = "{:<27} {:>9} {:<13} {:>9} {:>7} {:>8}  {:<6} {}"


@dataclass(frozen=True, kw_only=True)
class Result:
    """A number with its unit, measured beside a baseline in the same run if there is one.

    The target is on the ratio where there is a baseline, else on the value. `beside` holds more
    numbers of the same measurement.
    """

    name: str
    value: float
    unit: str
    better: Literal["higher", "lower"]
    target: float | None = None
    baseline: float | None = None
    beside: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return self.value / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        measured = self.value if self.ratio is None else self.ratio
        return measured >= self.target if self.better == "higher" else measured <= self.target

    @property
    def target_text(self) -> str | None:
        if self.target is None:
            return None
        return f"{'>=' if self.better == 'higher' else '<='} {self.target:g}"

    def line(self) -> str:
        """One JSON object."""
        told: dict[str, Any] = asdict(self) | {"ratio": self.ratio, "target": self.target_text}
        told |= told.pop("beside")
        return json.dumps({name: _rounded(value) for name, value in told.items()})

    def row(self) -> str:
        """The same in the columns of the table."""
        verdict = {True: "met", False: "MISSED", None: ""}[self.met]
        beside = ", ".join(f"{name} {_number(value)}" for name, value in self.beside.items())
        return COLUMNS.format(
            self.name,
            _number(self.value),
            self.unit,
            _number(self.baseline),
            _number(self.ratio),
            self.target_text or "",
            verdict,
            beside,
        ).rstrip()


def table(results: Sequence[Result]) -> str:
    """All results, to be read."""
    names = ("name", "value", "unit", "baseline", "ratio", "target", "", "")
    return "\n".join([COLUMNS.format(*names).rstrip(), *(result.row() for result in results)])


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"


def _rounded(value: object) -> object:
    return round(value, 4) if isinstance(value, float) else value
