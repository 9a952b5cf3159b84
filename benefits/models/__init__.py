"""The rows of benefit data, a module for each kind."""

from benefits.models.common import Benefit
from benefits.models.data_from_others import DataFromOthers
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
    "DataFromOthers",
    "Decision",
    "Insurance",
    "MedicineCap",
    "Payment",
    "PendingMatter",
    "Recovery",
]
