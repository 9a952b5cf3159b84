"""Below the interface's addresses even what never reaches it is answered as it answers."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from kelmu.middleware import GetResponse
from technical_interface import problems

ROOT = "/api/"


class ProblemMiddleware:
    """Puts a problem in the place of a page, and speaks the language that the caller asks for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            response = self._answer(request)
            response["Content-Language"] = translation.get_language() or "fi"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or "json" in response.get("Content-Type", ""):
            return response
        problem = problems.of_status(response.status_code)
        for name in ("Retry-After", "Allow"):
            if response.has_header(name):
                problem[name] = response[name]
        return problem
