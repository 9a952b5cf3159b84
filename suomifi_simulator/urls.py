"""Every address of the simulator."""

import os

from django.urls import include, path

from suomifi_simulator import control, mandates, pages
from suomifi_simulator.configuration import Configuration
from suomifi_simulator.simulator import Simulator

simulator = Simulator(Configuration.from_environment(os.environ))

service = simulator.authorizations

control_urls = [
    path("grant", control.grant),
    path("void", control.void),
    path("fault", control.fault),
    path("mend", control.mend),
    path("clock", control.clock),
    path("rotate-keys", control.rotate_keys),
    path("reset", control.reset),
    path("state", control.state),
]
mandate_urls = [
    path("", mandates.mandates, name="mandates"),
    path("/grant", mandates.grant, name="grant"),
    path("/void", mandates.void, name="void"),
]
urlpatterns = [
    path("", pages.start),
    path("health", pages.health),
    *(path(name, pages.file, {"name": name}, name=name) for name in pages.FILES),
    path("mandates", include(mandate_urls), {"simulator": simulator}),
    path("control/", include(control_urls), {"simulator": simulator}),
    path("idp/", include("suomifi_simulator.oidc.urls"), {"provider": simulator.identification}),
    path("kela/", include("suomifi_simulator.oidc.urls"), {"provider": simulator.kela}),
    path("", include("suomifi_simulator.authorizations.urls"), {"service": service}),
]
