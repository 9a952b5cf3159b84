"""Review work: the acts that chance picked, one after the other, and what was found."""

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from audit.models import ActKind
from authorizations.declarations import RightfulRequest, oversees, requires, supervises
from kelmu.formats import month as told_month
from oversight.log import acts
from oversight.log.keys import Key
from oversight.models import Sample
from oversight.pages import frame
from oversight.reach import Reach, own, reach_of
from oversight.reviews import presentation, queries, services
from oversight.reviews.forms import FindingForm
from oversight.reviews.queries import Task
from oversight.words import Conclusion


@requires(oversees)
@require_safe
def reviews(request: RightfulRequest, inquiry_id: UUID | None = None) -> HttpResponse:
    """The samples by month, and the acts of one of them; of all organisations how far each is."""
    reach = reach_of(request.right, inquiry_id).of_everybody()
    if reach.organisation_id is None:
        return _of_all(request, reach)
    asked = request.GET.get("month", "")
    reach.write(ActKind.VIEW_REVIEWS, month=asked[:7])
    samples = list(queries.samples(reach))
    shown = next((one for one in samples if f"{one.month:%Y-%m}" == asked), None)
    if asked and not shown:
        raise Http404
    counts = queries.counts(reach)
    shown = shown or _first(samples, counts)
    found = queries.tasks(reach, shown) if shown else []
    context = frame(reach, "reviews") | {
        "months": presentation.months(reach, samples, counts),
        "tasks": presentation.tasks(reach, shown, found) if shown else None,
        "odd": presentation.odd(reach, shown, found) if shown else None,
        **_own(reach, found),
        "late": presentation.late(queries.number_late(reach)),
        "undrawn": [] if reach.inquiry else _undrawn(request.right.on, samples),
        "done": request.GET.get("done") == "1",
    }
    return render(request, "oversight/reviews.html", context)


def _of_all(request: RightfulRequest, reach: Reach) -> HttpResponse:
    reach.write(ActKind.VIEW_REVIEWS)
    context = frame(reach, "reviews") | {
        "organisations": presentation.organisations(queries.counts_by_organisation(reach)),
        "late": presentation.late(queries.number_late(reach)),
    }
    return render(request, "oversight/reviews_of_all.html", context)


@requires(supervises)
@require_safe
def review(request: RightfulRequest, review_id: int) -> HttpResponse:
    """An act to review, in full."""
    reach = own(request.right)
    return _page(request, reach, _task(reach, review_id), FindingForm())


@requires(supervises)
@require_POST
def record(request: RightfulRequest, review_id: int) -> HttpResponseBase:
    """What the supervisor found; back to the acts of the month."""
    reach = own(request.right)
    task = _task(reach, review_id)
    form = FindingForm(request.POST)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, reach, task, form, status=status)
    told = form.cleaned_data
    services.record(request.right, task.review, Conclusion(told["conclusion"]), told["note"])
    month = f"{task.review.sample.month:%Y-%m}"
    return redirect(reverse("oversight_reviews", query={"month": month, "done": "1"}))


@requires(supervises)
@require_POST
def draw(request: RightfulRequest) -> HttpResponseBase:
    """Draws what the worker has not drawn yet; chance picks, not the supervisor."""
    for month in services.months_over(request.right.on):
        services.draw(request.right, month)
    return redirect("oversight_reviews")


def _own(reach: Reach, found: list[Task]) -> dict[str, Any]:
    """Whom the supervisor's own acts among those that are open wait for."""
    open_ones = (one for one in found if queries.is_open(one))
    if all(one.review.actor != reach.right.subject for one in open_ones):
        return {}
    others = queries.other_supervisors(reach.right)
    return {"own_acts": presentation.own_acts(others), "may_propose": not others}


def _first(samples: list[Sample], counts: dict[date, dict[str, Any]]) -> Sample | None:
    """The sample to go on with: the oldest with late reviews, else the latest."""
    late = [one for one in samples if counts.get(one.month, {}).get("late")]
    return late[-1] if late else next(iter(samples), None)


def _task(reach: Reach, review_id: int) -> Task:
    found = queries.task(reach, review_id)
    if found is None:
        raise Http404
    return found


def _page(
    request: RightfulRequest,
    reach: Reach,
    task: Task,
    form: FindingForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    row = task.review
    told = acts.read(reach, Key(row.at, row.entry_id), review=row.pk)
    context = acts.context(reach, told) | {
        "form": form,
        "review": row,
        "state": presentation.state(reach, task),
        "flag": queries.flag_of(row),
        "signs": presentation.signs(row),
        "history": presentation.history(queries.findings(row)),
        "can_record": row.actor != request.right.subject,
        "reviews_url": reach.url("reviews", query={"month": f"{row.sample.month:%Y-%m}"}),
    }
    return render(request, "oversight/review.html", context, status=status)


def _undrawn(on: date, samples: list[Sample]) -> list[str]:
    drawn = {one.month for one in samples}
    return [told_month(one) for one in services.months_over(on) if one not in drawn]
