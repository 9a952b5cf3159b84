"""Each page that reads the log has two addresses: of the own organisation, and of an inquiry."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from oversight.customer_report import views as customer_report
from oversight.detection import views as detection
from oversight.figures import views as figures
from oversight.log import views as log
from oversight.reviews import views as reviews
from oversight.verification import views as verification
from oversight.yearly import views as yearly

PAGES: list[tuple[str, Callable[..., Any], str]] = [
    ("", figures.figures, "figures"),
    ("log/", log.log, "log"),
    ("log/<int:moment>/<uuid:entry_id>/", log.act, "act"),
    ("log.<slug:form_of_file>", log.download, "log_file"),
    ("reviews/", reviews.reviews, "reviews"),
    ("detection/", detection.detection, "detection"),
    ("report/", yearly.report, "report"),
]

urlpatterns: list[URLPattern] = [
    *(path(f"oversight/{route}", view, name=f"oversight_{name}") for route, view, name in PAGES),
    *(
        path(f"oversight/inquiries/<uuid:inquiry_id>/{route}", view, name=f"inquiry_{name}")
        for route, view, name in PAGES
    ),
    path("oversight/customer/", log.find_customer, name="find_customer"),
    path("oversight/detection/on/", detection.switch_on, name="switch_detection_on"),
    path("oversight/detection/off/", detection.switch_off, name="switch_detection_off"),
    path("oversight/reviews/draw/", reviews.draw, name="draw_sample"),
    path("oversight/reviews/<int:review_id>/", reviews.review, name="oversight_review"),
    path("oversight/reviews/<int:review_id>/finding/", reviews.record, name="record_finding"),
    path("kela/oversight/", log.inquiries, name="kela_oversight"),
    path("kela/log-findings/", verification.findings, name="log_findings"),
    path("kela/customer-report/", customer_report.ask, name="kela_customer_report"),
    path("kela/customer-report/<uuid:inquiry_id>/", customer_report.report, name="customer_report"),
]
