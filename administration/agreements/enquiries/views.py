"""The first question: the public form, and Kela's examination of it."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from administration.agreements.enquiries import presentation, services
from administration.agreements.enquiries.forms import AnswerForm, EnquiryForm, EnteredEnquiryForm
from administration.pages import form_page, looked, status_of, taken, typed
from audit.models import ActKind
from authorizations.declarations import (
    RightfulRequest,
    kela_admin,
    prepares,
    requires,
)
from kelmu.declarations import public
from kelmu.formats import day
from kelmu.languages import page_language
from organisations.models import Enquiry

ON_A_PAGE = 50
PAGES = "administration/agreements/enquiries"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enquire(request: HttpRequest) -> HttpResponseBase:
    """The two questions of Kela's instructions, for whoever wants an agreement."""
    form = EnquiryForm(typed(request))
    if not form.is_valid():
        return _form(request, form, status_of(form))
    try:
        services.receive(form.cleaned_data, page_language())
    except services.TooMuch:
        return _form(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    return redirect("enquiry_sent")


def _form(request: HttpRequest, form: EnquiryForm, status: HTTPStatus) -> HttpResponse:
    context = {"form": form, "too_much": status == HTTPStatus.TOO_MANY_REQUESTS}
    return render(request, f"{PAGES}/enquire.html", context, status=status)


@public
@require_safe
def enquiry_sent(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, f"{PAGES}/sent.html")


@requires(kela_admin)
@require_safe
def enquiries(request: RightfulRequest) -> HttpResponse:
    """What has been asked, the unanswered first."""
    looked(request, ActKind.VIEW_ENQUIRIES)
    unanswered_first = F("answered_on").desc(nulls_first=True)
    rows = Enquiry.objects.order_by(unanswered_first, "-received_on", "-pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    table = presentation.table(page, start=page.start_index(), of=page.paginator.count)
    context = {"page": page, "table": table, "may_enter": prepares(request.right)}
    return render(request, f"{PAGES}/enquiries.html", context)


@requires(prepares)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_enquiry(request: RightfulRequest) -> HttpResponseBase:
    """What came by e-mail."""
    form = EnteredEnquiryForm(typed(request), initial={"received_on": request.right.on})
    if one := taken(form, lambda: services.enter(request.right, form.cleaned_data)):
        return redirect("kela_enquiry", one.pk)
    return form_page(
        request,
        form,
        title=_("Enter an enquiry"),
        button=_("Save"),
        back=reverse("kela_enquiries"),
    )


@requires(kela_admin)
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: RightfulRequest, enquiry_id: int) -> HttpResponseBase:
    """One enquiry, its answer, and the agreement that began with it."""
    one = get_object_or_404(Enquiry, pk=enquiry_id)
    form = AnswerForm(typed(request), initial={"organisation": one.business_id})
    if form.is_valid():
        given = form.cleaned_data
        try:
            began = services.answer(
                request.right, one.pk, given["answer"], given["organisation"], given["answer_text"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if began:
                return redirect("kela_agreement", began.pk)
            return redirect("kela_enquiry", one.pk)
    return _page(request, one, form)


def _page(request: RightfulRequest, one: Enquiry, form: AnswerForm) -> HttpResponse:
    looked(request, ActKind.VIEW_ENQUIRIES, enquiry=one.pk)
    agreement = one.agreements.first()
    context: dict[str, Any] = {
        "enquiry": one,
        "facts": presentation.facts(one),
        "answered": presentation.answered(one) if one.answer else None,
        "usual": list(services.usual_answers(one.language).values()),
        "form": form,
        "may_answer": prepares(request.right) and not one.answer,
        "agreement": agreement,
    }
    return render(request, f"{PAGES}/enquiry.html", context, status=status_of(form))


@requires(kela_admin)
@require_safe
def print_answer(request: RightfulRequest, enquiry_id: int) -> HttpResponse:
    """The answer as it is sent, in the language of the enquiry."""
    one = get_object_or_404(Enquiry.objects.exclude(answer=""), pk=enquiry_id)
    looked(request, ActKind.VIEW_ENQUIRIES, enquiry=one.pk)
    with translation.override(one.language):
        context = {
            "enquiry": one,
            "answered": presentation.answered(one),
            "received_on": day(one.received_on),
        }
        return render(request, f"{PAGES}/answer.html", context)
