"""The rulebook: what a mandate opens in an organisation, by day and by law.

`authorizations/rulebook.toml` is the rulebook; this package reads it and answers from it.
"""

from functools import cache
from pathlib import Path

from .reading import parse
from .rows import (
    BenefitFilter,
    Content,
    Grant,
    Law,
    Narrowing,
    Opening,
    Text,
    Validity,
    unbroken_since,
)
from .rules import Changes, OpenedAction, OpenedPurpose, Rights, Rulebook
from .tables import RulebookError
from .words import (
    VOCABULARIES,
    Action,
    Benefit,
    DataGroup,
    Field,
    Listing,
    Mandate,
    Named,
    NotificationType,
    OrganisationType,
    Purpose,
    Tab,
)

__all__ = [
    "VOCABULARIES",
    "Action",
    "Benefit",
    "BenefitFilter",
    "Changes",
    "Content",
    "DataGroup",
    "Field",
    "Grant",
    "Law",
    "Listing",
    "Mandate",
    "Named",
    "Narrowing",
    "NotificationType",
    "OpenedAction",
    "OpenedPurpose",
    "Opening",
    "OrganisationType",
    "Purpose",
    "Rights",
    "Rulebook",
    "RulebookError",
    "Tab",
    "Text",
    "Validity",
    "load",
    "parse",
    "unbroken_since",
]

FILE = Path(__file__).parent.parent / "rulebook.toml"


@cache
def load() -> Rulebook:
    """The rulebook in force; RulebookError when its file is wrong."""
    return parse(FILE.read_text(encoding="utf-8"))
