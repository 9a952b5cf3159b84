"""The login of Kela's own people, by Kela's own provider and never by Suomi.fi."""

from collections.abc import Mapping

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from audit.models import ActKind
from audit.pseudonyms import subject_of
from authorizations import login
from authorizations import pending as pendings
from authorizations.login_log import write
from authorizations.session_store import ACTING, PERSON
from authorizations.suomifi import identification, provider
from kelmu.languages import page_language

AT = "kela"


def begin(session: SessionBase) -> str:
    """Starts a login of one of Kela's own people and answers the address of Kela's provider."""
    login.abandon_selection(session)
    pendings.forget_the_rest(session)
    address, pending = provider.kela().authorization(page_language(), fresh=True)
    pendings.remember(session, pending, at=AT)
    return address


def act(session: SessionBase, answer: Mapping[str, str]) -> None:
    """Takes the answer of Kela's provider. Raises NoMandate when no group of ours is in it."""
    pending, _expected = pendings.take(session, answer, at=AT)
    claims = provider.kela().claims(pending, answer)
    admin = identification.kela_admin(claims)
    subject = subject_of(f"{admin.issuer} {admin.subject}")
    if not admin.groups:
        raise login.NoMandate
    pendings.forget_the_rest(session)
    session[PERSON] = {"subject": str(subject), "name": admin.name}
    session[ACTING] = {**session[PERSON], "kela_groups": list(admin.groups)}
    with transaction.atomic():  # without its row nobody acts
        session.save()
        write(session, ActKind.LOGIN, groups=list(admin.groups))
