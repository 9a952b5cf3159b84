"""What must have passed before an agreement is put into use: one list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from administration.commissioning.queries import security_is_assessed
from administration.preview.queries import accepted
from kelmu.dates import valid_on
from organisations.models import Agreement, AgreementVersion


@dataclass(frozen=True, slots=True)
class Gate:
    """Something that must hold of an agreement for a day of use, in words."""

    label: Promise
    missing: Promise
    has_passed: Callable[[Agreement, date], bool]


def _is_signed(agreement: Agreement, day: date) -> bool:
    return agreement.step == Agreement.Step.SIGNED_BY_KELA


def version_on(agreement: Agreement, day: date) -> AgreementVersion | None:
    """The approved version that holds on the day."""
    return agreement.versions.filter(valid_on(day)).first()


def _has_version(agreement: Agreement, day: date) -> bool:
    return version_on(agreement, day) is not None


def _is_tested(agreement: Agreement, day: date) -> bool:
    version = version_on(agreement, day)
    return version is not None and accepted(version)


def _is_secure(agreement: Agreement, day: date) -> bool:
    return security_is_assessed(agreement.organisation_id, day)


GATES = (
    Gate(
        _("Signed by both"),
        _("The agreement has not been signed by both."),
        _is_signed,
    ),
    Gate(
        _("An approved version that holds on the day"),
        _("No approved version holds on that day."),
        _has_version,
    ),
    Gate(
        _("Preview tested and accepted"),
        _("The preview of the version has not been accepted."),
        _is_tested,
    ),
    Gate(
        _("The seven points of data security assessed"),
        _("The organisation has not found all seven points of data security in order."),
        _is_secure,
    ),
)


def closed(agreement: Agreement, day: date) -> list[Gate]:
    """The gates that the agreement has not passed for the day."""
    return [gate for gate in GATES if not gate.has_passed(agreement, day)]
