"""Every view declares what it needs. One that does not is named at start-up, and refused."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client

from audit.models import Entry
from audit.services import act_for
from kelmu.declarations import undeclared_addresses
from tests.acting import client_of, official, organisation

WITH_SILENT_ONES = pytest.mark.urls("tests.kelmu.addresses")


def test_every_address_of_the_service_declares_what_it_needs() -> None:
    assert undeclared_addresses() == []


@WITH_SILENT_ONES
def test_an_undeclared_address_is_named() -> None:
    assert undeclared_addresses() == ["inner/silent/<int:number>/", "silent/"]


@WITH_SILENT_ONES
def test_the_service_does_not_start_with_an_undeclared_address() -> None:
    with pytest.raises(SystemCheckError, match="/silent/” does not declare which right it needs"):
        call_command("check")


@WITH_SILENT_ONES
@pytest.mark.django_db
def test_an_undeclared_view_is_refused_to_everybody() -> None:
    for client in (Client(), client_of(official())):
        answer = client.get("/inner/silent/1/")
        assert answer.status_code == 403
        assert b"a customer's data" not in answer.content


@WITH_SILENT_ONES
@pytest.mark.django_db
def test_its_refusal_stands_in_no_organisation_s_log() -> None:
    client_of(official()).get("/silent/")
    act_for(organisation().pk)
    assert not Entry.objects.filter(act="refusal").exists()
