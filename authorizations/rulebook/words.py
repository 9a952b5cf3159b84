"""The identifiers that the rulebook speaks in, each vocabulary in its reading order."""

from collections.abc import Collection, Iterable
from enum import StrEnum


class OrganisationType(StrEnum):
    WELLBEING_COUNTY = "wellbeing_county"
    MUNICIPALITY = "municipality"
    HELSINKI = "helsinki"
    JOINT_AUTHORITY = "joint_authority"
    OTHER_AUTHORITY = "other_authority"


class Mandate(StrEnum):
    BENEFITS_AND_PAYMENT_DEMANDS = "benefits_and_payment_demands"
    LABOUR_MARKET_SUBSIDY_MATERIALS = "labour_market_subsidy_materials"
    CHILD_CARE_ALLOWANCE_MATERIALS = "child_care_allowance_materials"
    SOCIAL_ASSISTANCE_CUSTOMERS = "social_assistance_customers"
    LABOUR_MARKET_SUBSIDY_300_DAYS = "labour_market_subsidy_300_days"
    FRONT_VETERANS_SUPPLEMENT = "front_veterans_supplement"
    INTEGRATION_SERVICES_CUSTOMERS = "integration_services_customers"
    TREATMENT_ABROAD = "treatment_abroad"


class Purpose(StrEnum):
    OTHER_BENEFITS = "other_benefits"
    SOCIAL_ASSISTANCE = "social_assistance"
    INTEGRATION_BENEFITS = "integration_benefits"
    SOCIAL_ASSISTANCE_NOTIFICATIONS = "social_assistance_notifications"
    TYP_SERVICE = "typ_service"
    FRONT_VETERANS_LIST = "front_veterans_list"
    INTEGRATION_SERVICES = "integration_services"
    LABOUR_MARKET_SUBSIDY_LIST = "labour_market_subsidy_list"
    CHILD_CARE_ALLOWANCE_LISTS = "child_care_allowance_lists"
    TREATMENT_ABROAD_LIST = "treatment_abroad_list"


class Tab(StrEnum):
    BENEFITS = "benefits"
    SOCIAL_ASSISTANCE = "social_assistance"
    FORWARDED_NOTIFICATIONS = "forwarded_notifications"

    @property
    def shows_one_customer(self) -> bool:
        return self is not Tab.FORWARDED_NOTIFICATIONS


class DataGroup(StrEnum):
    PENDENCY = "pendency"
    DECISIONS = "decisions"
    PAYMENTS = "payments"
    INSURANCE = "insurance"
    RECOVERY = "recovery"
    MEDICINE_CAP = "medicine_cap"
    DATA_FROM_OTHERS = "data_from_others"


class Field(StrEnum):
    """What of a data group's rows a purpose or an agreement may withhold: group and field."""

    GROUNDS = "decisions.grounds"
    DEDUCTION_REASON = "payments.deduction_reason"
    PAYEE_NAME = "payments.payee_name"
    ACCOUNT = "payments.account_last4"
    INSTALMENT = "recovery.instalment"
    PAYER = "data_from_others.payer"


class NotificationType(StrEnum):
    APPLICATION = "application"
    REDUCED_BASIC_AMOUNT = "reduced_basic_amount"
    NEED_FOR_SOCIAL_WORK = "need_for_social_work"
    UNEMPLOYED_UNDER_25 = "unemployed_under_25"
    UNEMPLOYED_25_AND_OVER = "unemployed_25_and_over"
    IMMIGRANT = "immigrant"


class Listing(StrEnum):
    LABOUR_MARKET_SUBSIDY_INVOICE = "labour_market_subsidy_invoice"
    PROLONGED_UNEMPLOYMENT_RISK = "prolonged_unemployment_risk"
    CHILD_CARE_ALLOWANCE_RECIPIENTS = "child_care_allowance_recipients"
    LABOUR_MARKET_SUBSIDY_300_DAYS = "labour_market_subsidy_300_days"
    FRONT_VETERANS = "front_veterans"
    INTEGRATION_CUSTOMERS = "integration_customers"
    TREATMENT_ABROAD = "treatment_abroad"


