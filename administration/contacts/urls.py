from django.urls import path

from administration.contacts import views

HERE = "kela/organisations/<int:organisation_id>/contacts/"

urlpatterns = [
    path(f"{HERE}new/", views.enter, name="kela_new_contact"),
    path(f"{HERE}<int:contact_id>/", views.contact, name="kela_contact"),
    path(f"{HERE}<int:contact_id>/decide/", views.decide, name="kela_decide_contact"),
    path(f"{HERE}<int:contact_id>/withdrawal/", views.withdraw, name="kela_withdraw_contact"),
    path(f"{HERE}<int:contact_id>/end/", views.end, name="kela_end_contact"),
]
