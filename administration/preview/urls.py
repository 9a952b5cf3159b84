from django.urls import path, register_converter

from administration.preview import views
from administration.preview.converters import DayConverter, MandatesConverter

register_converter(DayConverter, "day")
register_converter(MandatesConverter, "mandates")

VERSION = "kela/versions/<int:version_id>/preview/"
CHOSEN = f"{VERSION}<day:on>/<mandates:mandates>/"

urlpatterns = [
    path(VERSION, views.preview, name="preview"),
    path(f"{VERSION}check/", views.check, name="check_preview"),
    path(f"{VERSION}accept/", views.accept, name="accept_preview"),
    path(CHOSEN, views.page, {"page": ""}, name="preview_entrance"),
    path(f"{CHOSEN}<path:page>", views.page, name="preview_page"),
]
