"""Words that several rooms use of a customer's matters."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReductionGround(TextChoices):
    """Why the basic amount of social assistance is reduced (act 1412/1997 10 §)."""

    REFUSED_WORK = "refused_work", _("refused work or an employment service")
    EMPLOYMENT_POLICY = "employment_policy", _("reproachable conduct in employment policy")
    INTEGRATION_PLAN = "integration_plan", _("neglected the integration plan")
    CALL_TO_ACT = "call_to_act", _("did not act on the call to act")
