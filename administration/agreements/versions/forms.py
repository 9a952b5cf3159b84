"""What a version says, as it is typed; what the law does not open is refused in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administration.agreements.versions.content import Chosen, Content, Offered
from administration.forms import INPUT, day, yes_or_no
from authorizations.explaining.speech import said
from authorizations.queries import cited
from benefits.reference import benefits
from kelmu.forms import CheckedForm
from kelmu.validators import without_hetu
from organisations.models import KEPT_DAYS

CHECKBOX = {"class": "ds-input"}
NARROWED = ("groups", "benefits", "fields")


def _checks(**options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple(attrs=CHECKBOX), required=False, **options
    )


def _terms(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=5000,
        required=False,
        validators=[without_hetu],
        widget=forms.Textarea(attrs=INPUT | {"rows": 4}),
    )


def _days(label: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=gettext_lazy("%(least)s–%(most)s days. Then they are removed.")
        % {"least": least, "most": most},
        widget=forms.NumberInput(attrs=INPUT | {"min": least, "max": most}),
    )


class StartForm(CheckedForm):
    """From which day on a version is to hold: what may be agreed on depends on it."""

    start = day(gettext_lazy("Day of effect"))


@dataclass(frozen=True, slots=True)
class Section:
    """The fields of one purpose, ready for the page."""

    slug: str
    name: str
    by_agreement_only: bool
    tick: Any
    laws: BoundField
    narrowing: tuple[BoundField, ...]
    months: BoundField | None
    is_open: bool

    @property
    def has_errors(self) -> bool:
        fields = [self.laws, *self.narrowing, *([self.months] if self.months else [])]
        return any(field.errors for field in fields)


class ContentForm(CheckedForm):
    """The content of a version. Its fields come from what the law opens: `choices`."""

    by_user_interface = yes_or_no(gettext_lazy("User interface, with Suomi.fi mandates"))
    by_technical_interface = yes_or_no(gettext_lazy("Technical interface, without mandates"))
    requires_case_reference = yes_or_no(gettext_lazy("A case reference is required"))
    purposes = _checks(
        label=gettext_lazy("Purposes of use"),
        error_messages={
            "invalid_choice": gettext_lazy(
                "The law does not open “%(value)s” to this type of organisation at that time."
            )
        },
    )
    documents_kept_days = _days(
        gettext_lazy("How many days documents for Kela are kept after Kela’s acknowledgement"),
        *KEPT_DAYS,
    )
    terms_fi = _terms(gettext_lazy("Terms in Finnish"))
    terms_sv = _terms(gettext_lazy("Terms in Swedish"))

    def __init__(self, choices: Mapping[str, Offered], content: Content, data: Any = None) -> None:
        super().__init__(data, initial=_initial(content))
        self.choices = choices
        purposes = self.fields["purposes"]
        purposes.choices = [(slug, one.name) for slug, one in choices.items()]  # type: ignore[attr-defined]  # it is a MultipleChoiceField
        for one in choices.values():
            self._add(one)

    def _add(self, one: Offered) -> None:
        slug = one.covered.value
        self.fields[f"{slug}-laws"] = _checks(
            label=_("Legal basis"),
            choices=[(citation, _law(one, citation)) for citation in one.laws],
            error_messages={
                "invalid_choice": _("“%(value)s” is not a law that opens this purpose.")
            },
        )
        for name, (label, words) in _narrowable(one).items():
            if words:
                self.fields[f"{slug}-{name}"] = _checks(label=label, choices=words)
        if one.opened and one.opened.look_back_months:
            self.fields[f"{slug}-months"] = _months(one.opened.look_back_months)

    def sections(self) -> Iterator[Section]:
        """The purposes in order, each with its fields."""
        for tick in self["purposes"]:
            slug = str(tick.data["value"])
            narrowing = self._there(f"{slug}-{name}" for name in NARROWED)
            months = next(iter(self._there([f"{slug}-months"])), None)
            fields = [*narrowing, *([months] if months else [])]
            yield Section(
                slug=slug,
                name=self.choices[slug].name,
                by_agreement_only=self.choices[slug].by_agreement_only,
                tick=tick,
                laws=self[f"{slug}-laws"],
                narrowing=narrowing,
                months=months,
                is_open=any(field.value() for field in fields) or any(f.errors for f in fields),
            )

    def _there(self, names: Iterable[str]) -> tuple[BoundField, ...]:
        return tuple(self[name] for name in names if name in self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("by_user_interface") or cleaned.get("by_technical_interface")):
            self.add_error(
                "by_user_interface", _("Choose the user interface, the technical one, or both.")
            )
        for slug in cleaned.get("purposes", []):
            laws = f"{slug}-laws"
            if laws not in self.errors and not cleaned.get(laws):
                text = _("%(purpose)s: name the law on which it rests.")
                self.add_error(laws, text % {"purpose": self.choices[slug].name})
        if "purposes" in cleaned and not cleaned["purposes"]:
            self.add_error("purposes", _("Choose at least one purpose of use."))
        return cleaned

    @property
    def content(self) -> Content:
        """What a valid form says."""
        given = self.cleaned_data
        return Content(
            by_user_interface=given["by_user_interface"],
            by_technical_interface=given["by_technical_interface"],
            requires_case_reference=given["requires_case_reference"],
            documents_kept_days=given["documents_kept_days"],
            terms_fi=given["terms_fi"],
            terms_sv=given["terms_sv"],
            purposes={slug: self._chosen(slug) for slug in given["purposes"]},
        )

    def _chosen(self, slug: str) -> Chosen:
        given = self.cleaned_data
        groups, withheld, fields = (tuple(given.get(f"{slug}-{name}", ())) for name in NARROWED)
        return Chosen(
            laws=frozenset(given[f"{slug}-laws"]),
            withheld_groups=groups,
            withheld_benefits=withheld,
            withheld_fields=fields,
            look_back_months=given.get(f"{slug}-months"),
        )


def _initial(content: Content) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "by_user_interface": content.by_user_interface,
        "by_technical_interface": content.by_technical_interface,
        "requires_case_reference": content.requires_case_reference,
        "documents_kept_days": content.documents_kept_days,
        "terms_fi": content.terms_fi,
        "terms_sv": content.terms_sv,
        "purposes": list(content.purposes),
    }
    for slug, chosen in content.purposes.items():
        initial |= {
            f"{slug}-laws": list(chosen.laws),
            f"{slug}-groups": list(chosen.withheld_groups),
            f"{slug}-benefits": list(chosen.withheld_benefits),
            f"{slug}-fields": list(chosen.withheld_fields),
            f"{slug}-months": chosen.look_back_months,
        }
    return initial


def _law(one: Offered, citation: str) -> str:
    name, times = cited(one.laws[citation]), one.times_of(citation)
    return f"{name} ({times})" if times else name


def _narrowable(one: Offered) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """What can be left out of a purpose: data groups, benefits, single data."""
    groups = one.opened.data_groups if one.opened else ()
    return {
        "groups": (
            _("Data groups that are left out"),
            [(group.value, said(group)) for group in groups],
        ),
        "benefits": (
            _("Benefits that are left out"),
            [(benefit.value, benefits()[benefit].title) for benefit in one.benefits],
        ),
        "fields": (
            _("Data that is left out"),
            [(field.value, said(field)) for field in one.fields],
        ),
    }


def _months(most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("How many months back, if fewer"),
        min_value=1,
        max_value=most,
        required=False,
        help_text=_("The law’s limit is %(months)s months.") % {"months": most},
        widget=forms.NumberInput(attrs=INPUT | {"min": 1, "max": most}),
    )
