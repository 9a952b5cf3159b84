"""The rows of benefit data, a module for each kind."""

from benefits.models.common import Benefit
from benefits.models.groups import (
    Decision,
    Insurance,
    MedicineCap,
    Payment,
    PendingMatter,
    Recovery,
)

__all__ = [
    "Benefit",
    "Decision",
    "Insurance",
    "MedicineCap",
    "Payment",
    "PendingMatter",
    "Recovery",
]
