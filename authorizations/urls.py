from django.urls import path

from authorizations import views
from authorizations.access_review import views as access_review
from authorizations.explaining import views as explaining

urlpatterns = [
    path("", views.front, name="front"),
    path("jwks.json", views.own_keys, name="own_keys"),
    path("login/", views.begin_login, name="login"),
    path("login/callback", views.identified, name="identified"),
    path("login/role/", views.choose_role, name="choose_role"),
    path("login/role/mandate/", views.choose_mandate, name="choose_mandate"),
    path("login/role/office/", views.choose_office, name="choose_office"),
    path("login/mandates/callback", views.organisation_selected, name="organisation_selected"),
    path("login/failed/", views.login_failed, name="login_failed"),
    path("logout/", views.log_out, name="logout"),
    path("kela/login/", views.begin_kela_login, name="kela_login"),
    path("kela/callback", views.kela_identified, name="kela_identified"),
    path("home/", views.home, name="home"),
    path("session/", views.extend_session, name="extend_session"),
    path("rights/mine/", explaining.my_rights, name="my_rights"),
    path("access-review/", access_review.access_review, name="access_review"),
    path("access-review.csv", access_review.download_access_review, name="access_review_csv"),
    path(
        "access-review/<int:official_id>/end-sessions/",
        access_review.end_sessions,
        name="end_sessions",
    ),
    path("access-review/<int:official_id>/left/", access_review.mark_as_left, name="mark_as_left"),
    path(
        "access-review/<int:official_id>/not-left/",
        access_review.take_mark_back,
        name="take_mark_back",
    ),
    path("kela/<int:organisation_id>/people/", access_review.kela_people, name="kela_people"),
    path(
        "kela/<int:organisation_id>/people/<int:official_id>/end-sessions/",
        access_review.kela_end_sessions,
        name="kela_end_sessions",
    ),
    path("rights/", explaining.matrix, name="granting"),
    path("rights.json", explaining.matrix, {"as_json": True}),
    path("rights/opened/", explaining.opened, name="granting_opened"),
    path("rights/opened.json", explaining.opened, {"as_json": True}),
    path("rights/compared/", explaining.compared, name="granting_compared"),
    path("rights/compared.json", explaining.compared, {"as_json": True}),
    path("rights/needed/", explaining.needed, name="granting_needed"),
    path("rights/needed.json", explaining.needed, {"as_json": True}),
    path("rights/grounds/", explaining.grounds, name="granting_grounds"),
    path("rights/grounds.json", explaining.grounds, {"as_json": True}),
]
