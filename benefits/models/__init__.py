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
from benefits.models.social_assistance import (
    AssistanceApplication,
    Attachment,
    CalculationLine,
    CallToAct,
    HouseholdMember,
    PaymentCommitment,
)

__all__ = [
    "AssistanceApplication",
    "Attachment",
    "Benefit",
    "CalculationLine",
    "CallToAct",
    "DataFromOthers",
    "Decision",
    "HouseholdMember",
    "Insurance",
    "MedicineCap",
    "Payment",
    "PaymentCommitment",
    "PendingMatter",
    "Recovery",
]
