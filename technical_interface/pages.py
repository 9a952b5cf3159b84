"""The text of the interface, for programs and for people."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from kelmu.declarations import public
from technical_interface import presentation
from technical_interface.presentation import CLIENT
from technical_interface.text import text


@public
@csrf_exempt  # another method is told so, whatever comes with it
@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """The text itself (OpenAPI 3.1)."""
    return JsonResponse(text())


@public
@require_safe
def client(_request: HttpRequest) -> HttpResponseBase:
    """The example client, to be saved."""
    return FileResponse(CLIENT.open("rb"), as_attachment=True, content_type="text/x-python")


@public
@require_safe
def interface(request: HttpRequest) -> HttpResponse:
    """The same for people: how an organisation connects, each operation, each problem."""
    return render(request, "technical_interface/interface.html", presentation.page(request))
