"""Payment demands as ready text."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from authorizations.queries import cited, spoken
from benefits.reference import benefits
from kelmu.dates import last_day, read_day
from kelmu.formats import UNBROKEN, amount, day, decimal, moment, period
from kelmu.tables import Column, Table
from organisations.models import Municipality, Payee
from payment_demands.distribution import Outcome, Part, Why
from payment_demands.models import Demand, Version
from payment_demands.queries import THIS, Shared, account_of, former_account_until
from payment_demands.reference import reference
from payment_demands.terms import COLUMNS, Terms, last_of
from payment_demands.words import Ground, Measure, Recurrence, State, Step

NOTHING = "–"
OUTCOMES = {
    Outcome.COVERED: gettext_lazy("covered"),
    Outcome.PARTLY: gettext_lazy("partly covered"),
    Outcome.NOT_COVERED: gettext_lazy("not covered"),
}
REASONS = {
    Why.ENOUGH: gettext_lazy("the payment suffices"),
    Why.NOTHING_LEFT_TO_DEMAND: gettext_lazy("nothing is left to be demanded"),
    Why.OTHERS_FIRST: gettext_lazy("demands before it in the order take the rest"),
    Why.PROTECTED: gettext_lazy("the law protects the rest for the customer"),
    Why.TOO_SMALL: gettext_lazy("the payment is smaller than the demand"),
}
LABELS = {
    "ground": gettext_lazy("Law"),
    "benefit": gettext_lazy("Benefit"),
    "period": gettext_lazy("Period"),
    "recurrence": gettext_lazy("How often"),
    "measure": gettext_lazy("How much"),
    "advance_period": gettext_lazy("Months of the advance"),
    "advance_total": gettext_lazy("Advance in all"),
    "municipality": gettext_lazy("Municipality"),
    "payee": gettext_lazy("Account"),
    "statement": gettext_lazy("Grounds"),
    "reference": gettext_lazy("Reference"),
    "contact": gettext_lazy("Contact person"),
}


def law_of(ground: str) -> str:
    """The law of a demand, as it is cited."""
    return cited(reference().grounds[Ground(ground)].law)


def how_much(terms: Terms) -> str:
    """300,00 € a month; 50 per cent of the benefit; the whole benefit."""
    if terms.amount is not None:
        once = terms.recurrence is Recurrence.ONCE
        text = _("%(euros)s once") if once else _("%(euros)s a month")
        return text % {"euros": amount(terms.amount)}
    if terms.share is not None:
        return _("%(share)s per cent of the benefit") % {"share": decimal(terms.share)}
    return str(Measure.WHOLE.label)


def span(of: DateRange | None) -> str:
    return period(of.lower, last_day(of.upper)) if of else NOTHING


def account(payee: Payee) -> str:
    """Name, address and account number, in groups of four."""
    iban = " ".join(payee.iban[place : place + 4] for place in range(0, len(payee.iban), 4))
    address = f"{payee.street}, {payee.postal_code} {payee.post_office}" if payee.street else ""
    return ", ".join(filter(None, [payee.name, address, iban.replace(" ", UNBROKEN)]))


def told(terms: Terms) -> dict[str, str]:
    """Each thing that a demand says, by the keys of LABELS."""
    payee = Payee.objects.filter(pk=terms.payee).first()
    municipality = Municipality.objects.filter(pk=terms.municipality).first()
    texts = {
        "ground": law_of(terms.ground),
        "benefit": benefits()[terms.benefit].title,
        "period": span(terms.period),
        "recurrence": str(terms.recurrence.label),
        "measure": how_much(terms),
        "municipality": municipality.name if municipality else NOTHING,
        "payee": account(payee) if payee else NOTHING,
        "statement": terms.statement or NOTHING,
        "reference": terms.reference or NOTHING,
        "contact": f"{terms.contact_name}, {terms.contact_phone}",
    }
    if terms.advance_period:
        texts["advance_period"] = span(terms.advance_period)
        texts["advance_total"] = amount(terms.advance_total or Decimal(0))
    return {key: texts[key] for key in LABELS if key in texts}


def facts(terms: Terms) -> list[tuple[str, str]]:
    """The same with their labels, in the order of thinking."""
    return [(str(LABELS[key]), text) for key, text in told(terms).items()]


def list_of(demands: Sequence[Demand]) -> list[dict[str, Any]]:
    """A customer's demands, one row each."""
    return [
        {
            "id": demand.pk,
            "benefit": benefits()[demand.benefit_id].title,
            "law": law_of(demand.ground),
            "period": span(demand.period),
            "how_much": how_much(Terms.of(demand)),
            "state": state_of(demand),
            "payee": demand.payee.name,
            "handler": demand.handler_name or NOTHING,
            "new": demand.has_new_answer,
        }
        for demand in demands
    ]


