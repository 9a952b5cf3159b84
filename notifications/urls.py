from django.urls import path

from notifications.choosing.views import choose
from notifications.listings import urls as listings
from notifications.queue import documents, single, views

QUEUE = "notifications/<slug:purpose>/<slug:municipality>/"
ONE = f"{QUEUE}<int:handling_id>/"

urlpatterns = [
    *listings.urlpatterns,
    path("notifications/", choose, name="notifications"),
    path(QUEUE, views.queue, name="queue"),
    path(f"{QUEUE}news/", views.news, name="queue_news"),
    path(f"{QUEUE}many/", views.many, name="queue_many"),
    path(ONE, single.notification, name="notification"),
    path(f"{ONE}change/", single.change, name="notification_change"),
    path(f"{ONE}transfer/", single.transfer, name="notification_transfer"),
    path(f"{ONE}answer/", single.answer, name="notification_answer"),
    path(f"{ONE}customer/", single.customer, name="notification_customer"),
    path(f"{ONE}attachments.zip", documents.attachments, name="attachments"),
    path(f"{ONE}attachments/<int:attachment_id>/", documents.attachment, name="attachment"),
]
