"""RP-initiated logout: the person is asked, and need not come back."""

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_http_methods
from jose import jwt
from jose.exceptions import JOSEError

from suomifi_simulator.callbacks import callback
from suomifi_simulator.oidc.provider import Leaving, Provider
from suomifi_simulator.pages import choose_language, page, problem


@require_http_methods(["GET", "POST"])
async def logout(request: ASGIRequest, provider: Provider) -> HttpResponse:
    """A client sends its user to log out; only a registered address is remembered."""
    asked = request.POST if request.method == "POST" else request.GET
    language = choose_language(asked.get("lang", ""), asked.get("ui_locales", ""))
    address = asked.get("post_logout_redirect_uri", "")
    if address not in _registered_addresses(provider, asked):
        address = ""
    handle = provider.leaving.keep(Leaving(language, address, asked.get("state", "")))
    return HttpResponseRedirect(provider.url(f"logout/{handle}"))


@require_http_methods(["GET", "POST"])
async def confirm(request: ASGIRequest, provider: Provider, handle: str) -> HttpResponse:
    """Ask, and end the single sign-on if the answer is yes."""
    leaving = provider.leaving.get(handle)
    language = choose_language(request.GET.get("lang", ""), leaving.language if leaving else "")
    if leaving is None:
        return problem(request, "lost_login", language)
    if request.method == "GET":
        return page(request, "oidc/logout.html", language, done=False)
    provider.leaving.take(handle)
    provider.sso.take(request.COOKIES.get(provider.cookie, ""))
    answer: HttpResponse = page(request, "oidc/logout.html", language, done=True)
    if leaving.address:
        answer = callback(leaving.address, state=leaving.state)
    answer.delete_cookie(provider.cookie, path=f"/{provider.slug}/", samesite="Lax")
    return answer


def _registered_addresses(provider: Provider, asked: QueryDict) -> frozenset[str]:
    """Those of the client that is named, by itself or by the token it was given."""
    client = provider.clients.get(asked.get("client_id", "") or _audience(asked))
    return client.post_logout_redirect_uris if client else frozenset()


def _audience(asked: QueryDict) -> str:
    """The hint only names the client: it may have expired, and it opens nothing."""
    try:
        return str(jwt.get_unverified_claims(asked.get("id_token_hint", "")).get("aud", ""))
    except JOSEError:
        return ""
