"""For 60 days before the rules change, each user is told what their own mandates open and lose."""

from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation
from pytest_django import Settings

from audit.pseudonyms import subject_of
from authorizations.explaining.coming import coming_changes
from authorizations.rulebook import Mandate
from organisations.models import AgreedPurpose, Agreement
from tests.acting import PIRKANMAA, TAMPERE, client_of, official, organisation, owning, right_of
from tests.agreeing import agreed_purposes

pytestmark = pytest.mark.django_db

HELSINKI, JOINT_AUTHORITY, MARIEHAMN = "9900105-3", "9900106-1", "9900108-8"
TURN_OF_THE_YEAR = date(2023, 1, 1)
BEFORE_THE_TURN = date(2022, 12, 28)
M1 = Mandate.BENEFITS_AND_PAYMENT_DEMANDS
BENEFIT_MANDATE = "Etuustietojen katselu ja maksuvaatimusten rekisteröinti"
NOTIFICATIONS = "Toimeentulotuen ja sosiaalipalvelujen asiakkaiden tietojen tarkastelu"
INTEGRATION = "Kotoutumispalvelujen asiakkaiden tietojen tarkastelu"
FIVE_TYPES = {
    "Hakemus",
    "Alennettu perusosa",
    "Sosiaalityön tarve",
    "Alle 25-vuotias työtön, 4 kk toimeentulotukea",
    "25 vuotta täyttänyt työtön, 12 kk toimeentulotukea",
}
IMMIGRANT = "Maahanmuuttaja, yli 2 kk toimeentulotukea"


def told(settings: Settings, on: date, business_id: str, *mandates: Mandate) -> Any:
    settings.KELMU_TODAY = on
    with translation.override("fi"):
        return coming_changes(right_of(official(business_id, *mandates)))


def names(kinds: list[dict[str, Any]]) -> set[str]:
    return {name for kind in kinds for name in kind["names"]}


def keepers(change: dict[str, Any]) -> dict[tuple[str, str], set[str]]:
    return {(one["granter"], one["mandate"]): set(one["keeps"]) for one in change["keepers"]}


def test_a_social_worker_of_a_municipality_is_told_what_closes_and_opens(
    settings: Settings,
) -> None:
    (change,) = told(settings, BEFORE_THE_TURN, TAMPERE)
    assert change["day"] == "1.1.2023"
    assert names(change["closes"]) == {
        *("Muut etuudet", "Toimeentulotuki", "Maksuvaatimukset"),
        *("Vakuuttamistiedot", "Perintätiedot", "Lääkekatto"),
        "Muiden tahojen Kelaan välittämät tiedot",
        *(FIVE_TYPES | {IMMIGRANT}),
    }
    assert names(change["opens"]) == {"Kotoutumispalvelu/Etuudet"}


def test_to_see_the_same_the_county_must_give_two_mandates_as_in_the_first_example(
    settings: Settings,
) -> None:
    (change,) = told(settings, BEFORE_THE_TURN, TAMPERE)
    kept = keepers(change)
    county, own = "Pirkanmaan hyvinvointialue", "Tampereen kaupunki"
    assert {"Muut etuudet", "Toimeentulotuki", "Maksuvaatimukset"} <= kept[county, BENEFIT_MANDATE]
    assert kept[county, NOTIFICATIONS] == FIVE_TYPES
    assert kept[own, INTEGRATION] == {IMMIGRANT}
    assert len(kept) == 3


def test_helsinki_keeps_all_but_the_notifications_and_gives_the_mandates_itself(
    settings: Settings,
) -> None:
    (change,) = told(settings, BEFORE_THE_TURN, HELSINKI)
    assert names(change["closes"]) == FIVE_TYPES | {IMMIGRANT}
    assert names(change["opens"]) == {"Kotoutumispalvelu/Etuudet"}
    assert keepers(change) == {
        ("Helsingin kaupunki", NOTIFICATIONS): FIVE_TYPES,
        ("Helsingin kaupunki", INTEGRATION): {IMMIGRANT},
    }


def test_who_has_the_new_mandates_already_loses_nothing(settings: Settings) -> None:
    mandates = [M1, Mandate.SOCIAL_ASSISTANCE_CUSTOMERS, Mandate.INTEGRATION_SERVICES_CUSTOMERS]
    (change,) = told(settings, BEFORE_THE_TURN, HELSINKI, *mandates)
    assert change["closes"] == change["keepers"] == []
    assert "Toimeentulotuen ilmoitukset" in names(change["opens"])


