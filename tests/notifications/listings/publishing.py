"""Lists for tests, delivered as Kela delivers them."""

from pathlib import Path

from intake.models import Reject
from intake.services import take_in
from tests.acting import owning
from tests.delivering import EINO, HANNA, JONNA, deliver

TAMPERE, HELSINKI, NOKIA, VAASA = "837", "091", "536", "905"
PROTECTED = "040474-945C"
CUSTOMERS = [
    f"{EINO},,Eino Olavi,Esimerkki,1952-10-13,837,false,fi,,,",
    f"{JONNA},,Jonna Maria,Testaaja,1999-10-08,837,false,fi,,,",
    f"{HANNA},,Hanna Sofia,=Perheellinen,1992-02-28,837,false,sv,,,",
    f"{PROTECTED},,Salla Kristiina,Suojattu,1974-04-04,837,true,fi,,,",
]
OCTOBER = "2026-10-01,2026-10-31"
RELATED = "earnings_related_allowance"
GENERAL = "general_social_security_benefit"
# The shares are of 600,00 € and 818,62 €, and a return.
INVOICE_ROWS = [
    f"1,1,{JONNA},{GENERAL},payment,2026-10-15,2026-09-01,2026-09-30,22,310,818.62,30,245.59",
    f"1,2,{HANNA},{GENERAL},payment,2026-10-15,2026-09-01,2026-09-30,22,120,600.00,10,60.00",
    f"1,3,{PROTECTED},{RELATED},payment,2026-10-19,2026-09-01,2026-09-30,22,205,1500.00,20,300.00",
    f"1,4,{HANNA},{GENERAL},return,2026-10-20,2026-08-01,2026-08-31,21,98,-600.00,10,-60.00",
]
INVOICE = {
    "customers.csv": CUSTOMERS,
    "list_publications.csv": [
        f"1,labour_market_subsidy_invoice,{TAMPERE},{OCTOBER},1,2026-11-16,4,545.59,"
    ],
    "list_invoice_rows.csv": INVOICE_ROWS,
}
CORRECTED_ROWS = [
    f"2,1,{JONNA},{GENERAL},payment,2026-10-15,2026-09-01,2026-09-30,22,310,818.62,30,245.59",
    f"2,2,{HANNA},{GENERAL},payment,2026-10-15,2026-09-01,2026-09-30,22,120,500.00,10,50.00",
    f"2,3,{EINO},{GENERAL},correction,2026-10-20,2026-08-01,2026-08-31,21,400,100.00,40,40.00",
]
CORRECTED = {
    "list_publications.csv": [
        f"2,labour_market_subsidy_invoice,{TAMPERE},{OCTOBER},2,2026-11-18,3,335.59,Virhe korjattu."
    ],
    "list_invoice_rows.csv": CORRECTED_ROWS,
}
YEAR = "2026-01-01,2026-12-31"
EVERY_LIST = {
    "customers.csv": CUSTOMERS,
    "list_publications.csv": [
        *INVOICE["list_publications.csv"],
        f"11,labour_market_subsidy_300_days,{TAMPERE},{OCTOBER},1,2026-11-16,1,245.59,",
        f"12,prolonged_unemployment_risk,{TAMPERE},{OCTOBER},1,2026-11-05,1,,",
        f"13,child_care_allowance_recipients,{TAMPERE},{OCTOBER},1,2026-11-03,1,490.98,",
        f"14,front_veterans,{TAMPERE},{YEAR},1,2026-02-16,1,217.54,",
        f"15,treatment_abroad,{TAMPERE},2026-01-01,2026-06-30,1,2026-07-15,1,1200.00,",
        f"21,labour_market_subsidy_invoice,{HELSINKI},{OCTOBER},1,2026-11-16,1,245.59,",
        f"22,labour_market_subsidy_300_days,{HELSINKI},{OCTOBER},1,2026-11-16,1,245.59,",
        f"23,prolonged_unemployment_risk,{HELSINKI},{OCTOBER},1,2026-11-05,1,,",
        f"24,child_care_allowance_recipients,{HELSINKI},{OCTOBER},1,2026-11-03,1,490.98,",
        f"25,front_veterans,{HELSINKI},{YEAR},1,2026-02-16,1,217.54,",
        f"26,treatment_abroad,{HELSINKI},2026-01-01,2026-06-30,1,2026-07-15,1,1200.00,",
    ],
    "list_invoice_rows.csv": [*INVOICE_ROWS, INVOICE_ROWS[0].replace("1,1,", "21,1,", 1)],
    "list_long_unemployed_rows.csv": [
        INVOICE_ROWS[0].replace("1,1,", f"{number},1,", 1) for number in (11, 22)
    ],
    "list_risk_rows.csv": [
        f"{number},1,{JONNA},{GENERAL},paid_200_days,210,2026-10-15" for number in (12, 23)
    ],
    "list_child_care_rows.csv": [
        f"{number},1,{HANNA},child_home_care_allowance,payment,2026-10-28,2026-10-01,2026-10-31,2,"
        "377.68,113.30,0.00,490.98"
        for number in (13, 24)
    ],
    "list_veteran_rows.csv": [
        f"{number},1,{EINO},1991-04-01,148.30,69.24,217.54" for number in (14, 25)
    ],
    "list_treatment_rows.csv": [
        f"{number},1,{EINO},EE,hospital,2026-03-01,2026-03-06,2026-04-20,2000.00,1200.00"
        for number in (15, 26)
    ],
}


def publish(
    folder: Path, files: dict[str, list[str]], made_at: str = "2026-11-20T06:00:00+02:00"
) -> list[tuple[str, int, str, str]]:
    """Takes the files in; the answer is which rows were left out, and why."""
    deliver(folder, files, made_at)
    with owning():
        list(take_in([folder]))
    told = Reject.objects.order_by("file", "line")
    return list(told.values_list("file", "line", "field", "reason"))
