"""Adding a demand and changing one: the law, the form with its estimate, a summary, registering."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from authorizations.declarations import RightfulRequest
from authorizations.door import ActionAct
from authorizations.rights import Right
from customers.models import Opening
from customers.queries import action_on, opening_of
from organisations.queries import payees_on
from payment_demands import checks, conflict, presentation, queries, section, services, states
from payment_demands.forms import DemandForm, initial_new, initial_of, possible_benefits, posted
from payment_demands.models import Demand
from payment_demands.section import DEMANDS, READ, demanding
from payment_demands.services import ChangedMeanwhile, NotPossible
from payment_demands.terms import Terms
from payment_demands.words import Actor, Ground, State, Step

SAVING = {"register", "draft"}
CHANGING = {Step.EDIT, Step.REGISTER}
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True, slots=True)
class Asked:
    """A request about one demand of an opened customer; a new one has no demand yet."""

    request: RightfulRequest
    opening: Opening
    ground: Ground
    demand: Demand | None

    @property
    def do(self) -> str:
        """Which button was pressed; none where the form is asked for."""
        is_sent = self.request.method == "POST"
        return self.request.POST.get("do", "preview") if is_sent else ""

    @property
    def is_draft(self) -> bool:
        return self.demand is None or self.demand.state == State.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether there is something to change yet."""
        steps = states.steps(self.demand.state, Actor.CLAIMANT) if self.demand else CHANGING
        return bool(CHANGING & set(steps))

    def look(self) -> ActionAct:
        """The act of looking at it, its row written."""
        demand_id = self.demand.pk if self.demand else None
        return _look(self.request, self.opening, self.ground, demand_id)

    def page(self, act: ActionAct, template: str, **context: Any) -> HttpResponse:
        context |= {"demand": self.demand}
        return section.page(self.request, act, self.opening, template, **context)


@demanding
@require_http_methods(READ)
def new(request: RightfulRequest, opening_id: UUID) -> HttpResponseBase:
    """A new demand: first the law, then the form, a summary, and it is registered."""
    opening = opening_of(request.right, opening_id)
    ground = request.GET.get("ground", "")
    if ground not in Ground.values:
        act = action_on(request.right, opening, DEMANDS, page="laws")
        laws, paper = presentation.grounds(), presentation.paper()
        return section.page(request, act, opening, "laws.html", laws=laws, paper=paper)
    return _answer(Asked(request, opening, Ground(ground), None))


@demanding
@require_http_methods(READ)
def edit(request: RightfulRequest, opening_id: UUID, demand_id: UUID) -> HttpResponseBase:
    """Changes a demand, or goes on with a draft."""
    opening = opening_of(request.right, opening_id)
    if request.POST.get("do") in SAVING:
        demand = services.held(opening, demand_id)
        return _answer(Asked(request, opening, Ground(demand.ground), demand))
    ground = queries.ground_of(opening, demand_id)
    act = _look(request, opening, ground, demand_id)
    asked = Asked(request, opening, ground, queries.demand_of(act, demand_id))
    if asked.do or asked.is_open:
        return _page(asked, act)
    return redirect("payment_demand", opening_id, demand_id)  # its page says why


def _look(
    request: RightfulRequest, opening: Opening, ground: Ground, demand_id: UUID | None
) -> ActionAct:
    page = request.POST.get("do", "preview") if request.method == "POST" else "form"
    return section.look(request.right, opening, ground, page, demand_id)


def _answer(asked: Asked) -> HttpResponseBase:
    failed: NotPossible | ChangedMeanwhile | None = None
    if asked.do in SAVING:  # one gesture, one row of the log: that of the step
        try:
            if saved := _saved(asked):
                return redirect("payment_demand", asked.opening.pk, saved.pk)
        except (NotPossible, ChangedMeanwhile) as error:
            failed = error
    return _page(asked, asked.look(), failed)


def _page(
    asked: Asked, act: ActionAct, failed: NotPossible | ChangedMeanwhile | None = None
) -> HttpResponse:
    form = form_of(asked, queries.to_be_paid(act))
    if asked.demand and not asked.is_open:
        return _conflict(asked, act, form, asked.demand)
    if asked.do and not form.is_valid():
        return _unfinished(asked, act, form)
    if isinstance(failed, ChangedMeanwhile):
        return _conflict(asked, act, form, failed.demand)
    if failed:
        return _with_faults(asked, act, form, failed.faults)
    return (_summary if asked.do == "summary" else _form_page)(asked, act, form)


