"""What is almost a mandate is none: exact theme, business ID and agreement, as Suomi.fi tells."""

import pytest
import requests

from tests.authorizations.stepping import PIRKANMAA, Person, Watch
from tests.conftest import KelmuOn
from tests.running import Kelmu

NOKIA, JOINT_AUTHORITY = "9900103-7", "9900106-1"
BENEFITS = "benefits_and_payment_demands"
NO_MANDATE = "You have no mandate that opens Kelmu"
THEMES = [
    "Benefits_And_Payment_Demands",  # another case
    "benefits_and_payment_demands/",  # a slash at the end
    "benefits_and_payment_demands ",
    "benefits_and_payment_demands#",
    "viewing_benefit_information",  # the twin of the Incomes Register
    "something_new",
]


@pytest.fixture
def ville(kelmu: Kelmu) -> Person:
    """An employee of Pirkanmaa without a mandate."""
    return Person.at(kelmu, "ville")


@pytest.fixture
def in_2022(kelmu_on: KelmuOn) -> Kelmu:
    return kelmu_on("2022-12-15")


def grant(kelmu: Kelmu, **given: object) -> None:
    kelmu.order("grant", **{"mandates": [BENEFITS], **given})


def choices(page: requests.Response) -> str:
    assert "/oauth/select/" in page.url
    return page.text


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_that_is_not_exactly_ours_grants_nothing(
    kelmu: Kelmu, ville: Person, theme: str
) -> None:
    watch = Watch.over(kelmu)
    grant(kelmu, **{"from": "pirkanmaa", "to_person": "ville", "mandates": [theme]})
    page = ville.log_in()
    assert (page.status_code, NO_MANDATE in page.text) == (403, True)
    assert not ville.is_logged_in()
    assert watch.acts() == ["login", "mandate_query"]


def test_the_right_theme_beside_a_wrong_one_grants_itself_alone(
    kelmu: Kelmu, ville: Person
) -> None:
    themes = [BENEFITS, "Social_Assistance_Customers"]
    grant(kelmu, **{"from": "pirkanmaa", "to_person": "ville", "mandates": themes})
    ville.log_in()
    assert ville.is_logged_in()
    selection = Watch(kelmu).written[-1]
    assert selection["mandates"] == [BENEFITS]


def test_an_organisation_that_suomifi_does_not_forward_cannot_be_chosen(
    kelmu: Kelmu, ville: Person
) -> None:
    page = ville.identify()
    assert PIRKANMAA not in choices(page)
    assert ville.visitor.post(page.url, data={"organisation": PIRKANMAA}).status_code == 400
    assert not ville.is_logged_in()


def test_an_organisation_without_an_agreement_is_refused(kelmu: Kelmu, ville: Person) -> None:
    grant(kelmu, **{"from": "kuntayhtyma", "to_person": "ville"})
    page = ville.log_in(JOINT_AUTHORITY)
    assert page.status_code == 403
    assert ville.visitor.open("/start/").status_code == 403
    assert "No agreement between Kela and your organisation is in force" in page.text


def test_two_organisations_in_one_answer_grant_neither(kelmu: Kelmu) -> None:
    aino = Person.at(kelmu)
    kelmu.order("fault", fault="two_organisations", step="roles")
    aino.log_in()
    assert not aino.is_logged_in()


def test_a_chain_of_representation_grants_for_the_municipality(in_2022: Kelmu) -> None:
    yrjo = Person.at(in_2022, "yrjo", language="fi")
    page = yrjo.identify()
    assert JOINT_AUTHORITY not in choices(page)
    yrjo.choose(page, NOKIA)
    assert "Nokian kaupunki" in yrjo.visitor.open("/start/").text


def test_a_chain_without_its_first_link_grants_nothing(in_2022: Kelmu) -> None:
    in_2022.order(
        "void", **{"from": "nokia", "to_organisation": "kuntayhtyma", "mandates": [BENEFITS]}
    )
    yrjo = Person.at(in_2022, "yrjo")
    assert NOKIA not in choices(yrjo.identify())
    assert not yrjo.is_logged_in()


def test_a_joint_authoritys_employee_gets_nothing_by_the_joint_authoritys_mandate(
    in_2022: Kelmu,
) -> None:
    """The municipality mandated the body; nobody let this employee represent it."""
    ville = Person.at(in_2022, "ville")
    assert NOKIA not in choices(ville.identify())
    assert not ville.is_logged_in()


def test_representation_for_another_matter_grants_nothing(in_2022: Kelmu) -> None:
    other = "labour_market_subsidy_materials"
    given = {"from": "nokia", "to_person": "ville", "via": "kuntayhtyma", "kind": "representation"}
    grant(in_2022, **given, mandates=[other])
    ville = Person.at(in_2022, "ville")
    assert NOKIA not in choices(ville.identify())
    assert not ville.is_logged_in()