def test_a_joint_authority_loses_all_and_is_told_of_counties(settings: Settings) -> None:
    (change,) = told(settings, BEFORE_THE_TURN, JOINT_AUTHORITY)
    assert {"Muut etuudet", "Toimeentulotuki"} <= names(change["closes"])
    assert change["opens"] == []
    assert ("Hyvinvointialue", BENEFIT_MANDATE) in keepers(change)


@pytest.mark.parametrize(
    ("on", "is_told"),
    [
        (date(2022, 11, 1), False),  # 61 days before
        (date(2022, 11, 2), True),
        (date(2022, 12, 31), True),
        (TURN_OF_THE_YEAR, False),
    ],
)
def test_the_notice_stands_for_sixty_days(settings: Settings, on: date, is_told: bool) -> None:
    days = [change["day"] for change in told(settings, on, TAMPERE)]
    assert days == ["1.1.2023"] * is_told


def test_a_list_that_comes_to_an_old_mandate_is_told(settings: Settings) -> None:
    changes = told(settings, date(2021, 9, 15), TAMPERE, Mandate.CHILD_CARE_ALLOWANCE_MATERIALS)
    assert [(change["day"], names(change["opens"])) for change in changes] == [
        ("1.10.2021", {"Lastenhoidon tuen luettelot", "Lastenhoidon tuen saaja- ja maksuluettelo"})
    ]


def test_a_change_of_law_alone_is_no_news_to_a_user(settings: Settings) -> None:
    assert told(settings, date(2023, 12, 1), PIRKANMAA) == []


def test_a_change_of_other_peoples_mandates_is_no_news(settings: Settings) -> None:
    assert told(settings, date(2024, 4, 1), PIRKANMAA) == []
    (change,) = told(settings, date(2024, 4, 1), PIRKANMAA, Mandate.TREATMENT_ABROAD)
    assert change["day"] == "1.5.2024"


def test_what_needs_an_agreement_is_not_promised_without_one(settings: Settings) -> None:
    changes = told(settings, date(2024, 4, 1), MARIEHAMN, M1, Mandate.TREATMENT_ABROAD)
    assert changes == []


def test_what_the_agreement_of_that_day_leaves_out_closes(settings: Settings) -> None:
    with owning():
        rows = agreed_purposes(HELSINKI).filter(purpose="other_benefits")
        rows.filter(validity__startswith__gte=TURN_OF_THE_YEAR).delete()
    (change,) = told(settings, BEFORE_THE_TURN, HELSINKI)
    assert "Muut etuudet" in names(change["closes"])


def test_a_mandate_that_one_has_is_not_asked_for(settings: Settings) -> None:
    with owning():
        AgreedPurpose.objects.using("owner").filter(
            purpose="labour_market_subsidy_list", validity__startswith__gte=TURN_OF_THE_YEAR
        ).delete()
    mandate = Mandate.LABOUR_MARKET_SUBSIDY_MATERIALS
    (change,) = told(settings, BEFORE_THE_TURN, TAMPERE, mandate)
    assert "Työmarkkinatukilista" in names(change["closes"])
    assert change["keepers"] == []
    page = client_of(official(TAMPERE, mandate)).get("/start/?lang=en").content.decode()
    assert "No other mandate opens what closes." in page


def test_without_an_agreement_of_that_day_the_rules_alone_are_told(settings: Settings) -> None:
    later = Agreement.objects.using("owner").filter(
        organisation=organisation(TAMPERE), validity__startswith__gte=TURN_OF_THE_YEAR
    )
    with owning():
        later.update(validity=DateRange(date(2023, 3, 1), None))
    (change,) = told(settings, BEFORE_THE_TURN, TAMPERE)
    assert names(change["opens"]) == {"Kotoutumispalvelu/Etuudet"}


def test_who_acts_by_role_has_no_mandates_to_change(settings: Settings) -> None:
    settings.KELMU_TODAY = date(2024, 4, 1)
    authorizer = official(PIRKANMAA, subject=subject_of("170868-9664"), by_role=True)
    assert coming_changes(right_of(authorizer)) == []


@pytest.mark.parametrize("address", ["/start/", "/rights/mine/"])
def test_the_start_view_and_my_rights_tell_it_with_the_mandates_to_ask_for(
    settings: Settings, address: str
) -> None:
    settings.KELMU_TODAY = BEFORE_THE_TURN
    page = client_of(official(TAMPERE)).get(f"{address}?lang=en").content.decode()
    assert "Your rights change on 1.1.2023" in page
    assert "Viewing data on clients of social assistance and social services" in page
    assert "Pirkanmaan hyvinvointialue" in page


def test_on_an_ordinary_day_nothing_is_said() -> None:
    page = client_of(official(TAMPERE)).get("/start/?lang=en").content.decode()
    assert "Your rights change on" not in page
