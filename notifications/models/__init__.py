"""What Kela forwards: notifications of single customers, and what their receivers do to them."""

from notifications.models.notifications import Answer, Attachment, Event, Handling, Notification

__all__ = ["Answer", "Attachment", "Event", "Handling", "Notification"]
