"""Reads what is previewed, and what was tested of it."""

from datetime import date

from django.db.models import CharField, F, Func, QuerySet

from organisations.models import AgreementVersion, PreviewAcceptance, PreviewCheck

CONTENT = Func(
    F("version_id"), function="organisations_content", output_field=CharField()
)  # of the version as it reads now


def versions() -> "QuerySet[AgreementVersion]":
    """Versions with the agreement and the organisation that a preview names."""
    return AgreementVersion.objects.select_related("agreement__organisation")


def day_of_effect(version: AgreementVersion) -> date:
    """The day from which a version is to hold, or holds."""
    first: date = (version.validity or version.wanted).lower
    return first


def accepted(version: AgreementVersion) -> bool:
    """Whether the preview of the version passed as the version reads now."""
    return acceptance_of(version) is not None


def acceptance_of(version: AgreementVersion) -> PreviewAcceptance | None:
    """Who accepted the preview of the version as it reads now, and when; None if nobody did."""
    return PreviewAcceptance.objects.filter(version=version.pk, content=CONTENT).first()


def checks_of(version: AgreementVersion) -> dict[str, PreviewCheck]:
    """The points that somebody ticked of the version as it reads now, by their slugs."""
    checks = PreviewCheck.objects.filter(version=version.pk, content=CONTENT)
    return {check.point: check for check in checks}
