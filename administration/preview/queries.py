"""Reads what was tested of a version in the preview."""

from django.db.models import CharField, F, Func

from organisations.models import AgreementVersion, PreviewAcceptance

CONTENT = Func(
    F("version_id"), function="organisations_content", output_field=CharField()
)  # of the version as it reads now


def accepted(version: AgreementVersion) -> bool:
    """Whether the preview of the version passed as the version reads now."""
    return acceptance_of(version) is not None


def acceptance_of(version: AgreementVersion) -> PreviewAcceptance | None:
    """Who accepted the preview of the version as it reads now, and when; None if nobody did."""
    return PreviewAcceptance.objects.filter(version=version.pk, content=CONTENT).first()
