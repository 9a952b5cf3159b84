"""The yearly change of the register: what a file would do, and then doing it."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from administration.pages import status_of, typed
from administration.register_change import presentation, services
from administration.register_change.forms import LARGEST, RegisterChangeForm
from administration.register_change.reading import COLUMNS, read
from authorizations.declarations import RightfulRequest, prepares, requires
from kelmu.uploads import takes_files


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files(LARGEST)
def register_change(request: RightfulRequest) -> HttpResponse:
    """Shows what a file would change, and takes it in when it is sent again to be taken in."""
    form = RegisterChangeForm(typed(request), request.FILES or None)
    context: dict[str, Any] = {"form": form, "columns": ",".join(COLUMNS)}
    status = status_of(form)
    if form.is_valid():
        content = form.cleaned_data["content"]
        is_taken_in = "take_in" in request.POST
        do = services.take_in if is_taken_in else services.preview
        outcome = do(request.right, *read(content))
        if outcome.problems:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        context |= {
            "form": RegisterChangeForm(initial={"text": content}),
            "content": content,
            "outcome": outcome,
            "counts": presentation.counts(outcome),
            "table": presentation.table(outcome),
            "is_taken_in": is_taken_in and not outcome.problems,
        }
    page = "administration/register_change.html"
    return render(request, page, context, status=status)
