"""Deliveries of Kela's systems for tests: files, and the manifest that vouches for them."""

import hashlib
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

from intake.management.commands.intake import SOME_REJECTED

INVOICED = (
    "publication,number,hetu,benefit,kind,paid_on,first_day,last_day,days,counted_days,gross,share,"
    "amount"
)
HEADERS = {
    "customers.csv": (
        "hetu,former_codes,given_names,family_name,birth_date,municipality,protected,language,"
        "died_on,country,abroad_since"
    ),
    "pending_matters.csv": "id,hetu,benefit,applied_for,arrived_on,state,awaited,awaited_from",
    "decisions.csv": (
        "id,hetu,benefit,kind,decided_on,first_day,last_day,replaced_on,amount,amount_unit,grounds,law"
    ),
    "payments.csv": (
        "id,hetu,benefit,decision,paid_on,first_day,last_day,gross,tax,deductions,"
        "deduction_reason,net,state,payee_kind,payee_name,account_last4"
    ),
    "insurance.csv": "id,hetu,kind,covered,basis,first_day,last_day,country",
    "recoveries.csv": (
        "id,hetu,benefit,decision,claimed_on,original_amount,open_amount,instalment,state"
    ),
    "medicine_caps.csv": "hetu,year,accrued,annual_limit,initial_deductible,reached_on",
    "data_from_others.csv": "id,hetu,kind,payer,gross,first_day,last_day",
    "medicine_caps.removed.csv": "hetu,year",
    "social_assistance_applications.csv": (
        "id,hetu,arrived_on,is_urgent,first_day,last_day,state,decision"
    ),
    "social_assistance_attachments.csv": "id,application,kind,received_on",
    "social_assistance_households.csv": "decision,number,role,age_group",
    "social_assistance_calculations.csv": (
        "decision,month,number,part,item,member,stated,reduction,reduction_ground,amount"
    ),
    "social_assistance_commitments.csv": (
        "id,hetu,given_on,kind,provider,first_day,last_day,at_most"
    ),
    "social_assistance_calls.csv": "id,hetu,given_on,due_on,kind,benefit,state",
    "notifications.csv": (
        "id,hetu,type,municipality,arrived_at,decided_on,urgent,text,phone,assistance,applied_for,"
        "amount,first_day,last_day,reduction,reduction_ground,needs,unit_name,unit_phone"
    ),
    "notification_attachments.csv": "id,notification,name,sha256",
    "list_publications.csv": (
        "id,listing,municipality,first_day,last_day,version,published_on,rows,total,reason"
    ),
    "list_invoice_rows.csv": INVOICED,
    "list_long_unemployed_rows.csv": INVOICED,
    "list_risk_rows.csv": "publication,number,hetu,benefit,ground,counted_days,last_paid_on",
    "list_child_care_rows.csv": (
        "publication,number,hetu,benefit,kind,paid_on,first_day,last_day,children,allowance,"
        "supplement,municipal_supplement,amount"
    ),
    "list_veteran_rows.csv": "publication,number,hetu,since,supplement,additional,amount",
    "list_treatment_rows.csv": (
        "publication,number,hetu,country,treatment,first_day,last_day,paid_on,cost,amount"
    ),
    "payment_demand_answers.csv": "demand,version,answer,answered_on,reason",
    "document_answers.csv": "sending,answer,answered_on,reason",
}
SECOND_DAY = "2026-11-21T06:00:00+02:00"

EINO, JONNA, HANNA = "131052-9085", "081099-9436", "280292-9878"
NOVEMBER = "2026-11-09,2026-11-01,2026-11-30"
DECEMBER = "2026-12-07,2026-12-01,2026-12-31"
MET, NOT_MET, DEMAND = "conditions_met", "conditions_not_met", "payment_demand"
LAW = "568/2007 10 §"
TAMPERE = 'authority,"Pirkanmaan hyvinvointialue, Tampere"'
GOOD = {
    "customers.csv": [
        f"{EINO},,Eino Olavi,Esimerkki,1952-10-13,837,false,fi,,,",
        f"{JONNA},,Jonna Maria,Testaaja,1999-10-08,,true,sv,,,",
    ],
    "pending_matters.csv": [
        f"1,{JONNA},general_housing_allowance,first,2026-11-03,awaiting,rental_agreement,customer"
    ],
    "decisions.csv": [
        f"1,{EINO},national_pension,granted,2025-12-12,2026-01-01,,,784.52,month,{MET},{LAW}",
        f"2,{EINO},student_aid,rejected,2026-02-01,2026-01-01,,,,,{NOT_MET},65/1994 11 §",
    ],
    "payments.csv": [
        f"1,{EINO},national_pension,1,{NOVEMBER},784.52,0.00,0.00,,784.52,paid,customer,,1234",
        f"2,{EINO},national_pension,1,{DECEMBER},784.52,0.00,84.52,{DEMAND},700.00,scheduled,{TAMPERE},9876",
    ],
    "insurance.csv": [
        f"1,{EINO},social_security,true,residence,1952-10-13,,FI",
        f"2,{JONNA},social_security,false,employment,2024-01-01,2025-12-31,SE",
    ],
    "recoveries.csv": [f"1,{EINO},national_pension,,2026-05-09,300.00,200.00,50.00,open"],
    "medicine_caps.csv": [f"{EINO},2026,636.12,636.12,70.33,2026-10-09"],
    "data_from_others.csv": [f"1,{EINO},old_age,Eläkevakuutus Havu,412.30,2017-11-01,"],
}

