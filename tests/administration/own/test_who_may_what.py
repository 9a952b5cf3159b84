"""The table of who may change what on an organisation's own pages, all of it."""

import pytest

from administration.own.deeds import MAY, Deed
from organisations.models import Contact
from tests.acting import PIRKANMAA, client_of, official
from tests.administration.people import KESKI_SUOMI, named

pytestmark = pytest.mark.django_db

R = Contact.Role
STEP = "/agreement/commissioning/"
EVERYBODY = {*R}
CONTACTS = {R.SIGNATORY, R.DATA_PROTECTION, R.AUTHORIZER, R.SUPERVISOR}
# Written by hand: which address does it, and who gets in.
TABLE = {
    Deed.READ: ("/agreement/", EVERYBODY),
    Deed.ASSESS_SECURITY: ("/agreement/security/assess/", {R.DATA_PROTECTION, R.SIGNATORY}),
    Deed.INSTRUCT_STAFF: ("/agreement/instruction/change/", {R.AUTHORIZER, R.DATA_PROTECTION}),
    Deed.APPLY_FOR_MANDATE_RIGHTS: (f"{STEP}mandate_rights/", {R.SIGNATORY, R.AUTHORIZER}),
    Deed.TELL_EMPLOYEES: (f"{STEP}employees_told/", {R.SIGNATORY, R.AUTHORIZER}),
    Deed.ATTEST_ACCESS: (
        f"{STEP}access_attested/",
        {R.SIGNATORY, R.DATA_PROTECTION, R.TECHNICAL},
    ),
    Deed.SEE_HOLDERS: ("/agreement/holders/", {R.AUTHORIZER}),
    Deed.KEEP_CONTACTS: ("/agreement/contacts/new/", CONTACTS),
    Deed.KEEP_PAYEES: ("/agreement/payees/new/", {R.SIGNATORY, R.BILLING}),
    Deed.KEEP_KEYS: ("/agreement/keys/new/", {R.TECHNICAL}),
}
PAGES = [
    "mandates",
    "commissioning",
    "security",
    "instruction",
    "usage",
    "contacts",
    "payees",
    "keys",
]


def test_the_table_is_the_one_of_the_service() -> None:
    assert {deed: offices for deed, (_address, offices) in TABLE.items()} == MAY


@pytest.mark.parametrize("role", R)
def test_each_office_may_what_the_table_says_and_no_more(role: Contact.Role) -> None:
    person = named(role, PIRKANMAA)
    for address, offices in TABLE.values():
        person.get(address, 200 if role in offices else 403)


@pytest.mark.parametrize("role", R)
def test_the_same_while_the_agreement_is_under_way_but_names_of_colleagues(
    role: Contact.Role,
) -> None:
    person = named(role, KESKI_SUOMI)
    for deed, (address, offices) in TABLE.items():
        opens = role in offices and deed is not Deed.SEE_HOLDERS
        person.get(address, 200 if opens else 403)


@pytest.mark.parametrize("role", R)
def test_everybody_with_an_office_reads_every_page(role: Contact.Role) -> None:
    person = named(role)
    for page in PAGES:
        person.get(f"/agreement/{page}/")


def test_a_mandate_opens_none_of_it() -> None:
    client = client_of(official(PIRKANMAA))
    for page in ["", *(f"{page}/" for page in PAGES)]:
        assert client.get(f"/agreement/{page}").status_code == 403
