"""What somebody proposed and nobody has decided on, they withdraw: with a reason that is kept."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from administration.agreements import services
from administration.agreements.versions import services as versions
from audit.models import ActKind
from organisations.models import AgreementVersion, Contact, Payee
from tests.acting import PIRKANMAA, entries, organisation, right_of, session
from tests.administration.agreements import kela
from tests.administration.kela import Admin, Own
from tests.administration.test_contacts import TYPED as CONTACT
from tests.administration.test_payees import OTHER, WITHOUT
from tests.administration.test_payees import TYPED as PAYEE
from tests.agreeing import PREPARER
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
SIGNATORY, AUTHORIZER = "140372-9013", "170868-9664"
WHY = "Nimi oli väärä."
type Kind = type[Contact] | type[Payee] | type[AgreementVersion]


@pytest.fixture
def anna() -> Admin:
    return Admin("preparing")


def propose_contact(anna: Admin) -> str:
    return anna.post(f"/kela/organisations/{organisation().pk}/contacts/new/", **CONTACT)


def propose_payee(anna: Admin) -> str:
    return anna.post(f"/kela/organisations/{organisation(WITHOUT).pk}/payees/new/", **PAYEE)


def propose_version(anna: Admin) -> str:
    agreement = services.begin(kela.preparing().right, kela.a_new_organisation())
    right = right_of(session(anna.subject, kela_groups=["preparing"]))
    content = kela.content_for(agreement.organisation)
    return f"/kela/agreements/versions/{versions.prepare(right, agreement.pk, TODAY, content).pk}/"


PROPOSALS = pytest.mark.parametrize(
    ("propose", "kind"),
    [(propose_contact, Contact), (propose_payee, Payee), (propose_version, AgreementVersion)],
)


@PROPOSALS
def test_who_proposed_it_withdraws_it_with_a_reason(
    anna: Admin, propose: Callable[[Admin], str], kind: Kind
) -> None:
    where = propose(anna)
    assert "Withdraw the proposal" in anna.get(where)
    anna.post(f"{where}withdrawal/", 422)
    anna.post(f"{where}withdrawal/", **{"withdrawal-note": WHY})
    page = anna.get(where)
    assert WHY in page
    assert "Withdraw the proposal" not in page
    one = kind.objects.latest("pk")
    assert (one.decision, one.validity, one.decided_by) == ("withdrawn", None, one.proposed_by)


@PROPOSALS
def test_nobody_decides_on_it_any_more(
    anna: Admin, propose: Callable[[Admin], str], kind: Kind
) -> None:
    heikki, where = Admin("approving"), propose(anna)
    anna.post(f"{where}withdrawal/", **{"withdrawal-note": WHY})
    decision = "decision" if kind is AgreementVersion else "decide"
    assert "decided already" in heikki.post(f"{where}{decision}/", 422, decision="accepted")
    page = heikki.get("/kela/waiting/")
    for nothing in ("No contact waits.", "No account waits.", "No version of an agreement waits."):
        assert nothing in page


@PROPOSALS
def test_nobody_withdraws_what_another_proposed(
    propose: Callable[[Admin], str], kind: Kind
) -> None:
    where = propose(Admin("preparing"))
    both = Admin("preparing", "approving")
    assert "Withdraw the proposal" not in both.get(where)
    page = both.post(f"{where}withdrawal/", 422, **{"withdrawal-note": WHY})
    assert "who proposed this, withdraws it." in page
    assert kind.objects.latest("pk").decision == ""


def test_the_organisations_own_people_withdraw_their_proposals() -> None:
    pentti, veikko = Own(SIGNATORY), Own(AUTHORIZER)
    contact = pentti.post("/agreement/contacts/new/", **CONTACT)
    veikko.post(f"{contact}withdrawal/", 422, **{"withdrawal-note": WHY})
    pentti.post(f"{contact}withdrawal/", **{"withdrawal-note": WHY})
    assert f"withdrawn: {WHY}" in pentti.get(contact)
    payee = pentti.post("/agreement/payees/new/", **PAYEE | {"iban": OTHER, "replaces": "beside"})
    pentti.post(f"{payee}withdrawal/", **{"withdrawal-note": WHY})
    assert f"withdrawn: {WHY}" in pentti.get(payee)
    told = [entry for entry in entries(PIRKANMAA) if "decision" in entry.details]
    assert [(entry.act, entry.details["decision"]) for entry in told] == [
        (ActKind.DECIDE_ON_CONTACT, "withdrawn"),
        (ActKind.DECIDE_ON_PAYEE, "withdrawn"),
    ]


def test_the_same_can_be_proposed_again(anna: Admin) -> None:
    first = propose_payee(anna)
    anna.post(f"{first}withdrawal/", **{"withdrawal-note": WHY})
    assert propose_payee(anna) != first


@pytest.mark.parametrize(
    ("by_proposer", "note", "constraint"),
    [(False, WHY, "takes_two_people"), (True, "", "says_why_it_is_withdrawn")],
)
def test_the_database_keeps_who_withdraws_and_why(
    anna: Admin, *, by_proposer: bool, note: str, constraint: str
) -> None:
    propose_contact(anna)
    one = Contact.objects.latest("pk")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Contact.objects.filter(pk=one.pk).update(
            decision="withdrawn",
            decided_by=one.proposed_by if by_proposer else PREPARER,
            decided_at=timezone.now(),
            decision_note=note,
        )
