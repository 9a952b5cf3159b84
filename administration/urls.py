from django.urls import path

from administration import views

urlpatterns = [path("kela/feeds/", views.feeds, name="kela_feeds")]
