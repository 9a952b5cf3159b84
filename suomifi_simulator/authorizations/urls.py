"""The addresses of the Web API, at the root as at Suomi.fi."""

from django.urls import path

from suomifi_simulator.authorizations import api, selection, token

urlpatterns = [
    path("service/ypa/user/register/<client_id>/<hetu>", api.register),
    path("service/ypa/user/unregister/<session_id>", api.unregister),
    path("service/ypa/api/organizationRoles/<session_id>", api.roles),
    path("service/ypa/api/organizationRoles/<session_id>/<organization_id>", api.roles),
    path("oauth/authorize", selection.authorize),
    path("oauth/select/<handle>", selection.select),
    path("oauth/select/<handle>/cancel", selection.cancel),
    path("oauth/token", token.token),
]
