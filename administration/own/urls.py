from django.urls import path

from administration.own import commissioning, contacts, instruction, keys, payees, security, views

urlpatterns = [
    path("agreement/", views.agreement, name="own_agreement"),
    path("agreement/mandates/", views.mandates, name="own_mandates"),
    path("agreement/commissioning/", commissioning.commissioning, name="own_commissioning"),
    path("agreement/contacts/", contacts.contacts, name="own_contacts"),
    path("agreement/contacts/new/", contacts.propose, name="own_new_contact"),
    path("agreement/contacts/<int:contact_id>/", contacts.contact, name="own_contact"),
    path(
        "agreement/contacts/<int:contact_id>/withdrawal/",
        contacts.withdraw,
        name="own_withdraw_contact",
    ),
    path("agreement/contacts/<int:contact_id>/end/", contacts.end, name="own_end_contact"),
    path("agreement/payees/", payees.payees, name="own_payees"),
    path("agreement/payees/new/", payees.propose, name="own_new_payee"),
    path("agreement/payees/<int:payee_id>/", payees.payee, name="own_payee"),
    path(
        "agreement/payees/<int:payee_id>/withdrawal/",
        payees.withdraw,
        name="own_withdraw_payee",
    ),
    path("agreement/payees/<int:payee_id>/end/", payees.end, name="own_end_payee"),
    path("agreement/commissioning/<slug:step>/", commissioning.record_step, name="own_record_step"),
    path("agreement/holders/", commissioning.mandate_holders, name="own_holders"),
    path("agreement/security/", security.security, name="own_security"),
    path("agreement/security/assess/", security.assess, name="own_assess"),
    path("agreement/instruction/", instruction.instruction, name="own_instruction"),
    path("agreement/instruction/change/", instruction.change_instruction, name="own_instruct"),
    path("agreement/keys/", keys.keys, name="own_keys"),
    path("agreement/keys/new/", keys.register, name="own_new_key"),
    path("agreement/keys/<int:key_id>/", keys.key, name="own_key"),
    path("agreement/keys/<int:key_id>/end/", keys.end, name="own_end_key"),
    path("agreement/usage/", views.usage, name="own_usage"),
    path("agreement/usage.csv", views.download_usage, name="own_usage_csv"),
]