def _saved(asked: Asked) -> Demand | None:
    """The demand as it was registered, changed or kept; None where the form is wrong or late."""
    form = form_of(asked)
    if not asked.is_open or not form.is_valid():
        return None
    right, told, draft = asked.request.right, form.cleaned_data, asked.do == "draft"
    if asked.demand is None:
        return services.add(right, asked.opening, form.terms, token=told["token"], draft=draft)
    seen = told["seen"] or 0
    return services.change(
        right, asked.opening, asked.demand.pk, form.terms, seen=seen, draft=draft
    )


def form_of(asked: Asked, paid: frozenset[str] = frozenset()) -> DemandForm:
    """The form, its benefits those of `paid` first. What is registered stays on its benefit."""
    right, demand = asked.request.right, asked.demand
    if asked.do:
        told: dict[str, Any] = {"data": asked.request.POST}
    elif demand:
        told = {"initial": initial_of(Terms.of(demand), token=demand.pk, seen=demand.version)}
    else:
        told = {"initial": initial_new(right)}
    return offering(right, asked.ground, demand, paid=paid, **told)


def offering(
    right: Right,
    ground: Ground,
    demand: Demand | None,
    *,
    paid: frozenset[str] = frozenset(),
    **told: Any,
) -> DemandForm:
    """The form with what the organisation can choose from today, for a new demand or for one."""
    offered = possible_benefits(ground, right.on)
    if demand and demand.state != State.DRAFT:
        offered = [queries.benefit_of(demand)]
    return DemandForm(
        ground,
        **told,
        offered=offered,
        paid=paid,
        municipalities=queries.municipalities_of(right),
        payees=payees_on(right.acting_for.id, right.on).order_by("name"),
    )


def _unfinished(asked: Asked, act: ActionAct, form: DemandForm) -> HttpResponse:
    """What is wrong; while somebody is still typing, what is missing is not yet wrong."""
    if asked.do != "preview":
        return _form_page(asked, act, form, status=WRONG)
    for name in list(form.errors):
        if not form.data.get(name):
            del form.errors[name]
    return _form_page(asked, act, form)


def _form_page(
    asked: Asked, act: ActionAct, form: DemandForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    terms = form.terms if form.is_complete else None
    if asked.demand and not form.is_bound:
        terms = Terms.of(asked.demand)
    estimate = _estimate(asked, act, terms) if terms else {"preview": []}
    return asked.page(
        act,
        "form.html",
        status=status,
        form=form,
        law=presentation.law_of(asked.ground),
        is_advance=asked.ground is Ground.SOCIAL_ASSISTANCE,
        is_draft=asked.is_draft,
        assumptions=presentation.assumptions(act.right.on),
        **estimate,
    )


def _summary(asked: Asked, act: ActionAct, form: DemandForm) -> HttpResponse:
    """What will be registered, once more before it is."""
    if faults := checks.faults(_case(asked, act), form.terms):
        return _with_faults(asked, act, form, faults)
    return asked.page(
        act,
        "summary.html",
        facts=presentation.facts(form.terms),
        posted=posted(asked.request.POST),
        is_draft=asked.is_draft,
        assumptions=presentation.assumptions(act.right.on),
        **_estimate(asked, act, form.terms),
    )


def _estimate(asked: Asked, act: ActionAct, terms: Terms) -> dict[str, Any]:
    """The preview of the next payments, and what the official should know of them."""
    return {
        "preview": presentation.preview(queries.preview(act, terms, asked.demand)),
        "can_estimate": True,
        "warnings": checks.warnings(_case(asked, act), terms),
    }


def _case(asked: Asked, act: ActionAct) -> checks.Case:
    return checks.Case(
        claimant=act.right.acting_for.id,
        customer=act.customer,
        on=act.right.on,
        demand=asked.demand.pk if asked.demand else None,
    )


def _with_faults(
    asked: Asked, act: ActionAct, form: DemandForm, faults: list[checks.Fault]
) -> HttpResponse:
    for fault in faults:
        form.add_error(fault.field, fault.text)
    return _form_page(asked, act, form, status=WRONG)


def _conflict(asked: Asked, act: ActionAct, form: DemandForm, now: Demand) -> HttpResponse:
    """Somebody else was faster: both say what they say, and the official chooses."""
    if not form.is_valid():
        return conflict.page(asked.request, act, asked.opening, now, CHANGING)
    table = presentation.differences(form.terms, Terms.of(now))
    return conflict.page(asked.request, act, asked.opening, now, CHANGING, table)
