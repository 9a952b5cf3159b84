"""The operations of the interface, and its text (OpenAPI)."""

from typing import Any, NoReturn, override

from django.http import HttpRequest
from ninja import NinjaAPI

from technical_interface import about, customers, lists
from technical_interface.calls import Needs, nobody
from technical_interface.demands import operations as demands
from technical_interface.documents import operations as documents
from technical_interface.notifications import operations as notifications
from technical_interface.reading import StrictParser

VERSION = "1.0.0"


class Interface(NinjaAPI):
    """Whatever ends a call leaves its transaction first: technical_interface.calls answers."""

    @override
    def on_exception(self, request: HttpRequest, exc: Any) -> NoReturn:
        raise exc


api = Interface(
    title="Kelmu, the technical interface",
    version=VERSION,
    urls_namespace="interface",
    auth=Needs(nobody),
    parser=StrictParser(),
    docs_url=None,
    openapi_url=None,
)
for router in (
    about.router,
    customers.router,
    demands.router,
    documents.router,
    notifications.router,
    lists.router,
):
    api.add_router("", router)
