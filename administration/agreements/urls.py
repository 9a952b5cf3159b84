from django.urls import path

from administration.agreements import views
from administration.agreements.bulk import views as bulk
from administration.agreements.dashboard.views import kela_start
from administration.agreements.enquiries import views as enquiries
from administration.agreements.versions import views as versions

HERE = "kela/agreements/"
ONE = f"{HERE}<int:agreement_id>/"
VERSION = f"{HERE}versions/<int:version_id>/"

ENQUIRIES = "kela/enquiries/"
ENQUIRY = f"{ENQUIRIES}<int:enquiry_id>/"

urlpatterns = [
    path("kela/", kela_start, name="kela_start"),
    path("enquiry/", enquiries.enquire, name="enquire"),
    path("enquiry/sent/", enquiries.enquiry_sent, name="enquiry_sent"),
    path(ENQUIRIES, enquiries.enquiries, name="kela_enquiries"),
    path(f"{ENQUIRIES}new/", enquiries.enter_enquiry, name="kela_enter_enquiry"),
    path(ENQUIRY, enquiries.enquiry, name="kela_enquiry"),
    path(f"{ENQUIRY}answer/", enquiries.print_answer, name="kela_print_answer"),
    path("kela/bulk/", bulk.bulk, name="kela_bulk"),
    path("kela/bulk/<int:run_id>/", bulk.bulk_run, name="kela_bulk_run"),
    path("kela/bulk/<int:run_id>/next/", bulk.go_on, name="kela_go_on"),
    path(HERE, views.agreements, name="kela_agreements"),
    path(ONE, views.agreement, name="kela_agreement"),
    path(f"{ONE}steps/<slug:deed>/", views.prepare_step, name="kela_prepare_step"),
    path(f"{ONE}approval/<slug:deed>/", views.approve_step, name="kela_approve_step"),
    path(f"{ONE}renewal/", views.renew, name="kela_renew"),
    path(f"{ONE}deadlines/", views.set_deadline, name="kela_set_deadline"),
    path(f"{ONE}print/fi/", views.print_agreement, {"language": "fi"}, name="kela_print_fi"),
    path(f"{ONE}print/sv/", views.print_agreement, {"language": "sv"}, name="kela_print_sv"),
    path(f"{ONE}versions/new/", versions.new_version, name="kela_new_version"),
    path(VERSION, versions.version, name="kela_version"),
    path(f"{VERSION}change/", versions.change_version, name="kela_change_version"),
    path(f"{VERSION}decision/", versions.decide, name="kela_decide_on_version"),
    path(f"{VERSION}withdrawal/", versions.withdraw, name="kela_withdraw_version"),
]
