from django.urls import path

from administration.own import contacts, payees, views

urlpatterns = [
    path("agreement/", views.agreement, name="own_agreement"),
    path("agreement/contacts/", contacts.contacts, name="own_contacts"),
    path("agreement/contacts/new/", contacts.propose, name="own_new_contact"),
    path("agreement/contacts/<int:contact_id>/", contacts.contact, name="own_contact"),
    path("agreement/contacts/<int:contact_id>/end/", contacts.end, name="own_end_contact"),
    path("agreement/payees/", payees.payees, name="own_payees"),
    path("agreement/payees/new/", payees.propose, name="own_new_payee"),
    path("agreement/payees/<int:payee_id>/", payees.payee, name="own_payee"),
    path("agreement/payees/<int:payee_id>/end/", payees.end, name="own_end_payee"),
]
