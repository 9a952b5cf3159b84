"""Settings of `make coverage`: the product's, and what it needs to see all that is run."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from kelmu.settings import *  # noqa: F403 - all but what follows
from kelmu.settings import MIDDLEWARE, TEMPLATES
from tests.tracing import trace_on

if TYPE_CHECKING:  # no module of the product may read settings before they are whole
    from kelmu.middleware import GetResponse

template_options: Any = TEMPLATES[0]["OPTIONS"]
template_options["debug"] = True  # else templates do not know their lines
MIDDLEWARE.insert(0, "tests.measured.EveryThreadMiddleware")


class EveryThreadMiddleware:
    """Measures the server's threads, which are not those that Python's `threading` starts."""

    def __init__(self, get_response: "GetResponse") -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        trace_on()
        return self.get_response(request)
