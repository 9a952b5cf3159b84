"""People of the county whose first agreement has been sent, and others whom it names."""

from audit.pseudonyms import subject_of
from organisations.models import Contact
from tests.acting import ALWAYS, organisation, owning
from tests.administration.kela import Own
from tests.agreeing import accepted

KESKI_SUOMI = "9900109-6"
SIGNATORY, DATA_PROTECTION = "030568-903M", "191179-904N"
AUTHORIZER, OTHER_AUTHORIZER, TECHNICAL = "080490-905T", "170766-906V", "300974-907Y"
NEWCOMER = "010190-902S"


def of_keski_suomi(hetu: str) -> Own:
    """Somebody of the cast, at the own pages."""
    return Own(hetu, KESKI_SUOMI)


def named(role: Contact.Role, business_id: str = KESKI_SUOMI) -> Own:
    """Somebody whom the organisation names in a role, and in no other."""
    with owning():
        Contact.objects.using("owner").create(
            organisation_id=organisation(business_id).pk,
            role=role,
            name="Uusi Nimetty",
            subject_id=subject_of(NEWCOMER),
            **accepted(ALWAYS),
        )
    return Own(NEWCOMER, business_id)
