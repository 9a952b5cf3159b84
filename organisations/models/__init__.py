"""Municipalities and counties by date, organisations, what was agreed with them, and with whom."""

from organisations.models.agreements import (
    DOCUMENTS_KEPT_DAYS,
    KEPT_DAYS,
    AgreedPurpose,
    Agreement,
    AgreementEvent,
    AgreementVersion,
    Deadline,
    Enquiry,
    Standing,
)
from organisations.models.commissioning import (
    CommissioningRecord,
    RecordedStep,
    SecurityAssessment,
    SecurityPoint,
    SecurityState,
    StepState,
)
from organisations.models.common import Proposed
from organisations.models.keys import InterfaceKey
from organisations.models.organisations import (
    Contact,
    FormerName,
    Organisation,
    Payee,
    ServedMunicipality,
    validate_business_id,
    validate_iban,
)
from organisations.models.preview import PreviewAcceptance, PreviewCheck
from organisations.models.register import County, CountyMembership, Municipality

__all__ = [
    "DOCUMENTS_KEPT_DAYS",
    "KEPT_DAYS",
    "AgreedPurpose",
    "Agreement",
    "AgreementEvent",
    "AgreementVersion",
    "CommissioningRecord",
    "Contact",
    "County",
    "CountyMembership",
    "Deadline",
    "Enquiry",
    "FormerName",
    "InterfaceKey",
    "Municipality",
    "Organisation",
    "Payee",
    "PreviewAcceptance",
    "PreviewCheck",
    "Proposed",
    "RecordedStep",
    "SecurityAssessment",
    "SecurityPoint",
    "SecurityState",
    "ServedMunicipality",
    "Standing",
    "StepState",
    "validate_business_id",
    "validate_iban",
]
