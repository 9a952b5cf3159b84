"""Addresses for the tests of what every answer passes through."""

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path

from kelmu.declarations import public
from kelmu.urls import handler400 as handler400
from kelmu.urls import handler403 as handler403
from kelmu.urls import handler404 as handler404
from kelmu.urls import handler500 as handler500


def silent(request: HttpRequest) -> HttpResponse:
    """Declares nothing."""
    return HttpResponse("a customer's data")


@public
def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("of 131052-9085")


@public
def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


@public
def elsewhere(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/guide/")


urlpatterns = [
    path("silent/", silent),
    path("inner/", include([path("silent/<int:number>/", silent)])),
    path("broken/", broken),
    path("suspicious/", suspicious),
    path("elsewhere/", elsewhere),
    path("", include("kelmu.urls")),
]
