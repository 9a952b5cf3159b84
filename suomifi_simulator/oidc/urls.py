"""The addresses of one provider, included once for each."""

from django.urls import path

from suomifi_simulator.oidc import login, logout, token

urlpatterns = [
    path(".well-known/openid-configuration", token.discovery),
    path("jwks", token.jwks),
    path("authorize", login.authorize),
    path("login/<handle>", login.means),
    path("login/<handle>/person", login.person),
    path("login/<handle>/confirm", login.confirm),
    path("login/<handle>/cancel", login.cancel),
    path("token", token.token),
    path("userinfo", token.userinfo),
    path("logout", logout.logout),
    path("logout/<handle>", logout.confirm),
]
