from django.urls import path

from payment_demands import closing, editing, handed_over, kela, overview, views

OF_CUSTOMER = "customers/<uuid:opening_id>/payment-demands/"
OF_DEMAND = f"{OF_CUSTOMER}<uuid:demand_id>/"

urlpatterns = [
    path("payment-demands/", views.search, name="payment_demands"),
    path("payment-demands/all/", overview.overview, name="all_payment_demands"),
    path("payment-demands/all.csv", overview.download, name="payment_demands_csv"),
    path(
        "payment-demands/<uuid:demand_id>/open/", overview.open_demand, name="open_payment_demand"
    ),
    path("kela/payment-demands/", kela.waiting, name="kela_payment_demands"),
    path("kela/payment-demands/transfers/", handed_over.transfers, name="kela_transferred_demands"),
    path("kela/payment-demands/<uuid:demand_id>/", kela.look, name="kela_look_at_demand"),
    path("kela/payment-demands/<uuid:demand_id>/answer/", kela.answer, name="kela_answer_demand"),
    path(OF_CUSTOMER, views.customers_demands, name="customers_payment_demands"),
    path(f"{OF_CUSTOMER}new/", editing.new, name="new_payment_demand"),
    path(OF_DEMAND, views.demand, name="payment_demand"),
    path(f"{OF_DEMAND}edit/", editing.edit, name="edit_payment_demand"),
    path(f"{OF_DEMAND}end/", closing.end, name="end_payment_demand"),
    path(f"{OF_DEMAND}void/", closing.void, name="void_payment_demand"),
]
