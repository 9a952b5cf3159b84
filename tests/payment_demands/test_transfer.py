"""The transfer of 1.1.2023: demands of municipalities go to the counties, and nothing else does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import override_settings

from authorizations.rulebook import Action
from authorizations.session_store import SessionStore
from customers.queries import action_on
from payment_demands import presentation, queries, services
from payment_demands.models import Demand, Version
from payment_demands.queries import account_of
from payment_demands.transfer import Handed, transfer
from tests.acting import (
    HELSINKI,
    PIRKANMAA,
    TAMPERE,
    client_of,
    customer,
    kela_admin,
    official,
    organisation,
    owning,
    right_of,
)
from tests.payment_demands.demanding import (
    act_as,
    opened,
    payee,
    payment,
    pays,
    registered,
    terms,
)

NEW_YEAR = date(2023, 1, 1)
VAASA, POHJANMAA, MARIEHAMN = "9900104-5", "9900101-0", "9900108-8"
FROM_MARCH = DateRange(date(2022, 3, 1), None)


@contextmanager
def on(day: date) -> Iterator[None]:
    with override_settings(KELMU_TODAY=day):
        yield


def made_in_2022(business_id: str, municipality: str, **fields: Any) -> Demand:
    """A demand of a municipality, made before the counties."""
    of = {"period": FROM_MARCH, "municipality": municipality, "payee": payee(business_id).pk}
    with on(date(2022, 12, 15)):
        store: SessionStore = official(business_id)
        return registered(terms(**of | fields), store)


def run(effective: date = NEW_YEAR, *, dry_run: bool = False) -> list[Handed]:
    with owning():
        return list(transfer(effective, dry_run=dry_run))


def now_of(demand: Demand, business_id: str) -> Demand:
    act_as(business_id)
    return Demand.objects.get(pk=demand.pk)


def test_a_municipalitys_demand_goes_to_the_county_with_its_history(eino: UUID) -> None:
    demand = made_in_2022(TAMPERE, "837")
    with on(NEW_YEAR):
        (handed,) = run()
        assert (handed.former.pk, handed.claimant.pk) == (
            organisation(TAMPERE).pk,
            organisation(PIRKANMAA).pk,
        )
        moved = now_of(demand, PIRKANMAA)
        assert moved.payee == payee(PIRKANMAA)
        assert moved.former_payee == payee(TAMPERE)
        assert (moved.state, moved.version, moved.made_by) == (
            "registered",
            2,
            organisation(TAMPERE),
        )
        steps = Version.objects.filter(demand=demand).values_list("step", flat=True)
        assert list(steps) == ["register", "transfer"]
        act_as(TAMPERE)
        assert not Demand.objects.exists()


def test_the_county_goes_on_with_it(eino: UUID) -> None:
    demand = made_in_2022(TAMPERE, "837")
    with on(NEW_YEAR):
        run()
    right = right_of(official(PIRKANMAA))
    changed = terms(period=FROM_MARCH, amount=Decimal("10.00"))
    services.change(right, opened(right), demand.pk, changed, seen=2)
    assert now_of(demand, PIRKANMAA).version == 3


def test_what_ended_before_stays(eino: UUID) -> None:
    demand = made_in_2022(TAMPERE, "837", period=DateRange(date(2022, 3, 1), NEW_YEAR))
    with on(NEW_YEAR):
        assert run() == []
    assert now_of(demand, TAMPERE).version == 1


def test_what_is_demanded_for_a_municipality_of_aland_stays(eino: UUID) -> None:
    of = terms(period=FROM_MARCH, municipality="478", payee=payee(MARIEHAMN).pk)
    demand = registered(of, official(MARIEHAMN))
    assert run() == []
    assert now_of(demand, MARIEHAMN).version == 1


def test_helsinkis_stay(eino: UUID) -> None:
    demand = made_in_2022(HELSINKI, "091")
    with on(NEW_YEAR):
        assert run() == []
    assert now_of(demand, HELSINKI).version == 1


def test_a_county_without_an_account_gets_the_demand_and_the_municipality_the_money(
    eino: UUID,
) -> None:
    demand = made_in_2022(VAASA, "905")
    with on(NEW_YEAR):
        (handed,) = run()
        assert handed.awaits_payee
        assert now_of(demand, POHJANMAA).payee == payee(VAASA)
        (again,) = run()
        assert again.awaits_payee
        assert now_of(demand, POHJANMAA).version == 2
    with on(date(2023, 3, 1)):  # its account is valid by now
        (given,) = run()
        assert not given.awaits_payee
        assert now_of(demand, POHJANMAA).payee == payee(POHJANMAA)
        assert run() == []


def test_it_runs_twice_and_does_it_once(eino: UUID) -> None:
    demand = made_in_2022(TAMPERE, "837")
    with on(NEW_YEAR):
        assert len(run()) == 1
        assert run() == []
    assert now_of(demand, PIRKANMAA).version == 2


def test_a_dry_run_tells_and_changes_nothing(eino: UUID) -> None:
    demand = made_in_2022(TAMPERE, "837")
    with on(NEW_YEAR):
        (handed,) = run(dry_run=True)
    assert handed.claimant == organisation(PIRKANMAA)
    assert now_of(demand, TAMPERE).version == 1


def test_two_municipalities_demands_on_a_benefit_do_not_stand_in_the_way(eino: UUID) -> None:
    made_in_2022(TAMPERE, "837")
    made_in_2022("9900103-7", "536")  # Nokia
    with on(NEW_YEAR):
        assert len(run()) == 2
    act_as(PIRKANMAA)
    assert Demand.objects.count() == 2


def test_a_later_merger_of_counties_uses_the_same(eino: UUID) -> None:
    registered(terms(period=DateRange(date(2026, 12, 1), None)))
    day = date(2027, 1, 1)
    with owning():
        county, heir = organisation(PIRKANMAA), organisation(HELSINKI)
        validity = DateRange(county.validity.lower, day)
        type(county).objects.using("owner").filter(pk=county.pk).update(
            merged_into=heir, validity=validity
        )
    with on(day):
        (handed,) = run(day)
    assert handed.claimant == organisation(HELSINKI)


def test_what_was_set_in_december_still_goes_to_the_municipality(eino: UUID) -> None:
    demand = made_in_2022(TAMPERE, "837")
    with on(NEW_YEAR):
        run()
    moved = now_of(demand, PIRKANMAA)
    assert account_of(moved, date(2023, 1, 13)) == payee(TAMPERE)
    assert account_of(moved, date(2023, 1, 15)) == payee(PIRKANMAA)
    assert account_of(made_in_2022(HELSINKI, "091"), date(2023, 1, 2)) == payee(HELSINKI)


def test_each_payment_names_the_account_that_it_goes_to(eino: UUID) -> None:
    demand = made_in_2022(TAMPERE, "837")
    for paid_on in (date(2023, 1, 9), date(2023, 2, 7)):
        payment(eino, paid_on, state="paid")
    with on(NEW_YEAR):
        run()
    right = right_of(official(PIRKANMAA))
    act = action_on(right, opened(right), Action.PAYMENT_DEMANDS)
    moved = queries.demand_of(act, demand.pk)
    rows = presentation.past(queries.past(act, moved), moved).rows
    assert [row[4] for row in rows] == [payee(PIRKANMAA).name, payee(TAMPERE).name]
    assert len(presentation.transferred(moved, date(2023, 1, 13))) == 2
    assert len(presentation.transferred(moved, date(2023, 1, 15))) == 1


class TestTheCommand:
    def test_it_reports_each_demand_and_the_sums(self, eino: UUID, tmp_path: Path) -> None:
        demand = made_in_2022(TAMPERE, "837")
        report, said = tmp_path / "report.csv", StringIO()
        with on(NEW_YEAR), owning():
            call_command("transfer_payment_demands", effective=NEW_YEAR, report=report, stderr=said)
        lines = report.read_text().splitlines()
        assert len(lines) == 2
        assert str(demand.pk) in lines[1]
        assert "Tampereen kaupunki;Pirkanmaan hyvinvointialue" in lines[1]
        assert "1 handed over, 300.00 € a month" in said.getvalue()

    def test_before_the_day_it_only_tells(self, eino: UUID) -> None:
        made_in_2022(TAMPERE, "837")
        with on(date(2022, 12, 15)), owning():
            with pytest.raises(CommandError):
                call_command("transfer_payment_demands", effective=NEW_YEAR)
            said = StringIO()
            call_command(
                "transfer_payment_demands",
                effective=NEW_YEAR,
                dry_run=True,
                report=Path("/dev/null"),
                stderr=said,
            )
        assert "would be handed over" in said.getvalue()

    def test_kelas_page_shows_it(self, eino: UUID) -> None:
        made_in_2022(TAMPERE, "837")
        with on(NEW_YEAR):
            run()
        page = client_of(kela_admin("preparing")).get("/kela/payment-demands/transfers/")
        assert "Tampereen kaupunki" in page.content.decode()
        assert "Esimerkki" not in page.content.decode()


def test_others_customers_are_left_alone(eino: UUID) -> None:
    other = customer("081099-9436")
    pays(other)
    made_in_2022(TAMPERE, "837")
    with on(NEW_YEAR):
        assert len(run()) == 1
