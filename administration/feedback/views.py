"""Palaute: a form for everybody, and what has been sent, for Kela's admins."""

from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from administration.feedback import services
from administration.feedback.forms import FeedbackForm
from administration.models import Feedback
from administration.pages import looked
from audit.models import ActKind
from authorizations.declarations import RightfulRequest, kela_admin, requires
from kelmu.declarations import public
from kelmu.languages import page_language

ON_A_PAGE = 50


@public
@require_http_methods(["GET", "HEAD", "POST"])
def send_feedback(request: HttpRequest) -> HttpResponseBase:
    """The form; it asks for no name and keeps none."""
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _form(request, form, status)
    try:
        services.send(form.cleaned_data["text"], page_language())
    except services.TooMuch:
        return _form(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    return redirect("feedback_sent")


def _form(request: HttpRequest, form: FeedbackForm, status: HTTPStatus) -> HttpResponse:
    context = {"form": form, "too_much": status == HTTPStatus.TOO_MANY_REQUESTS}
    return render(request, "administration/feedback/form.html", context, status=status)


@public
@require_safe
def feedback_sent(request: HttpRequest) -> HttpResponse:
    """Thanks."""
    return render(request, "administration/feedback/sent.html")


@requires(kela_admin)
@require_safe
def feedback(request: RightfulRequest) -> HttpResponse:
    """What has been sent in the last year, newest first."""
    looked(request, ActKind.VIEW_FEEDBACK)
    page = Paginator(Feedback.objects.all(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "administration/feedback/feedback.html", {"page": page})
