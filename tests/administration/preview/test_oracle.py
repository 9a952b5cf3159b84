"""A preview shows exactly what the rulebook opens, narrowed by the version, and nothing beside."""

import json
from datetime import date
from io import StringIO
from itertools import product
from typing import Any

import pytest
from django.core.management import call_command

from authorizations.explaining.facts import facts
from authorizations.rulebook import Mandate
from benefits.reference import benefits
from kelmu.dates import months_before
from organisations.models import AgreementVersion
from tests.acting import HELSINKI, PIRKANMAA, TAMPERE
from tests.administration.preview.previewing import M1, Previewer, previewer, proposed
from tests.agreeing import version_of
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
MARIEHAMN = "9900108-8"
DAYS = [date(2021, 6, 1), date(2022, 12, 31), date(2023, 1, 1), date(2024, 6, 1), TODAY]
HELD = [(M1,), (M1, Mandate.TREATMENT_ABROAD), tuple(Mandate)]
EVERYTHING = [
    *("other_benefits", "social_assistance", "integration_benefits", "typ_service"),
    *("social_assistance_notifications", "integration_services", "treatment_abroad_list"),
]


def ruled(version: AgreementVersion, mandates: tuple[Mandate, ...], on: date) -> dict[str, Any]:
    """What `manage.py rights` says, by purpose."""
    told = StringIO()
    kind = version.agreement.organisation.type
    asked = [f"--mandate={mandate}" for mandate in mandates]
    call_command(
        "rights", f"--organisation-type={kind}", *asked, f"--on={on}", "--json", stdout=told
    )
    return {one["slug"]: one for one in json.loads(told.getvalue())["purposes"]}


def seen(previewed: Previewer) -> dict[str, Any]:
    """What the preview's pages go by."""
    right = previewed.see().context["right"]
    return {one.purpose.value: json.loads(json.dumps(facts(one))) for one in right.purposes}


@pytest.mark.parametrize("business_id", [PIRKANMAA, TAMPERE, HELSINKI])
@pytest.mark.parametrize(("mandates", "on"), [*product(HELD, DAYS)])
def test_the_purposes_are_those_of_the_rulebook_that_the_version_names(
    business_id: str, mandates: tuple[Mandate, ...], on: date
) -> None:
    version = proposed(*EVERYTHING, business_id=business_id)
    expected = ruled(version, mandates, on)
    assert seen(previewer(version, *mandates, on=on)) == {
        slug: told for slug, told in expected.items() if slug in EVERYTHING
    }


def test_another_authority_gets_what_its_agreement_names_and_no_more() -> None:
    version = version_of(MARIEHAMN)
    opened = seen(previewer(version, *Mandate))
    [told] = opened.values()
    whole = ruled(version, tuple(Mandate), TODAY)["other_benefits"]
    withheld = ["data_from_others"]
    left = [group for group in whole["data_groups"] if group not in withheld]
    assert told == whole | {"data_groups": left}


@pytest.mark.parametrize("months", [1, 6, 24])
def test_nothing_older_than_the_agreed_look_back_is_shown(months: int) -> None:
    page = previewer(proposed("other_benefits", look_back_months=months)).open_customer(print="1")
    since = months_before(TODAY, months)
    payments = next(one for one in page.context["groups"] if one["slug"] == "payments")
    days = [date(*map(int, reversed(row[0].split(".")))) for row in payments["table"].rows]
    assert days
    assert min(days) >= since


def test_nothing_withheld_appears_anywhere_on_the_page() -> None:
    pension = benefits()["national_pension"]
    version = proposed(
        "other_benefits",
        withheld_groups=["recovery", "medicine_cap"],
        withheld_benefits=["national_pension"],
        withheld_fields=["decisions.grounds", "payments.payee_name", "payments.account_last4"],
    )
    whole = previewer().open_customer(print="1").content.decode()
    page = previewer(version).open_customer(print="1").content.decode()
    for text in (
        'id="recovery"',
        'id="medicine_cap"',
        pension.names.en.capitalize(),
        "the conditions are met",
        "Mallikunnan sosiaalitoimisto",
        "…\N{WORD JOINER}0900",
    ):
        assert text in whole
        assert text not in page


def test_grounds_of_social_assistance_can_be_withheld() -> None:
    version = proposed("social_assistance", withheld_fields=["decisions.grounds"])
    whole = previewer().open_customer("social_assistance").content.decode()
    page = previewer(version).open_customer("social_assistance").content.decode()
    assert "refused work or an employment service" in whole
    assert "refused work or an employment service" not in page


def test_earnings_related_allowance_is_never_shown() -> None:
    name = benefits()["earnings_related_allowance"].names.en.capitalize()
    assert name not in previewer().open_customer(print="1").content.decode()