def state_of(demand: Demand) -> str:
    """The state in words, with the day of the last step; a transfer leaves the state as it was."""
    told = {
        "state": State(demand.state).label,
        "step": Step(demand.step).label,
        "day": day(demand.changed_on),
    }
    if demand.step == Step.TRANSFER:
        return _("%(state)s, %(step)s %(day)s") % told
    return _("%(state)s %(day)s") % told


def history(versions: Sequence[Version]) -> Table:
    """Each version in a column of its own: who, when, what; what changed is marked."""
    columns = [told(terms_of(version)) for version in versions]
    rows: list[Sequence[str]] = [
        (_("When"), *(moment(version.at) for version in versions)),
        (_("Who"), *(version.by_name or str(_("Kela")) for version in versions)),
        (_("What"), *(str(Step(version.step).label) for version in versions)),
        (_("State"), *(str(State(version.state).label) for version in versions)),
        (_("Reason"), *(version.reason or NOTHING for version in versions)),
    ]
    for key, label in LABELS.items():
        texts = [column.get(key, NOTHING) for column in columns]
        if set(texts) != {NOTHING}:
            rows.append((str(label), *_marked(texts)))
    return Table(
        caption=_("History"),
        columns=[
            Column(_("What the demand says")),
            *(Column(_("Version %(number)s") % {"number": one.number}) for one in versions),
        ],
        rows=rows,
        empty="",
    )


def happened(versions: Iterable[Version]) -> list[str]:
    """What was done to a demand, when, by whom and why: a sentence for each version."""
    return [_sentence(version) for version in versions]


def _sentence(version: Version) -> str:
    sentence = {
        Step.END: _("%(who)s ended the demand on %(when)s. Its last day is %(last)s."),
        Step.VOID: _("%(who)s voided the demand on %(when)s."),
        Step.RECEIVE: _("Kela received the demand on %(when)s."),
        Step.ACCEPT: _("Kela accepted the demand on %(when)s."),
        Step.REJECT: _("Kela rejected the demand on %(when)s."),
        Step.REGISTER: _("%(who)s registered the demand on %(when)s."),
        Step.TRANSFER: _("The demand was transferred to another claimant on %(when)s."),
    }.get(Step(version.step), _("%(who)s changed the demand on %(when)s."))
    last = last_of(terms_of(version).period)
    told = {"who": version.by_name, "when": moment(version.at), "last": day(last) if last else ""}
    reason = _("Reason: %(reason)s") % {"reason": version.reason} if version.reason else ""
    return " ".join(filter(None, [sentence % told, reason]))


def _marked(texts: Sequence[str]) -> list[str]:
    """What differs from the version before it says so in words, too."""
    before = [texts[0], *texts]
    pairs = zip(texts, before, strict=False)
    return [
        text if text == old else _("%(text)s (changed)") % {"text": text} for text, old in pairs
    ]


def terms_of(version: Version) -> Terms:
    """The terms of a demand as a version keeps them, in JSON."""
    content = {name: version.content[column] for name, column in COLUMNS.items()}
    for name in ("period", "advance_period"):
        content[name] = _read_period(content[name])
    for name in ("amount", "share", "advance_total"):
        content[name] = None if content[name] is None else Decimal(str(content[name]))
    return Terms.read(content)


def _read_period(text: str | None) -> DateRange | None:
    """A period as PostgreSQL writes it: [2026-12-01,2027-02-01) or [2026-12-01,)."""
    if text is None:
        return None
    first, upper = text.strip("[)").split(",")
    return DateRange(read_day(first), read_day(upper))


def differences(mine: Terms, now: Terms) -> Table:
    """What the demand says now, and how what somebody wrote differs."""
    ours, theirs = told(mine), told(now)
    rows = [
        (str(LABELS[key]), ours.get(key, NOTHING), theirs.get(key, NOTHING))
        for key in LABELS
        if ours.get(key) != theirs.get(key)
    ]
    return Table(
        caption=_("What differs"),
        columns=[Column(_("What")), Column(_("You wrote")), Column(_("The demand says now"))],
        rows=rows,
        empty=_("Both say the same."),
    )


