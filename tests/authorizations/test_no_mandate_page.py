"""Whoever has no mandate is led through the four checks, and told whom to ask if that is known."""

from tests.personas import ENTITLED, WITHOUT_MANDATE, Persona, log_in
from tests.running import Kelmu

BENEFIT_OFFICER = Persona("eetu", business_id="9900100-2")  # one mandate alone, in Pirkanmaa


def landed(kelmu: Kelmu, persona: Persona) -> str:
    """The English page where somebody ends."""
    visitor = kelmu.visitor()
    visitor.cookies.set("kelmu-language", "en", domain="127.0.0.1", path="/")
    page = log_in(visitor, persona)
    if not page.url.startswith(kelmu.address):  # nothing to choose at Suomi.fi
        page = visitor.get(f"{page.url.partition('?')[0]}/cancel")
    assert page.status_code == 403
    return page.text


def test_an_organisation_that_gave_no_mandate_is_named_with_its_authorizers(kelmu: Kelmu) -> None:
    kelmu.order("fault", fault="missing_theme", step="roles")
    page = landed(kelmu, BENEFIT_OFFICER)
    assert "Pirkanmaan hyvinvointialue has given you no mandate that Kelmu knows" in page
    assert "Authorizers of Pirkanmaan hyvinvointialue: Veikko Valtuuttaja" in page


def test_an_organisation_that_kelmu_does_not_know_has_no_agreement(kelmu: Kelmu) -> None:
    with kelmu.owner() as owner:
        owner.execute(
            "UPDATE organisations_organisation SET validity = '[2021-02-01,2022-01-01)'"
            " WHERE business_id = '9900100-2'"
        )
    page = landed(kelmu, ENTITLED)
    assert "Kela has no agreement on Kelmu with Pirkanmaan hyvinvointialue" in page
    assert "Veikko" not in page


def test_the_four_checks_and_the_exception_are_told(kelmu: Kelmu) -> None:
    page = landed(kelmu, WITHOUT_MANDATE)
    checks = [
        "Check in Suomi.fi which mandates you have",
        "with one exception: when a municipality has given a mandate",
        'href="https://www.suomi.fi/valtuudet"',
        "Check which mandate shows what",
        'href="/rights/needed/"',
        "Ask the authorizer of your organisation",
        "Log in again",
        "Reference number",
    ]
    places = [page.find(check) for check in checks]
    assert -1 not in places
    assert places == sorted(places)
