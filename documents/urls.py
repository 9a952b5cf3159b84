from django.urls import path

from documents import errands, kela, overview, sending, views

OF_CUSTOMER = "customers/<uuid:opening_id>/documents/"
OF_SENDING = f"{OF_CUSTOMER}<uuid:sending_id>/"
OF_KELA = "kela/documents/<uuid:sending_id>/"

urlpatterns = [
    path("documents/", overview.overview, name="documents"),
    path("documents/<uuid:sending_id>/open/", overview.open_sending, name="open_sending"),
    path("kela/documents/", kela.waiting, name="kela_documents"),
    path("kela/documents/errands/", errands.errands, name="kela_errands"),
    path(OF_KELA, kela.look, name="kela_look_at_sending"),
    path(f"{OF_KELA}answer/", kela.answer, name="kela_answer_sending"),
    path(f"{OF_KELA}again/", errands.again, name="kela_send_again"),
    path(f"{OF_KELA}files/<uuid:document_id>/", kela.file, name="kela_document_file"),
    path(OF_CUSTOMER, views.customers_documents, name="customers_documents"),
    path(f"{OF_CUSTOMER}new/", sending.new, name="new_sending"),
    path(OF_SENDING, views.one_sending, name="sending"),
    path(f"{OF_SENDING}files/<uuid:document_id>/", views.file, name="document_file"),
]
