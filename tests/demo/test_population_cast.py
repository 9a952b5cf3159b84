"""The customers of the cast have exactly what their situation promises."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from demo.population.generate import generate
from tests.demo.population import Generated

CAST = Path(__file__).parents[2] / "demo" / "cast.toml"
CUSTOMERS = tomllib.loads(CAST.read_text(encoding="utf-8"))["customers"]
HETU = {customer["slug"]: customer["hetu"] for customer in CUSTOMERS}
NOTES = {customer["slug"]: customer["note"]["en"] for customer in CUSTOMERS}
FED = (
    "pending_matters",
    "decisions",
    "payments",
    "insurance",
    "recoveries",
    "medicine_caps",
    "data_from_others",
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    folder = tmp_path_factory.mktemp("cast")
    generate(folder, 50, date(2026, 11, 21))
    return Generated(folder, date(2026, 11, 21))


def in_force(told: Generated, hetu: str) -> set[str]:
    """Benefits that a decision gives on the day."""
    day = told.today.isoformat()
    return {
        row["benefit"]
        for row in told.of("decisions", hetu)
        if row["kind"] in {"granted", "revised"}
        and row["first_day"] <= day <= (row["last_day"] or "9999")
        and day < (row["replaced_on"] or "9999")
    }


def test_the_pensioner_has_a_pension_its_allowances_and_a_full_medicine_cap(
    told: Generated,
) -> None:
    eino = HETU["eino"]
    allowances = {"pensioners_housing_allowance", "pensioners_care_allowance"}
    assert in_force(told, eino) == {"national_pension", *allowances}
    this_year = told.of("medicine_caps", eino)[-1]
    assert (this_year["year"], this_year["accrued"]) == ("2026", "636.12")
    assert this_year["reached_on"]
    assert not told.of("pending_matters", eino)
    assert told.of("data_from_others", eino)[-1]["gross"] == "52.40"


@pytest.mark.parametrize("slug", ["jonna", "xenia"])
def test_the_unemployed_went_over_to_the_general_benefit(told: Generated, slug: str) -> None:
    hetu = HETU[slug]
    general = "general_social_security_benefit"
    assert in_force(told, hetu) == {general, "basic_social_assistance"}
    assert told.benefits_of("pending_matters", hetu) == {"general_housing_allowance"}
    payments = told.of("payments", hetu)
    before = [row for row in payments if row["benefit"] == "labour_market_subsidy"]
    after = [row for row in payments if row["benefit"] == general]
    assert max(row["last_day"] for row in before) == "2026-04-30"
    assert min(row["first_day"] for row in after) == "2026-05-01"


def test_the_family_has_child_benefit_home_care_and_an_open_claim(told: Generated) -> None:
    hanna = HETU["hanna"]
    assert {"child_benefit", "child_home_care_allowance"} <= in_force(told, hanna)
    assert "basic_social_assistance" in in_force(told, hanna)
    assert [row["state"] for row in told.of("recoveries", hanna)] == ["open"]
    children = [row for row in told.customers if row["birth_date"] > "2019"]
    family = [row for row in children if row["family_name"] == "Perheellinen"]
    assert [row["municipality"] for row in family] == ["536", "536"]


def test_the_student_has_student_aid_and_nothing_else(told: Generated) -> None:
    assert in_force(told, HETU["olli"]) == {"student_aid"}
    assert told.benefits_of("payments", HETU["olli"]) == {"student_aid"}


def test_the_sick_one_was_insured_abroad_within_the_look_back(told: Generated) -> None:
    signe = HETU["signe"]
    assert in_force(told, signe) == {"sickness_allowance"}
    abroad = [row for row in told.of("insurance", signe) if row["covered"] == "false"]
    assert [row["country"] for row in abroad] == ["SE"]
    assert abroad[0]["last_day"] > "2023-11-21"


def test_of_one_customer_kela_tells_nothing(told: Generated) -> None:
    assert not any(told.of(name, HETU["tuula"]) for name in FED)


def test_one_customer_has_basic_social_assistance_and_nothing_else(told: Generated) -> None:
    pekka = HETU["pekka"]
    for name in ("decisions", "payments", "recoveries"):
        assert told.benefits_of(name, pekka) == {"basic_social_assistance"}
    for name in ("pending_matters", "insurance", "medicine_caps"):
        assert not told.of(name, pekka)


def test_that_customer_has_something_of_everything_on_the_tab(told: Generated) -> None:
    pekka = HETU["pekka"]
    states = [row["state"] for row in told.of("social_assistance_applications", pekka)]
    assert {*states} == {"decided", "awaiting"}
    assert told.of("social_assistance_commitments", pekka)
    assert [row["state"] for row in told.of("social_assistance_calls", pekka)] == ["neglected"]
    payees = {row["payee_kind"] for row in told.of("payments", pekka)}
    assert payees == {"customer", "landlord"}


def test_who_is_under_non_disclosure_is_marked(told: Generated) -> None:
    marked = {row["hetu"]: row["protected"] for row in told.customers}
    assert marked[HETU["turva"]] == "true"
    assert marked[HETU["eino"]] == "false"
    assert in_force(told, HETU["turva"])


def test_of_the_dead_benefits_and_insurance_ended(told: Generated) -> None:
    eila = HETU["eila"]
    [died_on] = [row["died_on"] for row in told.customers if row["hetu"] == eila]
    assert died_on == "2026-10-12"
    assert not in_force(told, eila)
    endings = {row["grounds"] for row in told.of("decisions", eila) if row["kind"] == "ended"}
    assert endings == {"died"}
    assert {row["state"] for row in told.of("payments", eila)} <= {"paid", "returned"}
    assert [row["last_day"] for row in told.of("insurance", eila)] == [died_on]


def test_who_moved_abroad_keeps_the_pension_and_loses_what_rests_on_living_here(
    told: Generated,
) -> None:
    urho = HETU["urho"]
    [person] = [row for row in told.customers if row["hetu"] == urho]
    assert (person["country"], person["abroad_since"]) == ("ES", "2025-09-01")
    assert in_force(told, urho) == {"national_pension"}
    endings = {row["grounds"] for row in told.of("decisions", urho) if row["kind"] == "ended"}
    assert endings == {"moved_abroad"}
    covered = [(row["country"], row["last_day"]) for row in told.of("insurance", urho)]
    assert covered == [("FI", "2025-08-31"), ("ES", "")]


def test_two_customers_have_another_code_by_now(told: Generated) -> None:
    changed = {row["hetu"]: row for row in told.customers if row["former_codes"]}
    for slug, protected in [("minna", "false"), ("sirpa", "true")]:
        person = changed[HETU[slug]]
        assert person["protected"] == protected
        assert person["former_codes"] in NOTES[slug]
        assert in_force(told, HETU[slug])


def test_one_customer_has_forty_years_of_history(told: Generated) -> None:
    paid = told.of("payments", HETU["heikki"])
    years = {row["paid_on"][:4] for row in paid}
    assert years >= {str(year) for year in range(1987, 2027)}
    assert len(paid) > 1000


def test_a_child_is_paid_through_the_guardian(told: Generated) -> None:
    paid = told.of("payments", HETU["lumi"])
    assert {row["benefit"] for row in paid} == {
        "disability_allowance_child",
        "child_maintenance_allowance",
    }
    assert {row["payee_kind"] for row in paid} == {"guardian"}


def test_one_name_has_every_letter(told: Generated) -> None:
    [person] = [row for row in told.customers if row["hetu"] == HETU["kirjain"]]
    letters = {*(person["given_names"] + person["family_name"]).lower()}
    assert letters >= {*"åäö", *"áčđŋšŧž", *"â", *"ǧǥǩʒǯõ"}


def test_of_one_customer_all_is_to_come(told: Generated) -> None:
    tuomas, today = HETU["tuomas"], told.today.isoformat()
    assert not in_force(told, tuomas)
    decisions = told.of("decisions", tuomas)
    assert len(decisions) == 2
    assert all(row["decided_on"] < today < row["first_day"] for row in decisions)
    assert {row["state"] for row in told.of("payments", tuomas)} == {"scheduled"}


def test_one_benefit_has_ten_thousand_payments(told: Generated) -> None:
    paid = [row["benefit"] for row in told.of("payments", HETU["martti"])]
    assert paid.count("travel_reimbursement") == 10_000


def test_on_aland_the_unemployed_get_no_unemployment_benefit_from_kela(told: Generated) -> None:
    assert in_force(told, HETU["siv"]) == {"child_benefit", "general_housing_allowance"}


def shared(told: Generated, slug: str, benefit: str, paid_on: str) -> list[tuple[str, str, str]]:
    """To which account what of a payment went, and whose it is."""
    return [
        (row["payee_kind"], row["account_last4"], row["net"])
        for row in told.of("payments", HETU[slug])
        if (row["benefit"], row["paid_on"]) == (benefit, paid_on)
    ]


@pytest.mark.parametrize(
    ("slug", "benefit", "paid_on", "parts"),
    [
        pytest.param(
            "eino", "national_pension", "2026-11-09",
            [("authority", "0019", "240.00"), ("customer", "9084", "544.52")], id="covered",
        ),
        pytest.param(
            "eino", "national_pension", "2023-01-09",
            [("authority", "0035", "240.00"), ("customer", "9084", "492.67")],
            id="to the municipality, for it was set in 2022",
        ),
        pytest.param(
            "vaino", "national_pension", "2026-11-09",
            [("authority", "0019", "666.85"), ("customer", "9154", "117.67")], id="in part",
        ),
        pytest.param(
            "minna", "rehabilitation_allowance", "2026-10-26",
            [("authority", "0068", "1171.50")], id="not covered beside one that takes all",
        ),
        pytest.param(
            "signe", "sickness_allowance", "2026-11-20",
            [("authority", "0027", "468.60"), ("customer", "9994", "702.90")], id="a share",
        ),
    ],
)  # fmt: skip
def test_accepted_demands_are_paid_before_the_customer(
    told: Generated, slug: str, benefit: str, paid_on: str, parts: list[tuple[str, str, str]]
) -> None:
    assert shared(told, slug, benefit, paid_on) == parts


def test_of_one_customer_every_state_is_told(told: Generated) -> None:
    tilla = HETU["tilla"]
    kinds = {row["kind"] for row in told.of("decisions", tilla)}
    assert kinds == {"granted", "revised", "rejected", "ended", "recovery"}
    payments, recoveries = told.of("payments", tilla), told.of("recoveries", tilla)
    assert {row["state"] for row in payments} == {"paid", "returned", "cancelled"}
    reasons = {row["deduction_reason"] for row in payments}
    assert reasons == {"", "enforcement", "recovery", "payment_demand", "advance", "other"}
    assert {row["state"] for row in recoveries} == {"open", "suspended", "paid", "waived"}
    states = {row["state"] for row in told.of("pending_matters", tilla)}
    assert states == {"received", "in_process", "awaiting"}
    assert "DE" in {row["country"] for row in told.of("insurance", tilla)}
    ours = {row["id"] for row in told.of("decisions", tilla)}
    members = [r for r in told.rows("social_assistance_households") if r["decision"] in ours]
    assert {row["role"] for row in members} == {"applicant", "spouse", "child"}
    lines = [r for r in told.rows("social_assistance_calculations") if r["decision"] in ours]
    assert {row["reduction"] for row in lines} == {"", "40"}
