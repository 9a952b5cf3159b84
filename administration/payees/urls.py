from django.urls import path

from administration.payees import views

HERE = "kela/organisations/<int:organisation_id>/payees/"

urlpatterns = [
    path(f"{HERE}new/", views.enter, name="kela_new_payee"),
    path(f"{HERE}<int:payee_id>/", views.payee, name="kela_payee"),
    path(f"{HERE}<int:payee_id>/check/", views.check, name="kela_check_payee"),
    path(f"{HERE}<int:payee_id>/decide/", views.decide, name="kela_decide_payee"),
    path(f"{HERE}<int:payee_id>/withdrawal/", views.withdraw, name="kela_withdraw_payee"),
    path(f"{HERE}<int:payee_id>/end/", views.end, name="kela_end_payee"),
]
