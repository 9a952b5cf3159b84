"""Which mandate theme of Suomi.fi is which mandate."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from authorizations.rulebook.words import Mandate

# Invented: the real identifiers come by SUOMIFI_MANDATE_THEMES. It is a name, never fetched.
THEME = "http://valtuusrekisteri.suomi.fi/kelmu_"


def mandates_of(themes: Iterable[str]) -> frozenset[Mandate]:
    """The mandates that these themes grant. What is not exactly a known theme grants nothing."""
    known = mandates_by_theme()
    return frozenset(known[theme] for theme in themes if theme in known)


def mandates_by_theme() -> dict[str, Mandate]:
    """The mandate of each theme; ImproperlyConfigured if MANDATE_THEMES contradicts itself."""
    named = settings.MANDATE_THEMES
    if not named.keys() <= set(Mandate):
        raise ImproperlyConfigured("SUOMIFI_MANDATE_THEMES names a mandate that does not exist.")
    known = {named.get(mandate, THEME + mandate): mandate for mandate in Mandate}
    if len(known) != len(Mandate):
        raise ImproperlyConfigured("SUOMIFI_MANDATE_THEMES gives one theme to two mandates.")
    return known
