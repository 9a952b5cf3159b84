from django.urls import path

from benefits import views

urlpatterns = [
    path("customers/<uuid:opening_id>/benefits/", views.benefits, name="benefits"),
]
