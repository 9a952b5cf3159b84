"""The organisation's own contacts: its people propose, Kela accepts, an end works at once."""

import pytest

from audit.models import ActKind
from audit.pseudonyms import subject_of
from organisations.models import Contact
from tests.acting import TAMPERE, client_of, entries, official, organisation
from tests.administration.kela import Admin, Own
from tests.administration.test_contacts import TYPED

pytestmark = pytest.mark.django_db

SIGNATORY, DATA_PROTECTION = "140372-9013", "250981-902C"
AUTHORIZER, SUPERVISOR, NEW = "170868-9664", "090571-944L", "131052-9085"
HERE = "/agreement/contacts/"
PROPOSED = TYPED | {"hetu": NEW}


def named(role: str) -> Contact:
    return Contact.objects.get(organisation=organisation(), role=role)


@pytest.mark.parametrize("person", [SIGNATORY, DATA_PROTECTION, AUTHORIZER, SUPERVISOR])
def test_who_answers_for_the_agreement_or_its_use_proposes(person: str) -> None:
    own = Own(person)
    assert "Signatory, Responsible for data protection and security, Authorizer" in own.get(HERE)
    where = own.post(f"{HERE}new/", **PROPOSED)
    assert "waits for Kela" in own.get(where)
    assert entries()[-2].office in {"signatory", "data_protection", "authorizer", "supervisor"}


def test_who_has_another_office_reads_but_does_not_propose() -> None:
    tekla = Own("300974-907Y", "9900109-6")  # the technical contact
    assert "Propose a contact" not in tekla.get(HERE)
    tekla.post(f"{HERE}new/", 403, **PROPOSED)
    kirsi = Contact.objects.get(organisation=organisation("9900109-6"), role="signatory")
    tekla.post(f"{HERE}{kirsi.pk}/end/", 403)


def test_a_mandate_alone_opens_nothing_of_it() -> None:
    browser = client_of(official())
    assert browser.get(HERE).status_code == 403
    assert browser.post(f"{HERE}new/", PROPOSED).status_code == 403


def test_kela_accepts_and_the_organisation_sees_it() -> None:
    own, heikki = Own(AUTHORIZER), Admin("approving")
    where = own.post(f"{HERE}new/", **PROPOSED)
    one = Contact.objects.latest("pk")
    assert "Uuno Uusi" in heikki.get("/kela/waiting/")
    kela = f"/kela/organisations/{organisation().pk}/contacts/{one.pk}/"
    heikki.post(f"{kela}decide/", decision="accepted")
    assert "Accepted by " in own.get(where)
    new = client_of(official(subject=subject_of(NEW), by_role=True))
    assert new.get(HERE).status_code == 200


def test_the_identity_code_is_shown_nowhere() -> None:
    own = Own(AUTHORIZER)
    where = own.post(f"{HERE}new/", **PROPOSED)
    assert NEW not in own.get(where) + own.get(HERE)
    assert NEW not in own.post(f"{HERE}new/", 422, **PROPOSED | {"name": ""})
    assert all(NEW not in str(entry.details) for entry in entries())


def test_the_organisation_ends_a_role_at_once() -> None:
    saara = client_of(official(subject=subject_of(SUPERVISOR), by_role=True))
    assert saara.get(HERE).status_code == 200
    own = Own(AUTHORIZER)
    own.post(f"{HERE}{named('supervisor').pk}/end/")
    assert entries()[-1].act == ActKind.END_CONTACT
    assert saara.get(HERE).status_code == 403


def test_another_organisations_contacts_are_not_there() -> None:
    tampere = Contact.objects.create(
        **{
            field.attname: getattr(named("supervisor"), field.attname)
            for field in Contact._meta.concrete_fields  # noqa: SLF001 - Django's documented name
            if field.attname not in {"id", "organisation_id"}
        },
        organisation=organisation(TAMPERE),
    )
    own = Own(AUTHORIZER)
    own.get(f"{HERE}{tampere.pk}/", 404)
    own.post(f"{HERE}{tampere.pk}/end/", 404)


def test_before_the_agreement_is_in_force_the_organisation_names_its_people_too() -> None:
    kirsi = Own("030568-903M", "9900109-6")
    kirsi.post(f"{HERE}new/", **PROPOSED)
    assert "Uuno Uusi" in kirsi.get(HERE)
