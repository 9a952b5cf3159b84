from django.urls import path

from benefits import views
from benefits.social_assistance.views import social_assistance

urlpatterns = [
    path("customers/<uuid:opening_id>/benefits/", views.benefits, name="benefits"),
    path(
        "customers/<uuid:opening_id>/social-assistance/",
        social_assistance,
        name="social_assistance",
    ),
]
