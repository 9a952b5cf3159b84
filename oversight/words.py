"""What a reviewer can find."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Conclusion(models.TextChoices):
    """What came of checking one act. All but one of them end the review."""

    IN_ORDER = "in_order", _("In order")
    NEEDS_EXPLAINING = "needs_explaining", _("Needs explaining")
    MISTAKE = "mistake", _("A mistake: the user was instructed")
    MISUSE_SUSPECTED = "misuse_suspected", _("Misuse suspected")


OPEN = {Conclusion.NEEDS_EXPLAINING}  # somebody was asked; the act is still to be judged
