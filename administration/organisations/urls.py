from django.urls import path

from administration.organisations import views

HERE = "kela/organisations/"
ONE = f"{HERE}<int:organisation_id>/"

urlpatterns = [
    path(HERE, views.organisations, name="kela_organisations"),
    path(f"{HERE}new/", views.register, name="kela_new_organisation"),
    path(ONE, views.organisation, name="kela_organisation"),
    path(f"{ONE}change/", views.change, name="kela_change_organisation"),
    path(f"{ONE}end/", views.end, name="kela_end_organisation"),
    path(f"{ONE}municipalities/", views.serve, name="kela_serve"),
    path(f"{ONE}municipalities/<int:served_id>/", views.stop_serving, name="kela_stop_serving"),
]
