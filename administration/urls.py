from django.urls import include, path

from administration import views
from administration.announcements import views as announcements
from administration.feedback import views as feedback
from administration.reference import views as reference
from administration.register_change.views import register_change
from administration.usage import views as usage
from administration.waiting.views import waiting

urlpatterns = [
    path("feedback/", feedback.send_feedback, name="send_feedback"),
    path("feedback/sent/", feedback.feedback_sent, name="feedback_sent"),
    path("kela/feedback/", feedback.feedback, name="feedback"),
    path("", include("administration.agreements.urls")),
    path("kela/reference/", reference.reference, name="reference"),
    path("kela/reference/<slug:kind>/", reference.browse, name="browse_reference"),
    path("kela/usage/", usage.usage_figures, name="usage_figures"),
    path("kela/usage.csv", usage.download_usage_figures, name="usage_figures_csv"),
    path("kela/feeds/", views.feeds, name="kela_feeds"),
    path("kela/announcements/", announcements.announcements, name="announcements"),
    path("kela/announcements/<slug:kind>/new/", announcements.announce, name="announce"),
    path(
        "kela/announcements/<int:announcement_id>/",
        announcements.change,
        name="change_announcement",
    ),
    path(
        "kela/announcements/<int:announcement_id>/end/",
        announcements.end,
        name="end_announcement",
    ),
    path("", include("administration.commissioning.urls")),
    path("", include("administration.own.urls")),
    path("kela/waiting/", waiting, name="kela_waiting"),
    path("kela/register-change/", register_change, name="kela_register_change"),
    path("", include("administration.organisations.urls")),
    path("", include("administration.contacts.urls")),
    path("", include("administration.payees.urls")),
    path("", include("administration.keys.urls")),
    path("", include("administration.preview.urls")),
]
