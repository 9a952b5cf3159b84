"""My rights: what one has now, by which mandate and since when, and what one lacks."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation
from pytest_django import Settings

from audit.pseudonyms import subject_of
from authorizations.explaining.mine import my_rights
from authorizations.rulebook import Mandate
from authorizations.session_store import SessionStore
from organisations.models import AgreementVersion, Contact, Organisation
from tests.acting import PIRKANMAA, TAMPERE, client_of, official, owning, right_of
from tests.agreeing import agree_on, agreed_purposes, agreements_of, version_of

pytestmark = pytest.mark.django_db

HELSINKI, MARIEHAMN = "9900105-3", "9900108-8"
AUTHORIZER = "170868-9664"
M1 = Mandate.BENEFITS_AND_PAYMENT_DEMANDS


def told(store: SessionStore, language: str = "fi") -> dict[str, Any]:
    with translation.override(language):
        return my_rights(right_of(store))


def look(store: SessionStore, language: str = "en") -> str:
    return client_of(store).get(f"/rights/mine/?lang={language}").content.decode()


def since(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {row["name"]: row["since"] for row in rows}


def lacking(rights: dict[str, Any]) -> dict[str, list[str]]:
    return {row["name"]: row["mandates"] for row in rights["lacking"]}


def test_what_a_mandate_opens_now_is_told_with_the_day_it_opened() -> None:
    rights = told(official(PIRKANMAA))
    assert since(rights["purposes"]) == {"Muut etuudet": "1.1.2023", "Toimeentulotuki": "1.1.2023"}
    assert since(rights["actions"]) == {"Maksuvaatimukset": "1.1.2023"}
    assert rights["mandates"] == [
        {
            "name": "Etuustietojen katselu ja maksuvaatimusten rekisteröinti",
            "opens": ["Muut etuudet", "Toimeentulotuki", "Maksuvaatimukset"],
        }
    ]


def test_the_day_is_that_of_the_rule_when_it_came_after_the_agreement() -> None:
    rights = told(official(PIRKANMAA, Mandate.TREATMENT_ABROAD))
    assert since(rights["purposes"]) == {"Ulkomailla annetun hoidon korvaukset": "1.5.2024"}


def test_the_day_is_that_of_the_agreement_when_it_came_after_the_rule() -> None:
    with owning():
        agreed_purposes().filter(purpose="other_benefits").delete()
    agree_on("other_benefits", DateRange(date(2026, 3, 1), None))
    rights = told(official(PIRKANMAA))
    assert since(rights["purposes"])["Muut etuudet"] == "1.3.2026"


def test_the_agreement_is_told_with_its_time_and_laws() -> None:
    agreement = told(official(PIRKANMAA))["agreement"]
    assert agreement["number"] == "KELMU-2023-9900100"
    assert agreement["valid"] == "1.1.2023–"
    assert "laki toimeentulotuesta 1412/1997" in agreement["laws"]


def test_when_the_mandates_were_read_is_told_in_finnish_time() -> None:
    read_at = datetime(2026, 11, 20, 22, 5, tzinfo=UTC)
    page = look(official(PIRKANMAA, read_at=read_at))
    assert "Mandates read from Suomi.fi" in page
    assert "21.11.2026 at 0:05" in page


def test_what_one_lacks_is_told_with_the_mandate_that_opens_it() -> None:
    assert lacking(told(official(PIRKANMAA))) == {
        "Toimeentulotuen ilmoitukset": [
            "Toimeentulotuen ja sosiaalipalvelujen asiakkaiden tietojen tarkastelu"
        ],
        "TYP-palvelu": ["Työmarkkinatukea 300 päivää saaneiden tietojen tarkastelu"],
        "Rintamalisälista": ["Rintamalisän saajien aineiston tarkastelu"],
        "Kotoutumispalvelut": ["Kotoutumispalvelujen asiakkaiden tietojen tarkastelu"],
        "Ulkomailla annetun hoidon korvaukset": [
            "Ulkomaille hoitoon hakeutuneiden henkilöiden sairaanhoidon korvaustietojen tarkastelu"
        ],
    }


def test_an_action_one_lacks_is_told_too() -> None:
    rights = told(official(PIRKANMAA, Mandate.FRONT_VETERANS_SUPPLEMENT))
    benefits = "Etuustietojen katselu ja maksuvaatimusten rekisteröinti"
    assert lacking(rights)["Maksuvaatimukset"] == [benefits]


def test_who_has_every_mandate_lacks_nothing() -> None:
    rights = told(official(HELSINKI, *Mandate))
    assert rights["lacking"] == []
    assert "Nothing: your mandates open all" in look(official(HELSINKI, *Mandate))


def test_what_the_agreement_leaves_out_is_not_promised_but_named() -> None:
    with owning():
        agreed_purposes().filter(purpose="front_veterans_list").delete()
    rights = told(official(PIRKANMAA))
    assert "Rintamalisälista" not in lacking(rights)
    assert rights["not_agreed"] == ["Rintamalisälista"]
    assert "its agreement does not cover them:" in look(official(PIRKANMAA))


def test_another_authority_lacks_only_what_its_agreement_names() -> None:
    rights = told(official(MARIEHAMN, Mandate.TREATMENT_ABROAD))
    assert list(lacking(rights)) == ["Muut etuudet", "Maksuvaatimukset"]
    assert rights["mandates"][0]["opens"] == []


def test_the_authorizers_of_the_agreement_are_named() -> None:
    assert told(official(PIRKANMAA))["authorizers"] == ["Veikko Valtuuttaja"]


def test_an_authorizer_whose_time_has_ended_is_not_named() -> None:
    with owning():
        Contact.objects.using("owner").filter(role="authorizer").update(
            validity=DateRange(date(2023, 1, 1), date(2024, 1, 1))
        )
    assert told(official(PIRKANMAA))["authorizers"] == []
    assert "The agreement names no authorizer" in look(official(PIRKANMAA))


@pytest.mark.parametrize(
    ("language", "instruction"),
    [("fi", "Pyydä esihenkilöltä."), ("en", "Pyydä esihenkilöltä."), ("sv", "Fråga din chef.")],
)
def test_the_organisations_own_instruction_is_told_in_its_two_languages(
    language: str, instruction: str
) -> None:
    with owning():
        Organisation.objects.using("owner").filter(business_id=PIRKANMAA).update(
            staff_instruction_fi="Pyydä esihenkilöltä.", staff_instruction_sv="Fråga din chef."
        )
    assert instruction in look(official(PIRKANMAA), language)


def test_an_instruction_in_one_language_serves_all() -> None:
    with owning():
        Organisation.objects.using("owner").filter(business_id=TAMPERE).update(
            staff_instruction_sv="Fråga din chef."
        )
    for language in ("fi", "sv", "en"):
        assert "Fråga din chef." in look(official(TAMPERE), language)


def test_by_role_one_has_an_office_and_no_mandates() -> None:
    page = look(official(PIRKANMAA, subject=subject_of(AUTHORIZER), by_role=True))
    assert "You act without a mandate" in page
    assert "Authorizer" in page
    assert "Mandates read from Suomi.fi" not in page


def test_a_mandate_that_opens_nothing_in_the_organisation_says_so() -> None:
    page = look(official(TAMPERE, Mandate.TREATMENT_ABROAD))
    assert "opens nothing to your organisation today" in page


def test_in_2022_a_municipality_had_other_rights(settings: Settings) -> None:
    settings.KELMU_TODAY = date(2022, 9, 1)
    rights = told(official(TAMPERE))
    assert since(rights["purposes"]) == {"Muut etuudet": "1.2.2021", "Toimeentulotuki": "1.2.2021"}


def test_an_agreement_without_a_first_day_lets_the_rule_tell_it() -> None:
    with owning():
        agreements_of(PIRKANMAA).update(validity=DateRange(None, None))
        AgreementVersion.objects.using("owner").filter(pk=version_of().pk).update(
            validity=DateRange(None, None)
        )
        agreed_purposes().filter(purpose="other_benefits").delete()
    agree_on("other_benefits", DateRange(None, None))
    rights = told(official(PIRKANMAA))
    assert since(rights["purposes"])["Muut etuudet"] == "1.1.2023"
    assert since(rights["actions"]) == {"Maksuvaatimukset": "1.1.2023"}


def test_an_unbroken_right_is_told_from_the_agreement_in_force(settings: Settings) -> None:
    settings.KELMU_TODAY = date(2022, 12, 15)
    rights = told(official(HELSINKI))
    assert since(rights["purposes"])["Toimeentulotuki"] == "1.2.2021"
