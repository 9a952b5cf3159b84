"""Who of an organisation may do what on its own pages: one table.

An office is enough, be the agreement in force or under way; a mandate opens none of this.
"""

from enum import StrEnum

from authorizations.declarations import Need, holds_office, official
from authorizations.rights import Right
from organisations.models import Contact

Role = Contact.Role


class Deed(StrEnum):
    """What is done on the own pages."""

    READ = "read"
    ASSESS_SECURITY = "assess_security"
    INSTRUCT_STAFF = "instruct_staff"
    APPLY_FOR_MANDATE_RIGHTS = "apply_for_mandate_rights"
    TELL_EMPLOYEES = "tell_employees"
    ATTEST_ACCESS = "attest_access"
    KEEP_CONTACTS = "keep_contacts"
    KEEP_PAYEES = "keep_payees"
    KEEP_KEYS = "keep_keys"
    SEE_HOLDERS = "see_holders"


MAY: dict[Deed, frozenset[Role]] = {
    Deed.READ: frozenset(Role),
    Deed.ASSESS_SECURITY: frozenset({Role.DATA_PROTECTION, Role.SIGNATORY}),
    Deed.INSTRUCT_STAFF: frozenset({Role.AUTHORIZER, Role.DATA_PROTECTION}),
    Deed.APPLY_FOR_MANDATE_RIGHTS: frozenset({Role.SIGNATORY, Role.AUTHORIZER}),
    Deed.TELL_EMPLOYEES: frozenset({Role.SIGNATORY, Role.AUTHORIZER}),
    Deed.ATTEST_ACCESS: frozenset({Role.SIGNATORY, Role.DATA_PROTECTION, Role.TECHNICAL}),
    # Who answers for the agreement and for data protection, grants mandates or watches the use.
    Deed.KEEP_CONTACTS: frozenset(
        {Role.SIGNATORY, Role.DATA_PROTECTION, Role.AUTHORIZER, Role.SUPERVISOR}
    ),
    # Who binds the organisation, and who keeps its money.
    Deed.KEEP_PAYEES: frozenset({Role.SIGNATORY, Role.BILLING}),
    Deed.KEEP_KEYS: frozenset({Role.TECHNICAL}),
    Deed.SEE_HOLDERS: frozenset({Role.AUTHORIZER}),
}


def those_who_may(deed: Deed) -> str:
    """The offices that the table names for a deed, in words."""
    return ", ".join(str(role.label) for role in Role if role in MAY[deed])


def may(deed: Deed) -> Need:
    """Somebody with an office that the table names for the deed."""

    def need(right: Right) -> bool:
        return holds_office(right) and not MAY[deed].isdisjoint(right.roles)

    return need


def sees_holders(right: Right) -> bool:
    """An authorizer of an agreement in force: names of colleagues stay closed until then."""
    need: Need = may(Deed.SEE_HOLDERS)
    return official(right) and need(right)
