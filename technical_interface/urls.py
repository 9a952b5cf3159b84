"""Addresses of the interface. The version stands in the path; none of them holds a HETU."""

from django.urls import URLPattern, include, path

from kelmu.declarations import public
from technical_interface import pages
from technical_interface.api import api
from technical_interface.calls import declared, guarded
from technical_interface.documents.operations import SENDINGS, taking
from technical_interface.getting_in.views import token

OPERATIONS = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]

urlpatterns = [
    path("interface/", pages.interface, name="interface"),
    path("interface/interface_client.py", pages.client, name="interface_client"),
    path(
        "api/v1/",
        include(
            [
                path("token", public(guarded(token)), name="interface_token"),
                path("openapi.json", pages.openapi, name="interface_openapi"),
                *declared(OPERATIONS, {SENDINGS.lstrip("/"): taking}),
            ]
        ),
    ),
]
