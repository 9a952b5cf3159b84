"""The front channel: the request, the pages of identification, the way back."""

from uuid import uuid4

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_http_methods

from suomifi_simulator.callbacks import callback
from suomifi_simulator.oidc.provider import (
    SSO_SECONDS,
    Account,
    Identified,
    Issued,
    Login,
    Provider,
)
from suomifi_simulator.oidc.requests import AuthorizationRequest
from suomifi_simulator.pages import choose_language, page, problem


@require_http_methods(["GET", "POST"])
async def authorize(request: ASGIRequest, provider: Provider) -> HttpResponse:
    """Take a client's request; what cannot be trusted to come from the client stays here."""
    parameters = request.POST if request.method == "POST" else request.GET
    language = choose_language(parameters.get("lang", ""), parameters.get("ui_locales", ""))
    client = provider.clients.get(parameters.get("client_id", ""))
    if client is None or _is_ambiguous(parameters):
        return problem(request, "unknown_client", language)
    if parameters.get("redirect_uri") not in client.redirect_uris:
        return problem(request, "unknown_address", language)
    asked = AuthorizationRequest.of(client, parameters)
    if error := asked.error():
        return callback(asked.redirect_uri, error=error, state=asked.state)
    return _begin(provider, asked, language, request.COOKIES.get(provider.cookie, ""))


@require_http_methods(["GET"])
async def means(request: ASGIRequest, provider: Provider, handle: str) -> HttpResponse:
    """The list of means of identification, in which one works."""
    login = _continue(request, provider, handle)
    return page(request, "oidc/means.html", login.language) if login else _lost(request)


@require_http_methods(["GET", "POST"])
async def person(request: ASGIRequest, provider: Provider, handle: str) -> HttpResponse:
    """Who are you?"""
    login = _continue(request, provider, handle)
    if login is None:
        return _lost(request)
    if request.method == "POST":
        login.account = provider.find(request.POST.get("person", ""), request.POST.get("hetu", ""))
        if login.account and not provider.strong:
            return _finish(provider, handle, login, login.account)
        if login.account:
            return HttpResponseRedirect(provider.url(f"login/{handle}/confirm"))
    wrong = request.method == "POST"
    return page(
        request,
        "oidc/person.html",
        login.language,
        status=400 if wrong else 200,
        wrong=wrong,
        strong=provider.strong,
        people=_people(provider, login.language),
    )


@require_http_methods(["GET", "POST"])
async def confirm(request: ASGIRequest, provider: Provider, handle: str) -> HttpResponse:
    """What will be told to the client, and the way back to it."""
    login = _continue(request, provider, handle)
    if login is None or login.account is None:
        return _lost(request)
    if request.method == "POST":
        return _finish(provider, handle, login, login.account)
    return page(request, "oidc/confirm.html", login.language, account=login.account)


@require_http_methods(["GET"])
async def cancel(request: ASGIRequest, provider: Provider, handle: str) -> HttpResponse:
    """The person turns back."""
    login = provider.logins.take(handle)
    if login is None:
        return _lost(request)
    return callback(login.asked.redirect_uri, error="access_denied", state=login.asked.state)


def _begin(
    provider: Provider, asked: AuthorizationRequest, language: str, cookie: str
) -> HttpResponse:
    identified = provider.sso.get(cookie)
    if identified and asked.accepts(identified.auth_time, provider.clock.now()):
        return _return(provider, asked, identified)
    if "none" in asked.prompts:
        return callback(asked.redirect_uri, error="login_required", state=asked.state)
    handle = provider.logins.keep(Login(asked, language))
    step = "" if provider.strong else "/person"
    return HttpResponseRedirect(provider.url(f"login/{handle}{step}"))


def _finish(provider: Provider, handle: str, login: Login, account: Account) -> HttpResponse:
    """The login is over: remember the person, send them back."""
    provider.logins.take(handle)
    subject = account.subject or str(uuid4())
    identified = Identified(account, subject, int(provider.clock.now()))
    answer = _return(provider, login.asked, identified)
    answer.set_cookie(
        provider.cookie,
        provider.sso.keep(identified),
        max_age=SSO_SECONDS,
        path=f"/{provider.slug}/",
        secure=provider.address.startswith("https:"),
        httponly=True,
        samesite="Lax",
    )
    return answer


def _return(
    provider: Provider, asked: AuthorizationRequest, identified: Identified
) -> HttpResponseRedirect:
    person = identified.account.slug
    code = provider.codes.keep(Issued(asked, identified))
    if provider.faults.strike("replayed_code", "authorize", person):
        provider.codes.take(code)
    parameters = provider.faults.callback("authorize", person, code=code, state=asked.state)
    return callback(asked.redirect_uri, **parameters)


def _continue(request: ASGIRequest, provider: Provider, handle: str) -> Login | None:
    login = provider.logins.get(handle)
    if login:
        login.language = choose_language(request.GET.get("lang", ""), login.language)
    return login


def _people(provider: Provider, language: str) -> list[tuple[Account, str]]:
    return [
        (account, account.about.get(language, "") or account.about.get("", ""))
        for account in provider.accounts.values()
    ]


def _lost(request: ASGIRequest) -> HttpResponse:
    return problem(request, "lost_login", choose_language(request.GET.get("lang", "")))


def _is_ambiguous(parameters: QueryDict) -> bool:
    return any(len(values) > 1 for _, values in parameters.lists())
