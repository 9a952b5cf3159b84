"""The token endpoint (RFC 6749 4.4, RFC 7523 2.2): its answers are OAuth's own."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from authorizations.middleware import write_refusal
from authorizations.refusals import EXPLANATIONS, Refused
from technical_interface.getting_in import services
from technical_interface.getting_in.assertions import NotProven, proof

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
MOST_SCOPES = 20


def audience(request: HttpRequest) -> str:
    """The address that an assertion is made for: this one."""
    root = settings.APPLICATION_ADDRESS.rstrip("/")
    path = reverse("interface_token")
    return f"{root}{path}" if root else request.build_absolute_uri(path)


@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Gives an access token to whoever proves to hold a registered key."""
    told = request.POST
    if told.get("grant_type") != "client_credentials":
        return _error("unsupported_grant_type")
    if told.get("client_assertion_type") != ASSERTION_TYPE:
        return _error("invalid_client", HTTPStatus.UNAUTHORIZED)
    scopes = set(told.get("scope", "").split())
    if len(scopes) > MOST_SCOPES:
        return _error("invalid_scope")
    return _issued(request, told.get("client_assertion", ""), scopes)


def _issued(request: HttpRequest, assertion: str, scopes: set[str]) -> HttpResponse:
    try:
        issued = services.issue(proof(assertion, audience(request)), scopes)
    except NotProven as no:
        services.write_failure(no.fault, no.key)
        return _error("invalid_client", HTTPStatus.UNAUTHORIZED)
    except services.InvalidScope:
        return _error("invalid_scope")
    except services.SomebodyReal:
        return _error("temporarily_unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
    except services.TooManyTokens as too_many:
        response = _error("slow_down", HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(too_many.seconds)
        return response
    except Refused as refused:
        write_refusal(request, refused, EXPLANATIONS[refused.reason].part)
        return _error("unauthorized_client")
    return JsonResponse(
        {
            "access_token": issued.token,
            "token_type": "Bearer",
            "expires_in": issued.seconds,
            "scope": " ".join(issued.scopes),
        }
    )


def _error(code: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> HttpResponse:
    return JsonResponse({"error": code}, status=status)
