"""The words of what Kela forwards. The names of the types stand in the rulebook."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from authorizations.rulebook import NotificationType

TYPES = [one.value for one in NotificationType]


class Receiver(TextChoices):
    """Who acts on a notification: whoever organises social services in the municipality (itself
    or its joint authority until 2022, then the county or Helsinki), or the municipality itself
    for its integration services."""

    SOCIAL_SERVICES = "social_services", _("social services")
    MUNICIPALITY = "municipality", _("municipality")


class State(TextChoices):
    """What has become of a notification at a receiver."""

    NEW = "new", _("new")
    IN_PROGRESS = "in_progress", _("in progress")
    HANDLED = "handled", _("handled")
    TRANSFERRED = "transferred", _("transferred")


OPEN_STATES = (State.NEW, State.IN_PROGRESS)


class Assistance(TextChoices):
    """What an application forwarded by Kela is for: act on social assistance 7 c and 13 §."""

    SUPPLEMENTARY = "supplementary", _("supplementary social assistance")
    PREVENTIVE = "preventive", _("preventive social assistance")


class Need(TextChoices):
    """Why social work is needed."""

    CONTROL_OF_LIFE = "control_of_life", _("control of life")
    LIVELIHOOD = "livelihood", _("livelihood")
    HOUSING = "housing", _("housing")
    HEALTH = "health", _("health")
    OTHER = "other", _("another reason")


class FileType(TextChoices):
    """What an attachment may be, as its content says."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


class Outcome(TextChoices):
    """What is answered to Kela of a notification that was handled."""

    NEEDS_MET = "needs_met", _("handled, the needs are met")
    NOT_REACHED = "not_reached", _("handled, the customer was not reached")
    BELONGS_ELSEWHERE = "belongs_elsewhere", _("handled, the matter belongs elsewhere")


class EventKind(TextChoices):
    """What somebody did to a notification."""

    TAKEN = "taken", _("taken in progress")
    ASSIGNED = "assigned", _("assigned to a colleague")
    HANDED_BACK = "handed_back", _("handed back to the new ones")
    HANDLED = "handled", _("marked as handled")
    REOPENED = "reopened", _("reopened")
    NOTED = "noted", _("note changed")
    TRANSFERRED = "transferred", _("transferred to another municipality")
    ANSWERED = "answered", _("answered to Kela")
