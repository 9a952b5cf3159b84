"""Who comes to Kelmu in the tests: people of demo/cast.toml, and how each logs in."""

from dataclasses import dataclass
from urllib.parse import urljoin

import requests

from tests.visitor import Visitor


@dataclass(frozen=True)
class Persona:
    """A person of the cast (slug) and what they choose after identification.

    `business_id` of the organisation chosen at Suomi.fi, or an office in an agreement, or Kela's
    own provider.
    """

    person: str
    business_id: str = ""
    has_office: bool = False
    at_kela: bool = False


ENTITLED = Persona("aino", business_id="9900100-2")  # Pirkanmaa
OTHER_ORGANISATION = Persona("oskar", business_id="9900101-0")  # Ostrobothnia
MUNICIPALITY = Persona("kaisa", business_id="9900102-9")  # Tampere: integration only
LISTS_ONLY = Persona("leena", business_id="9900102-9")  # Tampere, without the benefit mandate
LISTS_OF_A_COUNTY = Persona("liisa", business_id="9900100-2")  # Pirkanmaa
WITHOUT_MANDATE = Persona("ville")  # Pirkanmaa, cannot enter
AUTHORIZER = Persona("veikko", has_office=True)
SUPERVISOR = Persona("saara", has_office=True)
DATA_PROTECTION = Persona("tiina", has_office=True)  # of Pirkanmaa
UNDER_WAY = Persona("vilma", has_office=True)  # authorizer of a county not yet in use
KELA_ADMIN = Persona("anna", at_kela=True)
KELA_APPROVER = Persona("heikki", at_kela=True)
KELA_SERVICE_DESK = Persona("pirkko", at_kela=True)
KELA_OVERSIGHT = Persona("timo", at_kela=True)


def log_in(visitor: Visitor, persona: Persona) -> requests.Response:
    """Log in through the real steps and return the page where they end."""
    front = visitor.open("/")
    if persona.at_kela:
        page = visitor.submit(front, "/kela/login/")
        return visitor.submit(page, person=persona.person)
    page = identify(visitor, front, persona)
    if persona.has_office:
        return visitor.submit(page, "/login/role/office/$")
    if persona.business_id:
        return visitor.submit(page, organisation=persona.business_id)
    return page


def identify(visitor: Visitor, front: requests.Response, persona: Persona) -> requests.Response:
    """From the front page through Suomi.fi's identification; the page that comes after it."""
    means = visitor.submit(front, "/login/$")
    person = visitor.get(urljoin(means.url, f"{means.url}/person"))
    confirmation = visitor.submit(person, person=persona.person)
    return visitor.submit(confirmation)
