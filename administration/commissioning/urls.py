from django.urls import path

from administration.commissioning import views

ONE = "kela/agreements/<int:agreement_id>/commissioning/"

urlpatterns = [
    path("kela/commissioning/", views.commissionings, name="kela_commissioning"),
    path("kela/commissioning/<slug:which>/", views.commissionings, name="kela_commissionings"),
    path(ONE, views.commissioning, name="kela_commissioning_of"),
    path(f"{ONE}holders/", views.mandate_holders, name="kela_mandate_holders"),
    path(f"{ONE}<slug:step>/", views.record_step, name="kela_record_step"),
]
