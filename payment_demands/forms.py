"""What is asked of a demand, in the order of thinking. The server checks; nothing typed is lost."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import Any, cast, override
from uuid import UUID, uuid4

from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from authorizations.queries import cited
from authorizations.rights import Right
from benefits.forms import DayField
from benefits.reference import BenefitFacts, benefits
from customers.forms import SearchForm
from kelmu.dates import months_before
from kelmu.forms import INPUT, choice_field, text_field
from organisations.models import Municipality, Payee
from payment_demands.attention import Filters
from payment_demands.models import Demand
from payment_demands.reference import reference
from payment_demands.terms import Terms, last_of
from payment_demands.words import Ground, Measure, Recurrence, State

BLANKS = re.compile(r"[\s\u00a0€%]")
FIGURE = re.compile(r"[0-9]{1,9}([.,][0-9]{1,2})?")
OFFERED = _("Choose one of those that are offered.")


class FigureField(forms.Field):
    """Euros or hundredths, with a comma or a point and at most two decimals."""

    def __init__(self, label: Any, **options: Any) -> None:
        widget = forms.TextInput(attrs=INPUT | {"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, required=False, widget=widget, **options)

    @override
    def to_python(self, value: Any) -> Any:
        figure = BLANKS.sub("", value or "")
        if not figure:
            return None
        if not FIGURE.fullmatch(figure):
            raise forms.ValidationError(
                _("Write the figure with at most two decimals, such as 1234,56."), code="invalid"
            )
        return Decimal(figure.replace(",", ".")).quantize(Decimal("0.01"))


class DemandSearchForm(SearchForm):
    """Whose demands; no purpose is chosen."""

    def __init__(self, right: Right, *args: Any, **kwargs: Any) -> None:
        super().__init__(right, [], *args, **kwargs)
        del self.fields["purpose"]


class DemandForm(forms.Form):
    """The terms of a demand by one law."""

    benefit = choice_field(_("Benefit"), _("Choose a benefit that can be demanded by this law."))
    first = DayField(_("From"))
    last = DayField(_("Until (leave empty if until further notice)"))
    recurrence = choice_field(
        _("How often"), _("Choose how often."), Recurrence.choices, initial=Recurrence.RECURRENT
    )
    measure = choice_field(
        _("Amount, share or whole"), _("Choose how much."), Measure.choices, initial=Measure.AMOUNT
    )
    amount = FigureField(_("Amount, euros (a month, or once)"))
    share = FigureField(_("Share, per cent"))
    advance_first = DayField(_("Assistance paid in advance from the month of"))
    advance_last = DayField(_("until the month of"))
    advance_total = FigureField(_("Assistance paid in advance in all, euros"))
    municipality = choice_field(
        _("For which municipality"), _("Choose the municipality for which the demand is made.")
    )
    payee = choice_field(_("Account"), _("Choose one of your organisation’s accounts."))
    statement = text_field(_("Grounds"), 2000, rows=4, required=False)
    reference = text_field(
        _("Reference"), 60, required=False, help_text=_("Kela writes it in the payment.")
    )
    contact_name = text_field(
        _("Contact person"), 120, error_messages={"required": _("Tell whom Kela may ask.")}
    )
    contact_phone = text_field(
        _("Phone of the contact person"),
        30,
        error_messages={"required": _("Tell the phone number of the contact person.")},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        ground: Ground,
        *args: Any,
        offered: Iterable[BenefitFacts],
        paid: frozenset[str],
        municipalities: Iterable[Municipality],
        payees: Iterable[Payee],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ground = ground
        self._offer("benefit", _grouped(offered, paid))
        self._offer("municipality", [(one.code, one.name) for one in municipalities])
        accounts = [(str(one.pk), _account(one)) for one in payees]
        self.has_accounts = bool(accounts)
        self._offer("payee", accounts)
        if ground is not Ground.SOCIAL_ASSISTANCE:
            for name in ("advance_first", "advance_last", "advance_total"):
                del self.fields[name]

    def _offer(self, name: str, choices: list[Any]) -> None:
        one = len(choices) == 1 and isinstance(choices[0][1], str)
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = choices if one else [("", "–"), *choices]

    @override
    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("first") and "first" not in self.errors:
            self.add_error("first", _("Tell the first day that the demand concerns."))
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            self.add_error("last", _("The period ends before it begins."))
        begun, until = told.get("advance_first"), told.get("advance_last")
        if begun and until and until < begun:
            self.add_error("advance_last", _("The period ends before it begins."))
        return told

    @property
    def is_complete(self) -> bool:
        """Whether every field was told well enough, so that there are terms."""
        return self.is_bound and all(name in self.cleaned_data for name in self.fields)

    @property
    def terms(self) -> Terms:
        """What was asked for, once the form is valid."""
        return terms_of(self.ground, self.cleaned_data)


def terms_of(ground: Ground, told: Mapping[str, Any]) -> Terms:
    """The terms that the fields of the form tell, by their names."""
    last, measure = told["last"], Measure(told["measure"])
    return Terms(
        ground=ground,
        benefit=told["benefit"],
        municipality=told["municipality"],
        payee=int(told["payee"]),
        period=DateRange(told["first"], last + timedelta(days=1) if last else None),
        recurrence=Recurrence(told["recurrence"]),
        measure=measure,
        amount=told["amount"] if measure is Measure.AMOUNT else None,
        share=told["share"] if measure is Measure.SHARE else None,
        advance_period=_months(told.get("advance_first"), told.get("advance_last")),
        advance_total=told.get("advance_total"),
        reference=told["reference"],
        contact_name=told["contact_name"],
        contact_phone=told["contact_phone"],
        statement=told["statement"],
    )


def _months(first: date | None, last: date | None) -> DateRange | None:
    """Whole months; None as long as both are not told."""
    if not first or not last:
        return None
    return DateRange(first.replace(day=1), months_before(last.replace(day=1), -1))


def _grouped(offered: Iterable[BenefitFacts], paid: frozenset[str]) -> list[Any]:
    rows = sorted(offered, key=lambda one: one.title)
    now = [(one.slug, one.title) for one in rows if one.slug in paid]
    others = [(one.slug, one.title) for one in rows if one.slug not in paid]
    groups = [(_("Paid by Kela or applied for"), now), (_("Others"), others)]
    return [group for group in groups if group[1]]


def _account(payee: Payee) -> str:
    return f"{payee.name}, {payee.iban}"


def possible_benefits(ground: Ground, on: date) -> list[BenefitFacts]:
    """Those that the law allows now or did in the past year, for what is demanded afterwards."""
    told = reference()
    found = {one.slug: one for one in told.benefits_of(ground, months_before(on, 12))}
    return list((found | {one.slug: one for one in told.benefits_of(ground, on)}).values())


def initial_of(terms: Terms, *, token: UUID, seen: int) -> dict[str, Any]:
    """A demand as the form shows it."""
    advance = terms.advance_period
    return {
        "benefit": terms.benefit,
        "first": terms.first,
        "last": last_of(terms.period),
        "recurrence": terms.recurrence,
        "measure": terms.measure,
        "amount": _figure(terms.amount),
        "share": _figure(terms.share),
        "advance_first": advance.lower if advance else None,
        "advance_last": last_of(advance) if advance else None,
        "advance_total": _figure(terms.advance_total),
        "municipality": terms.municipality,
        "payee": str(terms.payee),
        "statement": terms.statement,
        "reference": terms.reference,
        "contact_name": terms.contact_name,
        "contact_phone": terms.contact_phone,
        "token": token,
        "seen": seen,
    }


def initial_new(right: Right) -> dict[str, Any]:
    """An empty form, with what is known."""
    return {"token": uuid4(), "contact_name": right.user_name, "seen": 0}


def _figure(value: Decimal | None) -> str:
    return f"{value:.2f}".replace(".", ",") if value is not None else ""


class ReasonForm(forms.Form):
    """Why, and which version was read."""

    reason = text_field(
        _("Reason"), 500, error_messages={"required": _("Tell the reason.")}, rows=3
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def words(self) -> dict[str, Any]:
        """What the service asks for, once the form is valid."""
        return {"reason": self.cleaned_data["reason"], "seen": self.cleaned_data["seen"]}


class EndForm(ReasonForm):
    """The last day of a demand, and why it ends."""

    field_order = ("last", "reason", "seen")
    last = DayField(_("Last day of the demand"))

    def __init__(self, period: DateRange, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.period = period

    @property
    @override
    def words(self) -> dict[str, Any]:
        """The same with the first day that the demand no longer concerns."""
        return super().words | {"upper": self.cleaned_data["last"] + timedelta(days=1)}

    def clean_last(self) -> date:
        last: date | None = self.cleaned_data["last"]
        if last is None:
            raise forms.ValidationError(_("Tell the last day of the demand."), code="required")
        if last < self.period.lower:
            raise forms.ValidationError(
                _("The demand has not begun by then. Void it instead."), code="before"
            )
        if self.period.upper and last >= self.period.upper:
            raise forms.ValidationError(_("The demand ends before that day."), code="after")
        return last


def posted(form: QueryDict) -> list[tuple[str, str]]:
    """What a form sent, for a page that sends the same again."""
    return [
        (name, value)
        for name, value in form.items()
        if name not in {"do", "csrfmiddlewaretoken"} and isinstance(value, str)
    ]


class OverviewForm(forms.Form):
    """By state, benefit, law, period, handler and account, asked by GET."""

    state = choice_field(_("State"), OFFERED, required=False)
    benefit = choice_field(_("Benefit"), OFFERED, required=False)
    ground = choice_field(_("Law"), OFFERED, required=False)
    since = DayField(_("From"))
    until = DayField(_("Until"))
    handler = text_field(_("Handler"), 60, required=False)
    payee = choice_field(_("Account"), OFFERED, required=False)
    only_attention = forms.BooleanField(
        label=_("Only what needs attention"),
        required=False,
        widget=forms.CheckboxInput(attrs=INPUT),
    )

    def __init__(self, right: Right, asked: QueryDict) -> None:
        super().__init__(asked)
        told = reference()
        slugs = {row.benefit for row in told.matrix}
        of_benefits = [(slug, one.title) for slug, one in benefits().items() if slug in slugs]
        laws = [(ground, cited(one.law)) for ground, one in told.grounds.items()]
        payees = Payee.objects.filter(pk__in=Demand.objects.values("payee"))
        self._offer("state", State.choices)
        self._offer("benefit", sorted(of_benefits, key=itemgetter(1)))
        self._offer("ground", laws)
        self._offer("payee", [(str(one.pk), _account(one)) for one in payees.order_by("name")])

    def _offer(self, name: str, choices: Iterable[Any]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = [("", _("All")), *choices]

    @property
    def filters(self) -> Filters:
        """What was asked for, as far as it makes sense."""
        self.full_clean()
        told = self.cleaned_data
        return Filters(**{name: told[name] for name in self.fields if name in told})
