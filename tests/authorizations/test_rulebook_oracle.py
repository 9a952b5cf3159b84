"""The rulebook against an oracle that knows nothing of it.

The oracle is written from Kela's webinar material of 29.9.2022 (corrected on 1.11.2022) and from
what Kela and Finlex have published: the table of mandates, the slide of each mandate, the
examples. It speaks in the words of those sources and is translated to identifiers at the end.
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

import pytest

from authorizations.rulebook import Mandate, OrganisationType, Rights, load

HVA, KUNTA, HELSINKI = "wellbeing_county", "municipality", "helsinki"
KUNTAYHTYMA, MUU = "joint_authority", "other_authority"

ETUUSTIEDOT = "benefits_and_payment_demands"
TYOMARKKINATUKI = "labour_market_subsidy_materials"
LASTENHOITO = "child_care_allowance_materials"
TOIMEENTULOTUKI = "social_assistance_customers"
PAIVAT_300 = "labour_market_subsidy_300_days"
RINTAMALISA = "front_veterans_supplement"
KOTOUTUMINEN = "integration_services_customers"
ULKOMAAT = "treatment_abroad"

# "Suomi.fi-valtuudet toimijan mukaan 1.1.2023": HVA, Kunta, Helsinki; X* was corrected.
TABLE = {
    ETUUSTIEDOT: "X X X",
    TYOMARKKINATUKI: "- X X",
    LASTENHOITO: "- X X",
    TOIMEENTULOTUKI: "X - X",
    PAIVAT_300: "X - X",
    RINTAMALISA: "X - X",
    KOTOUTUMINEN: "X* X X",
}

MANDATES_COMPULSORY = date(2021, 2, 1)
CHILD_CARE_LISTS_IN_KELMU = date(2021, 10, 1)
DOCUMENTS_CAN_BE_SENT = date(2022, 10, 1)
COUNTIES_BEGIN = date(2023, 1, 1)
CLIENT_DATA_ACT = date(2024, 1, 1)
ABROAD_IN_KELMU = date(2024, 5, 1)
EMPLOYMENT_REFORM = date(2025, 1, 1)

DAYS = [
    date(2020, 12, 31),
    date(2021, 1, 31),
    date(2021, 2, 1),
    date(2021, 9, 30),
    date(2021, 10, 1),
    date(2022, 9, 30),
    date(2022, 10, 1),
    date(2022, 12, 28),
    date(2022, 12, 31),
    date(2023, 1, 1),
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2024, 4, 30),
    date(2024, 5, 1),
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2026, 11, 21),
]

ETUUDET, PERUSTOIMEENTULOTUKI, ILMOITUKSET = (
    "benefits",
    "social_assistance",
    "forwarded_notifications",
)
FIVE_TYPES = [
    "application",
    "reduced_basic_amount",
    "need_for_social_work",
    "unemployed_under_25",
    "unemployed_25_and_over",
]
IMMIGRANT = "immigrant"

PURPOSES = [
    "other_benefits",
    "social_assistance",
    "integration_benefits",
    "social_assistance_notifications",
    "typ_service",
    "front_veterans_list",
    "integration_services",
    "labour_market_subsidy_list",
    "child_care_allowance_lists",
    "treatment_abroad_list",
]


@dataclass
class Seen:
    """What a worker sees under one purpose."""

    tabs: list[str]
    types: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)


@dataclass
class Answer:
    purposes: dict[str, Seen] = field(default_factory=dict)
    demands: bool = False


def expected(holder: str, mandates: set[str], on: date) -> Answer:
    if on < MANDATES_COMPULSORY:
        return Answer()
    if on < COUNTIES_BEGIN:
        return before_the_counties(holder, mandates, on)
    return with_the_counties(holder, mandates, on)


def before_the_counties(holder: str, mandates: set[str], on: date) -> Answer:
    """Example 1, before the turn of the year, and the two mandates that stay as they are."""
    answer = Answer()
    if holder in {KUNTA, HELSINKI, KUNTAYHTYMA} and ETUUSTIEDOT in mandates:
        sending = ["send_document"] if on >= DOCUMENTS_CAN_BE_SENT else []
        answer.demands = True
        answer.purposes["other_benefits"] = Seen([ETUUDET])
        answer.purposes["social_assistance"] = Seen(
            [PERUSTOIMEENTULOTUKI, ILMOITUKSET], types=[*FIVE_TYPES, IMMIGRANT], actions=sending
        )
    if holder in {KUNTA, HELSINKI}:
        add_the_lists_of_municipalities(answer, mandates, on)
    return answer


def add_the_lists_of_municipalities(answer: Answer, mandates: set[str], on: date) -> None:
    if TYOMARKKINATUKI in mandates:
        answer.purposes["labour_market_subsidy_list"] = Seen(
            [ILMOITUKSET], lists=["labour_market_subsidy_invoice", "prolonged_unemployment_risk"]
        )
    if LASTENHOITO in mandates and on >= CHILD_CARE_LISTS_IN_KELMU:
        answer.purposes["child_care_allowance_lists"] = Seen(
            [ILMOITUKSET], lists=["child_care_allowance_recipients"]
        )


def with_the_counties(holder: str, mandates: set[str], on: date) -> Answer:
    if holder == KUNTAYHTYMA:  # "Kuntayhtymien kanssa tehdyt sopimukset päättyvät"
        return Answer()
    if holder == MUU:
        return by_agreement(mandates, on)
    held = {mandate for mandate in mandates if in_the_table(holder, mandate)}
    answer = Answer()
    if ETUUSTIEDOT in held:
        add_benefits(answer, holder)
    add_the_new_mandates(answer, held)
    add_the_lists_of_municipalities(answer, held, on)
    if ULKOMAAT in mandates and holder in {HVA, HELSINKI}:
        add_abroad(answer, on)
    return answer


def in_the_table(holder: str, mandate: str) -> bool:
    row = TABLE.get(mandate, "- - -").split()
    return row[[HVA, KUNTA, HELSINKI].index(holder)].startswith("X")


def add_benefits(answer: Answer, holder: str) -> None:
    if holder in {HVA, HELSINKI}:
        answer.demands = True
        answer.purposes["other_benefits"] = Seen([ETUUDET])
        answer.purposes["social_assistance"] = Seen(
            [PERUSTOIMEENTULOTUKI], actions=["send_document"]
        )
    if holder in {KUNTA, HELSINKI}:
        answer.purposes["integration_benefits"] = Seen([ETUUDET], actions=["send_document"])


def add_the_new_mandates(answer: Answer, held: set[str]) -> None:
    if TOIMEENTULOTUKI in held:
        answer.purposes["social_assistance_notifications"] = Seen([ILMOITUKSET], types=FIVE_TYPES)
    if PAIVAT_300 in held:
        answer.purposes["typ_service"] = Seen(
            [ILMOITUKSET], lists=["labour_market_subsidy_300_days"]
        )
    if RINTAMALISA in held:
        answer.purposes["front_veterans_list"] = Seen([ILMOITUKSET], lists=["front_veterans"])
    if KOTOUTUMINEN in held:
        answer.purposes["integration_services"] = Seen(
            [ILMOITUKSET], types=[IMMIGRANT], lists=["integration_customers"]
        )


def by_agreement(mandates: set[str], on: date) -> Answer:
    """Reception centres, Åland, HUS."""
    answer = Answer()
    if ETUUSTIEDOT in mandates:
        answer.demands = True
        answer.purposes["other_benefits"] = Seen([ETUUDET])
    if ULKOMAAT in mandates:
        add_abroad(answer, on)
    return answer


def add_abroad(answer: Answer, on: date) -> None:
    if on >= ABROAD_IN_KELMU:
        answer.purposes["treatment_abroad_list"] = Seen([ILMOITUKSET], lists=["treatment_abroad"])


def acts(purpose: str, on: date) -> list[str]:
    """The legal bases by act and section."""
    integration = "1386/2010" if on < EMPLOYMENT_REFORM else "681/2023"
    return {
        "other_benefits": [
            "812/2000 20 §" if on < CLIENT_DATA_ACT else "703/2023",
            "734/1992 14 a §",
        ],
        "social_assistance": ["1412/1997"],
        "integration_benefits": [integration],
        "social_assistance_notifications": ["1412/1997", "1301/2014 35 §"],
        "typ_service": ["1369/2014" if on < EMPLOYMENT_REFORM else "381/2023"],
        "front_veterans_list": ["119/1977"],
        "integration_services": [integration],
        "labour_market_subsidy_list": ["1290/2002", "555/1998"],
        "child_care_allowance_lists": ["1128/1996"],
        "treatment_abroad_list": ["1201/2013"],
    }[purpose]


GROUPS = {
    "other_benefits": [
        "pendency",
        "decisions",
        "payments",
        "insurance",
        "recovery",
        "medicine_cap",
        "data_from_others",
    ],
    "social_assistance": ["pendency", "decisions", "payments", "recovery"],
    "integration_benefits": ["pendency", "decisions", "payments"],
}
MONTHS = {
    "other_benefits": 36,
    "social_assistance": 36,
    "integration_benefits": 12,
    "social_assistance_notifications": 24,
}


def plain(rights: Rights) -> list[object]:
    return [
        *(
            [
                opened.purpose,
                list(opened.tabs),
                list(opened.notification_types),
                list(opened.listings),
                list(opened.actions),
                list(opened.data_groups),
                opened.look_back_months,
            ]
            for opened in rights.purposes
        ),
        list(rights.actions),
    ]


def plain_expected(answer: Answer) -> list[object]:
    seen = [(slug, answer.purposes[slug]) for slug in PURPOSES if slug in answer.purposes]
    sending = any("send_document" in purpose.actions for _, purpose in seen)
    actions = ["payment_demands"] * answer.demands + ["send_document"] * sending
    return [
        *(
            [slug, p.tabs, p.types, p.lists, p.actions, GROUPS.get(slug, []), MONTHS.get(slug)]
            for slug, p in seen
        ),
        actions,
    ]


SUBSETS = [subset for size in range(9) for subset in combinations(Mandate, size)]


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("organisation_type", OrganisationType)
def test_every_set_of_mandates_opens_what_the_sources_say(
    organisation_type: OrganisationType, on: date
) -> None:
    for mandates in SUBSETS:
        answer = expected(organisation_type.value, {m.value for m in mandates}, on)
        rights = load().rights(organisation_type, mandates, on)
        assert plain(rights) == plain_expected(answer), mandates


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("organisation_type", OrganisationType)
def test_every_purpose_rests_on_the_law_of_its_day(
    organisation_type: OrganisationType, on: date
) -> None:
    for opened in load().rights(organisation_type, Mandate, on).purposes:
        cited = [law.citation.fi for law in opened.law]
        pairs = zip(cited, acts(opened.purpose, on), strict=True)
        assert all(citation.endswith(f" {act}") for citation, act in pairs), cited


def test_the_table_has_every_mandate_but_the_later_one() -> None:
    assert [*TABLE, ULKOMAAT] == list(Mandate)


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_only_other_authorities_depend_on_their_agreement_alone(on: date) -> None:
    for organisation_type in OrganisationType:
        rights = load().rights(organisation_type, Mandate, on)
        flags = [opened.by_agreement_only for opened in rights.purposes]
        flags += [opened.by_agreement_only for opened in rights.general_actions]
        assert set(flags) <= {organisation_type == MUU}


def test_demands_rest_on_the_two_sections_that_kelmu_takes() -> None:
    for on in (date(2022, 12, 15), date(2026, 11, 21)):
        for organisation_type in OrganisationType:
            for opened in load().rights(organisation_type, Mandate, on).general_actions:
                cited = [law.citation.fi for law in opened.law]
                assert cited == [
                    "laki toimeentulotuesta 1412/1997 23 §",
                    "laki sosiaali- ja terveydenhuollon asiakasmaksuista 734/1992 14 §",
                ]
