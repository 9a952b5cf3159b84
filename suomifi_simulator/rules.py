"""The rule engine: which mandates reach a person, on behalf of whom.

It forwards what the e-service is set to get, and nothing else: a mandate for transactions that an
organisation gave to the person, and the chain of representation. In the chain an organisation gave
a mandate for transactions to another organisation, whose employee holds a mandate to represent the
first one in the same matter. A link alone carries nobody.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from suomifi_simulator.cast import Grant

type Mandates = dict[str, frozenset[str]]

THEME = "http://valtuusrekisteri.suomi.fi/kelmu_"


def mandates_of(person: str, grants: Iterable[Grant], day: date) -> Mandates:
    """The mandates (slugs) a person may use on the day, by the organisation (slug) they act for."""
    valid = [grant for grant in grants if grant.is_valid(day)]
    passed_on = {
        (grant.giver, grant.to_organisation, mandate)
        for grant in valid
        if grant.to_organisation is not None
        for mandate in grant.mandates
    }
    reached: defaultdict[str, set[str]] = defaultdict(set)
    for grant in valid:
        if grant.to_person == person:
            reached[grant.giver] |= {
                mandate
                for mandate in grant.mandates
                if grant.kind == "transaction" or (grant.giver, grant.via, mandate) in passed_on
            }
    return {giver: frozenset(mandates) for giver, mandates in reached.items() if mandates}


def themes(mandates: Iterable[str]) -> list[str]:
    """The mandates as the technical identifiers of their themes, in order."""
    return [THEME + mandate for mandate in sorted(mandates)]
