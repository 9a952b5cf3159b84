"""What the log knows of the people of an organisation, without their logging in."""

from datetime import date
from uuid import UUID

from pytest_django.fixtures import Settings

from audit import services as log
from audit.models import ActKind
from audit.pseudonyms import subject_of
from authorizations.models import Official
from authorizations.rulebook import Mandate
from tests import acting
from tests.acting import PIRKANMAA
from tests.harness import TODAY

AUTHORIZER = "170868-9664"  # Veikko of Pirkanmaa
COLLEAGUE = "211190-933R"
BENEFITS = Mandate.BENEFITS_AND_PAYMENT_DEMANDS
NOTIFICATIONS = Mandate.SOCIAL_ASSISTANCE_CUSTOMERS
MATERIALS = Mandate.LABOUR_MARKET_SUBSIDY_MATERIALS  # opens nothing to a county


def told(
    settings: Settings,
    day: date,
    *mandates: Mandate,
    hetu: str = COLLEAGUE,
    name: str = "Eetu Etuuskäsittelijä",
    business_id: str = PIRKANMAA,
) -> UUID:
    """Somebody chose the organisation on the day, and Suomi.fi told of these mandates."""
    organisation, subject = acting.organisation(business_id), subject_of(hetu)
    act = ActKind.SELECT_ORGANISATION if mandates else ActKind.ACT_BY_ROLE
    _write(settings, day, act, organisation.pk, subject, mandates)
    Official.objects.get_or_create(
        organisation=organisation, subject=subject, defaults={"name": name}
    )
    return subject


def used(settings: Settings, day: date, mandate: Mandate, hetu: str = COLLEAGUE) -> None:
    """The person of Pirkanmaa opened a customer on the day by the mandate."""
    organisation = acting.organisation(PIRKANMAA)
    _write(settings, day, ActKind.OPEN, organisation.pk, subject_of(hetu), [mandate], "mandate")


def _write(
    settings: Settings,
    day: date,
    act: ActKind,
    organisation_id: int,
    actor: UUID,
    mandates: tuple[Mandate, ...] | list[Mandate],
    office: str = "",
) -> None:
    settings.KELMU_TODAY = day
    log.act_for(organisation_id)
    log.write(
        log.Row(
            act=act,
            organisation_id=organisation_id,
            actor=actor,
            mandates=tuple(mandates),
            office=office,
        )
    )
    settings.KELMU_TODAY = TODAY
