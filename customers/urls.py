from django.urls import path

from customers import views

urlpatterns = [
    path("start/", views.start, name="start"),
    path("customers/<uuid:opening_id>/close/", views.close, name="close_customer"),
    path("customers/<uuid:opening_id>/purpose/", views.change_purpose, name="change_purpose"),
]
