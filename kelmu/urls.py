"""Addresses. Each application's stand in its own urls.py; none of them holds a HETU."""

from django.urls import URLPattern, URLResolver, include, path

from kelmu import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("technical_interface.urls")),  # first: a call is compared with few others
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("health/alarms", views.alarms, name="alarms"),
    path("language/", views.choose_language, name="set_language"),
    path("dismiss/", views.dismiss_notice, name="dismiss"),
    path("guide/", views.guide, name="guide"),
    path("guide/<slug:slug>/", views.guide_of, name="guide_of"),
    path("changes/", views.changes, name="changes"),
    path("support/", views.support, name="support"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("", include("authorizations.urls")),
    path("", include("customers.urls")),
    path("", include("benefits.urls")),
    path("", include("notifications.urls")),
    path("", include("payment_demands.urls")),
    path("", include("documents.urls")),
    path("", include("administration.urls")),
    path("", include("oversight.urls")),
]

handler400 = "kelmu.views.bad_request"
handler403 = "kelmu.views.forbidden"
handler404 = "kelmu.views.not_found"
handler500 = "kelmu.views.failed"