ASSISTED, ACT = "basic_social_assistance", "1412/1997 6 §"
ASSISTANCE = {
    "customers.csv": GOOD["customers.csv"],
    "decisions.csv": [
        f"1,{EINO},{ASSISTED},granted,2026-10-05,2026-10-01,2026-11-30,,900.00,month,{MET},{ACT}",
        f"2,{EINO},national_pension,granted,2025-12-12,2026-01-01,,,784.52,month,{MET},{LAW}",
        f"3,{JONNA},{ASSISTED},rejected,2026-10-05,2026-10-01,2026-10-31,,,,too_much_income,{ACT}",
    ],
    "social_assistance_applications.csv": [
        f"1,{EINO},2026-10-01,false,2026-10-01,2026-11-30,decided,1",
        f"2,{EINO},2026-11-19,true,2026-12-01,2026-12-31,received,",
        f"3,{JONNA},2026-10-02,false,2026-10-01,2026-10-31,decided,3",
    ],
    "social_assistance_attachments.csv": [
        "1,1,bank_statement,2026-10-01",
        "2,2,rental_agreement,",
    ],
    "social_assistance_households.csv": [
        "1,1,applicant,adult",
        "1,2,child,under_10",
        "3,1,applicant,adult",
    ],
    "social_assistance_calculations.csv": [
        "1,2026-10-01,1,basic_amount,single_parent,1,665.19,20,refused_work,532.15",
        "1,2026-10-01,2,basic_amount,younger_child_1,2,375.98,,,375.98",
        "1,2026-10-01,3,housing,rent,,700.00,,,600.00",
        "1,2026-10-01,4,income,child_benefit,2,608.13,,,608.13",
        "1,2026-11-01,1,basic_amount,single_parent,1,665.19,,,665.19",
        "1,2026-11-01,2,other_expense,medicines,,234.81,,,234.81",
        "3,2026-10-01,1,basic_amount,living_alone,1,578.43,,,578.43",
        "3,2026-10-01,2,income,wages,1,1900.00,,,1900.00",
    ],
    "social_assistance_commitments.csv": [
        f"1,{EINO},2026-10-05,pharmacy,Apteekit,2026-10-05,2026-11-30,",
    ],
    "social_assistance_calls.csv": [
        f"1,{EINO},2026-10-05,2026-11-05,apply_for_benefit,general_housing_allowance,complied",
        f"2,{JONNA},2026-10-05,2026-11-05,register_as_jobseeker,,open",
    ],
}


def deliver(
    folder: Path, files: dict[str, list[str]], made_at: str = "2026-11-20T06:00:00+02:00"
) -> Path:
    """Lay a delivery down: rows without headers by file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        lines = [HEADERS.get(name, "id"), *rows]  # of rows taken back there is the number
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    vouch(folder, {name: len(rows) for name, rows in files.items()}, made_at)
    return folder


def vouch(folder: Path, rows: dict[str, int], made_at: str = "2026-11-20T06:00:00+02:00") -> None:
    """Write the manifest of the files as they now lie there."""
    lines = ['source = "test"', f"made_at = {made_at}", "[files]"]
    for name, number in rows.items():
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        lines.append(f'"{name}" = {{ rows = {number}, sha256 = "{digest}" }}')
    (folder / "manifest.toml").write_text("\n".join(lines), encoding="utf-8")


def intake(*paths: Path, rejects: Path | None = None) -> str:
    """Run the command and return what it printed; rows left out do not matter."""
    printed = StringIO()
    try:
        call_command("intake", *map(str, paths), rejects=rejects, stdout=printed, skip_checks=True)
    except CommandError as error:
        if error.returncode != SOME_REJECTED:
            raise
    return printed.getvalue()
