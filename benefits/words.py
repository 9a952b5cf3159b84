"""The words that Kela's files and tables use, with what people read instead of them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BenefitGroup(TextChoices):
    SOCIAL_ASSISTANCE = "social_assistance", _("Social assistance")
    UNEMPLOYMENT = "unemployment", _("Unemployment")
    HOUSING = "housing", _("Housing")
    PENSIONS = "pensions", _("Pensions")
    DISABILITY = "disability", _("Disability")
    SICKNESS = "sickness", _("Sickness and rehabilitation")
    FAMILIES = "families", _("Families")
    STUDENTS_AND_CONSCRIPTS = "students_and_conscripts", _("Students and conscripts")
    REIMBURSEMENTS = "reimbursements", _("Reimbursements")


class Application(TextChoices):
    FIRST = "first", _("first application")
    CONTINUATION = "continuation", _("continuation")
    CHANGE = "change", _("change in circumstances")
    REVIEW = "review", _("review of a decision")


class MatterState(TextChoices):
    RECEIVED = "received", _("received")
    IN_PROCESS = "in_process", _("being processed")
    AWAITING = "awaiting", _("awaiting further information")
    DECIDED = "decided", _("decided")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Awaited(TextChoices):
    INCOME = "income", _("information on income")
    BANK_STATEMENT = "bank_statement", _("bank statement")
    RENTAL_AGREEMENT = "rental_agreement", _("rental agreement")
    MEDICAL_STATEMENT = "medical_statement", _("medical statement")
    EMPLOYER_STATEMENT = "employer_statement", _("statement of the employer")
    LABOUR_POLICY_STATEMENT = "labour_policy_statement", _("labour policy statement")
    STUDY_CERTIFICATE = "study_certificate", _("certificate of studies")


class AwaitedFrom(TextChoices):
    CUSTOMER = "customer", _("the customer")
    EMPLOYER = "employer", _("the employer")
    EMPLOYMENT_AUTHORITY = "employment_authority", _("the employment authority")
    HEALTH_CARE = "health_care", _("health care")
    SCHOOL = "school", _("the educational institution")


class DecisionKind(TextChoices):
    GRANTED = "granted", _("granted")
    REJECTED = "rejected", _("rejected")
    REVISED = "revised", _("revised")
    ENDED = "ended", _("ended")
    RECOVERY = "recovery", _("recovery")


class Grounds(TextChoices):
    """Why it was decided so; the law of the decision says by what right."""

    CONDITIONS_MET = "conditions_met", _("the conditions are met")
    CHANGE_OF_RATE = "change_of_rate", _("the amounts of the year changed")
    CHANGE_OF_INCOME = "change_of_income", _("the income changed")
    CHANGE_OF_HOUSEHOLD = "change_of_household", _("the family or the dwelling changed")
    CONDITIONS_NOT_MET = "conditions_not_met", _("the conditions are not met")
    TOO_MUCH_INCOME = "too_much_income", _("the income is over the limit")
    NOT_INSURED = "not_insured", _("not covered by Finnish social security")
    INFORMATION_MISSING = "information_missing", _("the information asked for did not come")
    NEED_ENDED = "need_ended", _("the need for the benefit ended")
    OTHER_BENEFIT = "other_benefit", _("another benefit came instead")
    MOVED_ABROAD = "moved_abroad", _("the customer moved abroad")
    DIED = "died", _("the customer died")
    PAID_TOO_MUCH = "paid_too_much", _("too much had been paid")


class AmountUnit(TextChoices):
    MONTH = "month", _("a month")
    DAY = "day", _("a day")
    ONCE = "once", _("once")


class PaymentState(TextChoices):
    SCHEDULED = "scheduled", _("scheduled")
    PAID = "paid", _("paid")
    RETURNED = "returned", _("returned")
    CANCELLED = "cancelled", _("cancelled")


class Payee(TextChoices):
    CUSTOMER = "customer", _("the customer")
    GUARDIAN = "guardian", _("a guardian")
    AUTHORITY = "authority", _("an authority, on its demand")
    LANDLORD = "landlord", _("the landlord")
    OTHER = "other", _("another payee")


class DeductionReason(TextChoices):
    """Why something was taken from a payment, beside tax."""

    RECOVERY = "recovery", _("recovery of overpayment")
    ENFORCEMENT = "enforcement", _("enforcement")
    PAYMENT_DEMAND = "payment_demand", _("payment demand")
    ADVANCE = "advance", _("advance paid earlier")
    OTHER = "other", _("another reason")


class InsuranceKind(TextChoices):
    SOCIAL_SECURITY = "social_security", _("social security")
    HEALTH_INSURANCE = "health_insurance", _("national health insurance")


class InsuranceBasis(TextChoices):
    RESIDENCE = "residence", _("permanent residence")
    EMPLOYMENT = "employment", _("employment")
    POSTED_WORKER = "posted_worker", _("posted worker")
    STUDIES = "studies", _("studies")
    FAMILY_MEMBER = "family_member", _("family member")
    PENSION = "pension", _("pension")


class PensionOfOthers(TextChoices):
    """A statutory pension, or what stands for one, that another than Kela pays."""

    OLD_AGE = "old_age", _("earnings-related old-age pension")
    PARTIAL_OLD_AGE = "partial_old_age", _("partial early old-age pension")
    DISABILITY = "disability", _("earnings-related disability pension")
    PARTIAL_DISABILITY = "partial_disability", _("partial disability pension")
    YEARS_OF_SERVICE = "years_of_service", _("years-of-service pension")
    SURVIVORS = "survivors", _("earnings-related survivors’ pension")
    ACCIDENT = "accident", _("workers’ compensation pension")
    TRAFFIC = "traffic", _("compensation by motor liability insurance")
    FOREIGN = "foreign", _("pension from abroad")


class RecoveryState(TextChoices):
    OPEN = "open", _("open")
    SUSPENDED = "suspended", _("suspended")
    PAID = "paid", _("paid")
    WAIVED = "waived", _("waived")


UNDER_WAY = (MatterState.RECEIVED, MatterState.IN_PROCESS, MatterState.AWAITING)
GIVING = (DecisionKind.GRANTED, DecisionKind.REVISED)
REFUSING = (DecisionKind.REJECTED, DecisionKind.ENDED)
OPEN_RECOVERY = (RecoveryState.OPEN, RecoveryState.SUSPENDED)
CLOSED_RECOVERY = (RecoveryState.PAID, RecoveryState.WAIVED)