# --- payments -----------------------------------------------------------------------------------


def preview(shared: Iterable[Shared], demand: Demand | None = None) -> list[dict[str, Any]]:
    """The next payments with and without the demand, as a row and as a bar; of one that is there
    already with the account to which its part goes."""
    return [_row(one) | {"account": _account_of(one, demand)} for one in shared]


def _account_of(one: Shared, demand: Demand | None) -> str:
    payee = account_of(demand, one.payment.paid_on) if demand and one.is_paid else None
    return payee.name if payee else ""


def _row(one: Shared) -> dict[str, Any]:
    this = one.together.part(THIS)
    paid = this.paid if this else Decimal(0)
    own, others = one.paid("own"), one.paid("other")
    return {
        "day": day(one.payment.paid_on),
        "estimated": one.payment.estimated,
        "net": amount(one.payment.net),
        "this": amount(paid),
        "own": amount(own),
        "others": amount(others),
        "customer": amount(one.together.to_customer),
        "customer_without": amount(one.without.to_customer),
        "outcome": outcome(this) if this else _("not for this time"),
        "bar": _bar(one.payment.net, others, own, paid),
    }


def _bar(net: Decimal, others: Decimal, own: Decimal, this: Decimal) -> list[dict[str, Any]]:
    """Parts of a bar of 100 units: what others get, the own demands, this one."""
    start, parts = Decimal(0), []
    for kind, share in (("others", others), ("own", own), ("this", this)):
        width = share * 100 / net if net else Decimal(0)
        parts.append({"kind": kind, "x": f"{start:.2f}", "width": f"{width:.2f}"})
        start += width
    return parts


def outcome(part: Part) -> str:
    """Covered, partly or not, with the reason."""
    return f"{OUTCOMES[part.outcome]}: {REASONS[part.why]}"


def past(shared: Iterable[Shared], demand: Demand) -> Table:
    """What the demand got of the payments made so far, and to which account."""
    rows = [
        (
            day(one.payment.paid_on),
            amount(one.payment.net),
            amount(part.wanted),
            amount(part.paid),
            _account_of(one, demand) or NOTHING,
            outcome(part),
        )
        for one in shared
        if (part := one.together.part(THIS))
    ]
    return Table(
        caption=_("Payments so far"),
        columns=[
            Column(_("Paid on")),
            Column(_("Payment"), numeric=True),
            Column(_("Demanded"), numeric=True),
            Column(_("Share of the demand"), numeric=True),
            Column(_("Account")),
            Column(_("Result")),
        ],
        rows=rows,
        empty=_("No payments in the time of the demand so far."),
    )


def paper() -> Table:
    """What Kelmu does not take."""
    return Table(
        caption=_("What goes on paper"),
        columns=[Column(_("Case")), Column(_("Law")), Column(_("Form"))],
        rows=[(spoken(row.what), spoken(row.law), row.form) for row in reference().paper],
        empty="",
    )


def grounds() -> list[dict[str, str]]:
    """The two laws to choose from."""
    return [
        {
            "slug": one.slug,
            "name": spoken(one.name),
            "law": cited(one.law),
            "description": spoken(one.description),
        }
        for one in reference().grounds.values()
    ]


def assumptions(on: date) -> list[str]:
    """What in the distribution of payments is the project's own assumption."""
    return [spoken(text) for text in reference().assumptions(on)]


def transferred(demand: Demand, on: date) -> list[str]:
    """Who claimed before, and to which account the money goes on a day if it is the former one."""
    since = demand.transferred_on
    if since is None:
        return []
    lines = [_("Handed over on %(day)s from %(former)s.")]
    until = former_account_until(demand, on)
    if demand.payee.organisation_id != demand.organisation_id:
        lines.append(_("%(claimant)s has no account yet: the money goes to %(account)s."))
    elif until:
        lines.append(_("Payments until %(last)s go to %(account)s: they were set before."))
    told = {
        "day": day(since),
        "former": demand.made_by.name,
        "claimant": demand.organisation.name,
        "account": account(account_of(demand, on)),
        "last": day(until) if until else "",
    }
    return [line % told for line in lines]
