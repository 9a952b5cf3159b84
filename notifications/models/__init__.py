"""What Kela forwards: notifications and what their receivers do to them, and lists."""

from notifications.models.listings import (
    CareRow,
    Download,
    InvoiceRow,
    ListRow,
    Publication,
    RiskRow,
    TreatmentRow,
    VeteranRow,
)
from notifications.models.notifications import Answer, Attachment, Event, Handling, Notification

__all__ = [
    "Answer",
    "Attachment",
    "CareRow",
    "Download",
    "Event",
    "Handling",
    "InvoiceRow",
    "ListRow",
    "Notification",
    "Publication",
    "RiskRow",
    "TreatmentRow",
    "VeteranRow",
]
