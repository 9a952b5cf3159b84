"""The words of payment demands, with what people read instead of them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Ground(TextChoices):
    """The laws by which Kelmu takes a demand; facts of each: data/payment_demands.toml."""

    SOCIAL_ASSISTANCE = "social_assistance_23"
    CLIENT_FEES = "client_fees_14"


class State(TextChoices):
    """How a demand stands. Whether a payment covers it belongs to each payment."""

    DRAFT = "draft", pgettext_lazy("demand", "draft")
    REGISTERED = "registered", pgettext_lazy("demand", "registered")
    RECEIVED = "received", pgettext_lazy("demand", "received by Kela")
    ACCEPTED = "accepted", pgettext_lazy("demand", "accepted")
    REJECTED = "rejected", pgettext_lazy("demand", "rejected")
    ENDED = "ended", pgettext_lazy("demand", "ended")
    VOIDED = "voided", pgettext_lazy("demand", "voided")


class Step(TextChoices):
    """What is done to a demand; each is a version of its own in the history."""

    SAVE = "save", pgettext_lazy("demand", "saved as a draft")
    REGISTER = "register", pgettext_lazy("demand", "registered")
    EDIT = "edit", pgettext_lazy("demand", "changed")
    END = "end", pgettext_lazy("demand", "ended")
    VOID = "void", pgettext_lazy("demand", "voided")
    RECEIVE = "receive", pgettext_lazy("demand", "received by Kela")
    ACCEPT = "accept", pgettext_lazy("demand", "accepted by Kela")
    REJECT = "reject", pgettext_lazy("demand", "rejected by Kela")
    TRANSFER = "transfer", pgettext_lazy("demand", "transferred to another claimant")


class Answer(TextChoices):
    """The steps that Kela takes, as its file tells them."""

    RECEIVE = Step.RECEIVE.value
    ACCEPT = Step.ACCEPT.value
    REJECT = Step.REJECT.value


class Recurrence(TextChoices):
    RECURRENT = "recurrent", _("recurrent")
    ONCE = "once", _("one-off")


class Measure(TextChoices):
    """How much of the benefit is demanded."""

    AMOUNT = "amount", _("an amount in euros")
    SHARE = "share", _("a share of the benefit")
    WHOLE = "whole", _("the whole benefit")


class Actor(TextChoices):
    """On whose side somebody stands who does something to a demand."""

    CLAIMANT = "claimant", _("the claimant")
    KELA = "kela", _("Kela")
    OPERATOR = "operator", _("the service itself")


HOLDING = (State.REGISTERED, State.RECEIVED, State.ACCEPTED, State.ENDED)
OPEN = (State.REGISTERED, State.RECEIVED, State.ACCEPTED)
WAITING = (State.REGISTERED, State.RECEIVED)
WITH_REASON = (Step.END, Step.VOID, Step.REJECT)
ANSWERS = (Step.RECEIVE, Step.ACCEPT, Step.REJECT)
