"""A mandate is granted by exactly its theme."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from authorizations.rulebook.words import Mandate
from authorizations.suomifi.themes import mandates_by_theme, mandates_of

THEME = "http://valtuusrekisteri.suomi.fi/kelmu_treatment_abroad"


@pytest.fixture(autouse=True)
def own_themes(settings: Settings) -> None:
    settings.MANDATE_THEMES = {}


def test_every_mandate_has_its_theme() -> None:
    assert set(mandates_by_theme().values()) == set(Mandate)


def test_a_theme_grants_its_mandate() -> None:
    assert mandates_of([THEME, "TJ", "NIMKO"]) == {Mandate.TREATMENT_ABROAD}


@pytest.mark.parametrize(
    "theme",
    [
        "",
        "treatment_abroad",
        "kelmu_treatment_abroad",
        THEME.upper(),
        THEME.replace("http:", "https:"),
        f"{THEME}/",
        f" {THEME}",
        f"{THEME}_2",
        "http://valtuusrekisteri.suomi.fi.invalid/kelmu_treatment_abroad",
    ],
)
def test_what_only_looks_like_a_theme_grants_nothing(theme: str) -> None:
    assert mandates_of([theme]) == frozenset()


def test_the_real_theme_comes_from_settings_and_the_invented_one_goes(settings: Settings) -> None:
    real = "http://valtuusrekisteri.suomi.fi/ulkomaille_hoitoon"
    settings.MANDATE_THEMES = {"treatment_abroad": real}

    assert mandates_of([real]) == {Mandate.TREATMENT_ABROAD}
    assert mandates_of([THEME]) == frozenset()


@pytest.mark.parametrize(
    "themes",
    [
        {"treatment": "http://valtuusrekisteri.suomi.fi/a"},
        {"front_veterans_supplement": THEME},
    ],
)
def test_settings_that_contradict_themselves_are_a_clear_mistake(
    themes: dict[str, str], settings: Settings
) -> None:
    settings.MANDATE_THEMES = themes

    with pytest.raises(ImproperlyConfigured, match="SUOMIFI_MANDATE_THEMES"):
        mandates_of([])
