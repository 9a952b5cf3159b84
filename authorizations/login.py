"""The steps of logging in, and what the session remembers between them.

anonymous → identification pending → identified → selection pending → acting. Whatever fails
leads one step back. The official's own HETU lives no longer than the call that asks Suomi.fi
for the mandates; the session knows a subject.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone

from audit.models import ActKind, Outcome
from audit.pseudonyms import subject_of
from authorizations import pending as pendings
from authorizations.login_log import write, write_row
from authorizations.models import Official
from authorizations.offices import offices_of
from authorizations.session_store import ACTING, PERSON
from authorizations.suomifi import identification, mandates, provider
from authorizations.suomifi.errors import Cancelled, Reason, SuomiFiError
from authorizations.suomifi.errors import Refused as NotTrusted
from authorizations.suomifi.themes import mandates_of
from authorizations.suomifi.tokens import same
from kelmu import clock
from kelmu.dates import valid_on
from kelmu.languages import page_language
from organisations.models import Organisation

SELECTION = "selection"
AT = "suomifi"


class NoMandate(Exception):
    """The person is known, and Suomi.fi told of no mandate for Kelmu.

    Of the organisation chosen at Suomi.fi, its name, and its id if Kelmu knows it.
    """

    def __init__(self, organisation: str = "", organisation_id: int | None = None) -> None:
        super().__init__("no mandate")
        self.organisation = organisation
        self.organisation_id = organisation_id


class TurnedBack(Exception):
    """The person did not choose, and acts on as before."""


def begin(session: SessionBase, *, again: bool = False) -> str:
    """Starts an identification and answers the address at Suomi.fi.

    Again: the same person comes back to the same session to read mandates anew or to choose
    another organisation, so Suomi.fi need not ask who they are.
    """
    abandon_selection(session)
    expected = session.get(PERSON, {}).get("subject") if again else None
    if not expected:
        pendings.forget_the_rest(session)
    address, pending = provider.suomifi_identification().authorization(
        page_language(), fresh=not expected
    )
    pendings.remember(session, pending, at=AT, expected=expected)
    return address


def identify(session: SessionBase, answer: Mapping[str, str]) -> None:
    """Takes the answer of the identification and opens a mandate query for the person.

    Raises SuomiFiError when either service does not answer as it must. Somebody with an office
    in an agreement gets in without the mandate query.
    """
    pending, expected = pendings.take(session, answer, at=AT)
    claims = provider.suomifi_identification().claims(pending, answer)
    person = identification.verified_person(claims)
    subject = subject_of(person.hetu)
    if expected not in {None, str(subject)}:
        raise NotTrusted(Reason.SUBJECT)
    name = f"{person.given_name} {person.family_name}"
    abandon_selection(session)
    if session.get(ACTING, {}).get("subject") != str(subject):
        pendings.forget_the_rest(session)
    session.cycle_key()
    session[PERSON] = {"subject": str(subject), "name": name}
    session.save()
    write(session, ActKind.LOGIN, level=person.acr)
    _open_selection(session, person.hetu, subject)


def _open_selection(session: SessionBase, hetu: str, subject: UUID) -> None:
    try:
        registered = mandates.register(hetu)
    except SuomiFiError:
        if offices_of(subject):
            return
        raise
    session[SELECTION] = asdict(registered)


def selection_address(session: SessionBase) -> str | None:
    """Where the person chooses the organisation at Suomi.fi, once."""
    selection = _selection(session)
    if selection is None or not selection.user_id:
        return None
    session[SELECTION] = asdict(replace(selection, user_id=""))  # Suomi.fi takes it once
    return mandates.selection_url(selection, page_language())


def select_organisation(session: SessionBase, answer: Mapping[str, str]) -> None:
    """Takes the organisation chosen at Suomi.fi and acts for it from now on.

    Raises NoMandate when Suomi.fi tells of none, TurnedBack when the person chose nothing and
    acts on as before, SuomiFiError when Suomi.fi does not answer as it must. The mandate session
    at Suomi.fi ends in every case; an answer nobody waits for touches nothing.
    """
    registered = _selection(session)
    if registered is None or not same(registered.state, answer.get("state", "")):
        raise NotTrusted(Reason.STATE)
    del session[SELECTION]
    query = {"mandate_request": registered.request_id}
    try:
        chosen = mandates.organisation(registered, answer)
    except Cancelled:
        write(session, ActKind.MANDATE_QUERY, Outcome.REFUSED, **query)
        if _may_act_on(session.get(ACTING, {})):
            raise TurnedBack from None
        _stop_acting(session)
        raise NoMandate from None
    except SuomiFiError as error:
        write(session, ActKind.MANDATE_QUERY, Outcome.FAILED, **query, reason=error.reason)
        raise
    _act_by_mandate(session, chosen)


def _may_act_on(acting: dict[str, Any]) -> bool:
    """Whether somebody who chose nothing acts on as before: by role, or by mandates read lately.

    Suomi.fi tells no more of who turned back than of who had nothing left to choose, so mandates
    that had to be read again are gone.
    """
    read_at = acting.get("mandates_read_at")
    if read_at is None:
        return bool(acting)
    return timezone.now() - datetime.fromisoformat(read_at) <= settings.MANDATE_MAX_AGE


def _stop_acting(session: SessionBase) -> None:
    """Who acted by mandates is identified from here on and no more; what was open is dropped."""
    if session.get(ACTING, {}).get("mandates"):
        person = session[PERSON]
        pendings.forget_the_rest(session)
        session[PERSON] = person


def _act_by_mandate(session: SessionBase, chosen: mandates.ActingFor) -> None:
    organisation = Organisation.objects.filter(
        valid_on(clock.today()), business_id=chosen.business_id
    ).first()
    held = mandates_of(chosen.themes)
    details: dict[str, Any] = {
        "asked_at": chosen.asked_at,
        "answered_at": chosen.answered_at,
        "mandate_request": chosen.request_id,
        "business_id": chosen.business_id,
    }
    if organisation is None or not held:
        write(session, ActKind.MANDATE_QUERY, Outcome.REFUSED, **details)
        _stop_acting(session)
        raise NoMandate(chosen.name, organisation.pk if organisation else None)
    act(session, ActKind.SELECT_ORGANISATION, organisation, sorted(held), details)


def act_by_role(session: SessionBase, office_id: str) -> None:
    """Acts for the organisation whose agreement names the person, without a mandate.

    Raises NoMandate when no such office is theirs.
    """
    person = session.get(PERSON)
    offices = offices_of(UUID(person["subject"])) if person else []
    office = next((office for office in offices if str(office.id) == office_id), None)
    if office is None:
        raise NoMandate
    abandon_selection(session)
    act(session, ActKind.ACT_BY_ROLE, office.organisation, [], {})


@transaction.atomic
def act(
    session: SessionBase,
    how: ActKind,
    organisation: Organisation,
    held: list[Any],
    details: dict[str, Any],
) -> None:
    """From here on the session acts for the organisation; what was open for another is dropped.

    The row of the log comes first: without it nobody acts.
    """
    person = session[PERSON]
    if session.get(ACTING, {}).get("organisation_id") != organisation.pk:
        pendings.forget_the_rest(session)
    session.cycle_key()
    acting = {
        **person,
        "organisation_id": organisation.pk,
        "mandates": held,
        "mandates_read_at": details["answered_at"].isoformat() if held else None,
        "by_role": not held,
    }
    write_row(session, how, Outcome.PERMITTED, acting, details)
    _remember_official(organisation, person)
    session[PERSON] = person
    session[ACTING] = acting
    session.save()


def _remember_official(organisation: Organisation, person: dict[str, str]) -> None:
    """Keeps the name of whoever acts for an organisation, for its authorizers."""
    Official.objects.bulk_create(
        [Official(organisation=organisation, **person)],
        update_conflicts=True,
        update_fields=["name"],
        unique_fields=["organisation", "subject"],
    )


def abandon_selection(session: SessionBase) -> None:
    """Ends an unfinished mandate query at Suomi.fi."""
    unfinished = _selection(session)
    session.pop(SELECTION, None)
    if unfinished:
        mandates.unregister(unfinished)


def _selection(session: SessionBase) -> mandates.Registered | None:
    selection = session.get(SELECTION)
    return mandates.Registered(**selection) if selection else None


def end(session: SessionBase) -> str | None:
    """Logs out: our session ends first, then the address where the provider's session ends."""
    acting = session.get(ACTING)
    if acting:
        write(session, ActKind.LOGOUT)
    unfinished = _selection(session)
    session.flush()  # before anything that may fail or wait
    if unfinished:
        mandates.unregister(unfinished)
    ended = provider.kela() if acting and "kela_groups" in acting else None
    return (ended or provider.suomifi_identification()).logout_url(page_language())


def is_acting(session: SessionBase) -> bool:
    """Whether somebody is logged in and acts in some role."""
    return ACTING in session
