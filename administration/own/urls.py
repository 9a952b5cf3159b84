from django.urls import path

from administration.own import views

urlpatterns = [path("agreement/", views.agreement, name="own_agreement")]
