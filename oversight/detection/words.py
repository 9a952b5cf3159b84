"""By what an act stands out, in words: what was seen, and never what to think of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oversight.detection.signs import Kind

SAID: Mapping[Kind, Promise] = {
    Kind.SAME_SURNAME: _("The customer and the person have the same surname."),
    Kind.COLLEAGUE: _("The customer works in the same organisation."),
    Kind.NO_MATTER_HERE: _(
        "The customer lives elsewhere, and no notification or demand ties them to the organisation."
    ),
    Kind.BURST: _(
        "The person looked up %(customers)s customers within an hour; %(usual)s is usual."
    ),
    Kind.UNUSUAL_HOUR: _("At %(hour)s o’clock, when the person hardly ever uses Kelmu."),
    Kind.FAR_BACK: _(
        "Looked %(months)s months back, further than is usual for the purpose of use."
    ),
    Kind.MISSES: _("%(misses)s searches within an hour found nobody."),
    Kind.MANY_LOOKED: _("%(people)s people looked the same customer up within two weeks."),
    Kind.NO_REFERENCE: _(
        "There is no case reference; the person gives one in %(given)s of 100 searches."
    ),
    Kind.SHARED_REFERENCE: _("The same case reference stands on %(customers)s customers."),
    Kind.AGAIN_WITHOUT_REFERENCE: _(
        "The customer was looked up %(times)s times on different days, hardly ever with a case"
        " reference."
    ),
}

LOOKED_FOR: Mapping[Kind, Promise] = {
    Kind.SAME_SURNAME: _("the person has the same surname as the customer"),
    Kind.COLLEAGUE: _("the customer works in the same organisation"),
    Kind.NO_MATTER_HERE: _("the customer has no matter in the organisation’s area"),
    Kind.BURST: _("many customers within an hour"),
    Kind.UNUSUAL_HOUR: _("an hour at which the person hardly ever uses Kelmu"),
    Kind.FAR_BACK: _("a look further back than the purpose of use usually needs"),
    Kind.MISSES: _("several searches that find nobody"),
    Kind.MANY_LOOKED: _("many people looking at the same customer"),
    Kind.NO_REFERENCE: _("no case reference, though the person usually gives one"),
    Kind.SHARED_REFERENCE: _("the same case reference on many customers"),
    Kind.AGAIN_WITHOUT_REFERENCE: _("a customer looked up again and again without a reference"),
}


def said(sign: Mapping[str, Any]) -> str:
    """A sign as a flag keeps it, in a sentence; one that is not known any more as it stands."""
    kind = sign["kind"]
    return str(SAID[Kind(kind)]) % sign if kind in set(Kind) else str(kind)
