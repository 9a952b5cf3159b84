"""What Kela's admins keep that belongs to no organisation."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Feedback(models.Model):
    """What somebody wrote of Kelmu: the text, the language of the page and the day. Not who."""

    sent_on = models.DateField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="feedback_says_something"),
        ]

    def __str__(self) -> str:
        return f"feedback {self.pk}"
