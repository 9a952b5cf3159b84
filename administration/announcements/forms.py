"""What Kela's admins write of a break or of news."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administration.announcements.queries import break_within
from kelmu import clock
from kelmu.forms import CheckedForm
from kelmu.log_lines import HETU
from kelmu.models import Announcement
from kelmu.validators import of_our_time

LONGEST_BREAK = timedelta(days=14)
MOST_DAYS_BEFORE = 60
MOMENT = "%Y-%m-%dT%H:%M"
MOMENTS = [MOMENT, "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M", "%d.%m.%Y klo %H.%M", "%d.%m.%Y kl. %H.%M"]
TEXT = forms.Textarea(attrs={"class": "ds-input", "rows": 3, "autocomplete": "off"})


class MomentField(forms.DateTimeField):
    """A day with its time, in Finnish time."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            input_formats=MOMENTS,
            validators=[of_our_time],
            widget=forms.DateTimeInput(
                format=MOMENT, attrs={"type": "datetime-local", "class": "ds-input"}
            ),
            error_messages={
                "required": gettext_lazy("Write the day and the time."),
                "invalid": gettext_lazy(
                    "This is not a day with a time. Write it as 29.12.2022 18.00."
                ),
            },
        )


class TextField(forms.CharField):
    """What readers are told in one language."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            max_length=500,
            widget=TEXT,
            error_messages={"required": gettext_lazy("Write the text in each language.")},
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if HETU.search(text):
            raise forms.ValidationError(_("Leave the personal identity code out."))
        return text


class NewsForm(CheckedForm):
    """News: from when until when it is shown, and its text."""

    starts_at = MomentField(gettext_lazy("Begins"))
    ends_at = MomentField(gettext_lazy("Ends"))
    text_fi = TextField(gettext_lazy("Text in Finnish"))
    text_sv = TextField(gettext_lazy("Text in Swedish"))
    text_en = TextField(gettext_lazy("Text in English"))

    def __init__(self, *args: Any, known: Announcement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        starts_at, ends_at = told.get("starts_at"), told.get("ends_at")
        if starts_at and ends_at:
            self.check_period(starts_at, ends_at)
            told["period"] = DateTimeTZRange(starts_at, ends_at)
        return told

    def check_period(self, starts_at: datetime, ends_at: datetime) -> None:
        """Tells what is wrong with the two together."""
        if ends_at <= starts_at:
            self.add_error("ends_at", _("The end is not after the beginning."))
        elif ends_at <= clock.now():
            self.add_error("ends_at", _("The end has passed already."))


class BreakForm(NewsForm):
    """A break: from when until when the service is closed, and how long before it is told."""

    days_before = forms.IntegerField(
        label=gettext_lazy("Days beforehand that pages tell of it"),
        min_value=0,
        max_value=MOST_DAYS_BEFORE,
        widget=forms.NumberInput(attrs={"class": "ds-input"}),
        error_messages={"required": gettext_lazy("Write how many days beforehand.")},
    )
    field_order = ("starts_at", "ends_at", "days_before", "text_fi", "text_sv", "text_en")

    def check_period(self, starts_at: datetime, ends_at: datetime) -> None:
        super().check_period(starts_at, ends_at)
        if ends_at - starts_at > LONGEST_BREAK:
            self.add_error("ends_at", _("A break lasts at most 14 days. Check the days."))
        other = break_within(starts_at, ends_at, known=self.known)
        if other and ends_at > starts_at:
            message = _("There is another break at that time: %(when)s.") % {"when": other.when}
            self.add_error("starts_at", message)


FORMS: dict[str, type[NewsForm]] = {
    Announcement.Kind.BREAK: BreakForm,
    Announcement.Kind.NEWS: NewsForm,
}
