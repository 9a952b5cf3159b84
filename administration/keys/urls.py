from django.urls import path

from administration.keys import views

HERE = "kela/organisations/<int:organisation_id>/keys/<int:key_id>/"

urlpatterns = [
    path(HERE, views.key, name="kela_key"),
    path(f"{HERE}approval/", views.approve, name="kela_approve_key"),
    path(f"{HERE}end/", views.end, name="kela_end_key"),
]
