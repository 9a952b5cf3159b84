"""The person's side of the Web API: the page on which they choose an organisation."""

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from suomifi_simulator.authorizations.service import Selection, Service
from suomifi_simulator.callbacks import callback
from suomifi_simulator.pages import choose_language, page, problem


@require_GET
async def authorize(request: ASGIRequest, service: Service) -> HttpResponse:
    """Take the browser that an e-service sends; the handle of the person works once."""
    asked = request.GET
    language = choose_language(asked.get("lang", ""))
    client = service.clients.get(asked.get("client_id", ""))
    if client is None or asked.get("response_type") != "code":
        return problem(request, "unknown_client", language)
    if asked.get("redirect_uri") not in client.return_addresses:
        return problem(request, "unknown_address", language)
    session = service.users.take(asked.get("user", ""))
    if session is None or session.client is not client or not service.is_open(session):
        return problem(request, "unknown_user", language)
    selection = Selection(session, asked["redirect_uri"], asked.get("state", ""), language)
    return HttpResponseRedirect(f"/oauth/select/{service.selections.keep(selection)}")


@require_http_methods(["GET", "POST"])
async def select(request: ASGIRequest, service: Service, handle: str) -> HttpResponse:
    """The organisations to choose from, and the choice."""
    selection = service.selections.get(handle)
    language = choose_language(request.GET.get("lang", ""), selection.language if selection else "")
    if selection is None or not service.is_open(selection.session):
        return problem(request, "lost_login", language)
    choices = service.choices(selection.session)
    chosen = next((c for c in choices if c.business_id == request.POST.get("organisation")), None)
    if chosen:
        selection.session.organisation = chosen
        service.selections.take(handle)
        return _return(service, selection)
    return page(
        request,
        "authorizations/select.html",
        language,
        status=400 if request.method == "POST" else 200,
        wrong=request.method == "POST",
        person=selection.session.person,
        choices=[(choice, choice.name_in(language)) for choice in choices],
    )


@require_GET
async def cancel(request: ASGIRequest, service: Service, handle: str) -> HttpResponse:
    """The person turns back."""
    selection = service.selections.take(handle)
    if selection is None:
        return problem(request, "lost_login", choose_language(request.GET.get("lang", "")))
    return callback(selection.redirect_uri, error="access_denied", state=selection.state)


def _return(service: Service, selection: Selection) -> HttpResponseRedirect:
    person = selection.session.person.slug
    code = service.codes.keep(selection)
    if service.faults.strike("replayed_code", "select", person):
        service.codes.take(code)
    parameters = service.faults.callback("select", person, code=code, state=selection.state)
    return callback(selection.redirect_uri, **parameters)