class Action(StrEnum):
    PAYMENT_DEMANDS = "payment_demands"
    SEND_DOCUMENT = "send_document"


class Benefit(StrEnum):
    """What a purpose may include or exclude; the names live with the benefits themselves."""

    BASIC_SOCIAL_ASSISTANCE = "basic_social_assistance"
    LABOUR_MARKET_SUBSIDY = "labour_market_subsidy"
    BASIC_UNEMPLOYMENT_ALLOWANCE = "basic_unemployment_allowance"
    GENERAL_SOCIAL_SECURITY_BENEFIT = "general_social_security_benefit"
    EARNINGS_RELATED_ALLOWANCE = "earnings_related_allowance"
    COMMUTING_AND_RELOCATION_ALLOWANCE = "commuting_and_relocation_allowance"
    JOB_ALTERNATION_COMPENSATION = "job_alternation_compensation"
    TRANSITION_SECURITY_ALLOWANCE = "transition_security_allowance"
    GENERAL_HOUSING_ALLOWANCE = "general_housing_allowance"
    PENSIONERS_HOUSING_ALLOWANCE = "pensioners_housing_allowance"
    NATIONAL_PENSION = "national_pension"
    GUARANTEE_PENSION = "guarantee_pension"
    SURVIVORS_PENSION = "survivors_pension"
    CHILD_INCREASE = "child_increase"
    FRONT_VETERANS_SUPPLEMENT = "front_veterans_supplement"
    ADDITIONAL_FRONT_VETERANS_SUPPLEMENT = "additional_front_veterans_supplement"
    VETERANS_SUPPLEMENT = "veterans_supplement"
    PENSIONERS_CARE_ALLOWANCE = "pensioners_care_allowance"
    DISABILITY_ALLOWANCE_ADULT = "disability_allowance_adult"
    DISABILITY_ALLOWANCE_CHILD = "disability_allowance_child"
    SICKNESS_ALLOWANCE = "sickness_allowance"
    PARTIAL_SICKNESS_ALLOWANCE = "partial_sickness_allowance"
    REHABILITATION_ALLOWANCE = "rehabilitation_allowance"
    YOUTH_REHABILITATION_ALLOWANCE = "youth_rehabilitation_allowance"
    PREGNANCY_ALLOWANCE = "pregnancy_allowance"
    PARENTAL_ALLOWANCE = "parental_allowance"
    CHILD_BENEFIT = "child_benefit"
    CHILD_HOME_CARE_ALLOWANCE = "child_home_care_allowance"
    FLEXIBLE_CARE_ALLOWANCE = "flexible_care_allowance"
    PARTIAL_CARE_ALLOWANCE = "partial_care_allowance"
    PRIVATE_DAY_CARE_ALLOWANCE = "private_day_care_allowance"
    MATERNITY_GRANT = "maternity_grant"
    ADOPTION_GRANT = "adoption_grant"
    CHILD_MAINTENANCE_ALLOWANCE = "child_maintenance_allowance"
    STUDENT_AID = "student_aid"
    CONSCRIPTS_ALLOWANCE = "conscripts_allowance"
    MEDICAL_REIMBURSEMENT = "medical_reimbursement"
    MEDICINE_REIMBURSEMENT = "medicine_reimbursement"
    TRAVEL_REIMBURSEMENT = "travel_reimbursement"


type Named = (
    OrganisationType
    | Mandate
    | Purpose
    | Tab
    | DataGroup
    | Field
    | NotificationType
    | Listing
    | Action
)


VOCABULARIES: dict[str, type[StrEnum]] = {
    "organisation_types": OrganisationType,
    "mandates": Mandate,
    "purposes": Purpose,
    "tabs": Tab,
    "data_groups": DataGroup,
    "fields": Field,
    "notification_types": NotificationType,
    "listings": Listing,
    "actions": Action,
}


def in_order[Word: StrEnum](
    vocabulary: type[Word], groups: Iterable[Collection[Word]]
) -> tuple[Word, ...]:
    """The union of the groups, in the vocabulary's order."""
    union = frozenset[Word]().union(*groups)
    return tuple(word for word in vocabulary if word in union)
