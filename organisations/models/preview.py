"""What Kela tested of a version in the preview, and who accepted it.

`content` is a digest of what the version says, which the database fills in: what was ticked or
accepted of another content counts no more.
"""

from django.db import models

from organisations.models.agreements import AgreementVersion


class PreviewMark(models.Model):
    """Somebody's word on a version as it was then."""

    content = models.CharField(max_length=32, editable=False)  # md5, organisations_content()
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True


class PreviewCheck(PreviewMark):
    """A point of the checklist that somebody tested and found in order."""

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="preview_checks")
    point = models.CharField(max_length=120)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "content", "point"], name="a_point_is_ticked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.point} of {self.version_id}"


class PreviewAcceptance(PreviewMark):
    """That the whole test passed, by somebody who ticked no point of it."""

    version = models.ForeignKey(
        AgreementVersion, models.PROTECT, related_name="preview_acceptances"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "content"], name="a_preview_is_accepted_once"
            )
        ]

    def __str__(self) -> str:
        return f"preview of {self.version_id} accepted"
