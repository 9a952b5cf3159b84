from django.urls import path

from notifications.listings.views import fetch_list, file, listing, publication, receipt

SHELF = "notifications/<slug:purpose>/<slug:municipality>/lists/<slug:listing>/"
PUBLICATION = f"{SHELF}<slug:published_for>/<slug:first_on>/<int:version>/"

urlpatterns = [
    path(SHELF, listing, name="listing"),
    path(PUBLICATION, publication, name="publication"),
    path(f"{PUBLICATION}fetch/", fetch_list, name="fetch_list"),
    path("lists/<uuid:download_id>/", receipt, name="list_receipt"),
    path("lists/<uuid:download_id>/file/", file, name="list_file"),
]
