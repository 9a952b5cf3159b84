"""What Kela enters of an organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.fi import ytunnus

from administration.forms import INPUT, PeriodForm, day, select, text
from kelmu import clock
from kelmu.forms import CheckedForm
from organisations.models import County, Municipality, Organisation, validate_business_id

type_ = Organisation.Type
CHOOSE = ("", _("– choose –"))


class FindForm(CheckedForm):
    """Which organisations the list shows."""

    text = text(
        _("Name, business ID, municipality or county"),
        60,
        required=False,
        help_text=_("Former names and codes of the register find too."),
    )
    kind = forms.ChoiceField(
        label=_("Type"),
        choices=[("", _("all")), *Organisation.Type.choices],
        required=False,
        widget=select(),
    )
    agreed = forms.TypedChoiceField(
        label=_("Agreement"),
        choices=[("", _("all")), ("yes", _("in force")), ("no", _("none in force"))],
        coerce=lambda chosen: chosen == "yes",
        empty_value=None,
        required=False,
        widget=select(),
    )


class BusinessIdField(forms.CharField):
    """A business ID, with or without its hyphen."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label=label, max_length=12, widget=forms.TextInput(attrs=INPUT), **options)

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if not typed:
            return ""
        business_id: str = ytunnus.format(typed) if ytunnus.is_valid(typed) else typed
        validate_business_id(business_id)
        return business_id


class OrganisationForm(CheckedForm):
    """What stands of an organisation, and may change."""

    name_fi = text(_("Name in Finnish"), 120)
    name_sv = text(_("Name in Swedish"), 120)
    type = forms.ChoiceField(
        label=_("Type"), choices=[CHOOSE, *Organisation.Type.choices], widget=select()
    )
    county = forms.ModelChoiceField(
        County.objects.all(),
        label=_("County"),
        required=False,
        empty_label=_("none"),
        help_text=_("Of a wellbeing services county."),
        widget=select(),
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by("name_fi"),
        label=_("Municipality"),
        required=False,
        empty_label=_("none"),
        help_text=_("Of a municipality, and of Helsinki."),
        widget=select(),
    )
    street = text(_("Street address or post box"), 120, required=False)
    postal_code = forms.CharField(
        label=_("Postal code"),
        max_length=5,
        required=False,
        validators=Organisation._meta.get_field("postal_code").validators,  # noqa: SLF001 - Django's documented name
        widget=forms.TextInput(attrs=INPUT | {"inputmode": "numeric"}),
    )
    post_office = text(_("Post office"), 60, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("type")
        if kind:
            self._serves(cleaned, "county", is_wanted=kind == type_.WELLBEING_COUNTY)
            is_municipality = kind in {type_.MUNICIPALITY, type_.HELSINKI}
            self._serves(cleaned, "municipality", is_wanted=is_municipality)
        return cleaned

    def _serves(self, cleaned: dict[str, Any], field: str, *, is_wanted: bool) -> None:
        """An organisation serves what its type says, and nothing else."""
        if is_wanted and not cleaned.get(field):
            self.add_error(field, _("An organisation of this type has one: choose it."))
        elif cleaned.get(field) and not is_wanted:
            self.add_error(field, _("An organisation of this type has none: choose “none”."))


class NewOrganisationForm(OrganisationForm):
    """An organisation that Kelmu does not know yet."""

    business_id = BusinessIdField(_("Business ID"), help_text=_("Such as 1234567-1."))
    first = day(_("First day"), initial=clock.today)

    field_order = ["business_id"]

    def clean_business_id(self) -> str:
        business_id: str = self.cleaned_data["business_id"]
        known = Organisation.objects.filter(business_id=business_id).first()
        if known:
            raise forms.ValidationError(
                _("This business ID is already that of %(name)s."), params={"name": known.name}
            )
        return business_id


class ChangedOrganisationForm(OrganisationForm):
    """An organisation that is known, as it is from now on."""

    renamed_on = day(
        _("The new name holds from"),
        required=False,
        help_text=_(
            "The former name is kept until that day. Leave it empty when the name does not change, "
            "or a misspelling is corrected."
        ),
    )

    field_order = ["name_fi", "name_sv", "renamed_on"]


class EndForm(CheckedForm):
    """When an organisation ends, and which one takes its place."""

    last = day(
        _("Last day"),
        required=False,
        help_text=_("Leave it empty when the organisation goes on."),
    )
    successor = BusinessIdField(
        _("Business ID of the organisation that it is merged into"), required=False
    )

    def clean_successor(self) -> Organisation | None:
        business_id = self.cleaned_data["successor"]
        if not business_id:
            return None
        successor = Organisation.objects.filter(business_id=business_id).first()
        if successor is None:
            raise forms.ValidationError(
                _("Kelmu knows no organisation of this business ID. Register it first.")
            )
        return successor

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("successor") and "last" in cleaned and not cleaned["last"]:
            self.add_error("last", _("An organisation that is merged has a last day."))
        return cleaned


class ServeForm(PeriodForm):
    """A municipality for which the organisation acts, and when."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by("name_fi"),
        label=_("Municipality"),
        empty_label=_("– choose –"),
        widget=select(),
    )

    field_order = ["municipality"]


class LastDayForm(CheckedForm):
    """The day on which something ends."""

    last = day(_("Last day"), initial=clock.today)
