"""The words of basic social assistance (perustoimeentulotuki), act 1412/1997."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AttachmentKind(TextChoices):
    BANK_STATEMENT = "bank_statement", _("bank statement")
    RENTAL_AGREEMENT = "rental_agreement", _("rental agreement")
    PAYSLIP = "payslip", _("payslip")
    ELECTRICITY_BILL = "electricity_bill", _("electricity bill")
    MEDICAL_BILL = "medical_bill", _("bill for health care")
    OTHER = "other", _("other attachment")


class Role(TextChoices):
    """Who belongs to the family: spouses and children under 18 (3 §)."""

    APPLICANT = "applicant", _("applicant")
    SPOUSE = "spouse", _("spouse")
    CHILD = "child", _("child")


class AgeGroup(TextChoices):
    ADULT = "adult", _("18 or over")
    FROM_10_TO_17 = "10_to_17", _("10–17 years")
    UNDER_10 = "under_10", _("under 10 years")


class Part(TextChoices):
    """The parts of a calculation; income is taken off the others (6 §)."""

    BASIC_AMOUNT = "basic_amount", _("Basic amounts")
    HOUSING = "housing", _("Housing costs")
    OTHER_EXPENSE = "other_expense", _("Other expenses")
    INCOME = "income", _("Income")


class BasicAmount(TextChoices):
    """Whose basic amount (9 §); the children of a family are counted from the eldest."""

    LIVING_ALONE = "living_alone", _("living alone")
    SINGLE_PARENT = "single_parent", _("single parent")
    SHARED_HOUSEHOLD = "shared_household", _("adult in a shared household")
    WITH_PARENT = "with_parent", _("adult living with a parent")
    OLDER_CHILD_1 = "older_child_1", _("10–17 years, first child")
    OLDER_CHILD_2 = "older_child_2", _("10–17 years, second child")
    OLDER_CHILD_3 = "older_child_3", _("10–17 years, third or later child")
    YOUNGER_CHILD_1 = "younger_child_1", _("under 10 years, first child")
    YOUNGER_CHILD_2 = "younger_child_2", _("under 10 years, second child")
    YOUNGER_CHILD_3 = "younger_child_3", _("under 10 years, third or later child")


class HousingCost(TextChoices):
    RENT = "rent", _("rent")
    MAINTENANCE_CHARGE = "maintenance_charge", _("maintenance charge")
    WATER = "water", _("water")
    HEATING = "heating", _("heating")


class OtherExpense(TextChoices):
    """What stands beside the basic amount (7 b §)."""

    ELECTRICITY = "electricity", _("household electricity")
    HOME_INSURANCE = "home_insurance", _("home insurance")
    HEALTH_CARE = "health_care", _("health care")
    MEDICINES = "medicines", _("medicines")
    GLASSES = "glasses", _("glasses")
    DAY_CARE = "day_care", _("children’s day care")
    MEETING_A_CHILD = "meeting_a_child", _("meeting a child who lives elsewhere")
    MOVING = "moving", _("moving")


class Income(TextChoices):
    WAGES = "wages", _("wages, net")
    UNEMPLOYMENT = "unemployment", _("unemployment benefit, net")
    HOUSING_ALLOWANCE = "housing_allowance", _("housing allowance")
    PENSION = "pension", _("pension, net")
    DAILY_ALLOWANCE = "daily_allowance", _("sickness, parental or rehabilitation allowance, net")
    CHILD_BENEFIT = "child_benefit", _("child benefit")
    CHILD_CARE = "child_care", _("child care allowance, net")
    MAINTENANCE = "maintenance", _("child maintenance")
    STUDENT_AID = "student_aid", _("student financial aid")
    OTHER = "other", _("other income")


class CommitmentKind(TextChoices):
    PHARMACY = "pharmacy", _("pharmacy")
    GLASSES = "glasses", _("glasses")
    DENTAL_CARE = "dental_care", _("dental care")
    ELECTRICITY = "electricity", _("electricity")
    RENT_GUARANTEE = "rent_guarantee", _("rent guarantee")


class CallKind(TextChoices):
    APPLY_FOR_BENEFIT = "apply_for_benefit", _("apply for a primary benefit")
    REGISTER_AS_JOBSEEKER = "register_as_jobseeker", _("register as a full-time jobseeker")


class CallState(TextChoices):
    OPEN = "open", _("open")
    COMPLIED = "complied", _("complied with")
    NEGLECTED = "neglected", _("not complied with")


ITEMS: dict[Part, type[TextChoices]] = {
    Part.BASIC_AMOUNT: BasicAmount,
    Part.HOUSING: HousingCost,
    Part.OTHER_EXPENSE: OtherExpense,
    Part.INCOME: Income,
}
ADULTS_AMOUNTS = (
    BasicAmount.LIVING_ALONE,
    BasicAmount.SINGLE_PARENT,
    BasicAmount.SHARED_HOUSEHOLD,
    BasicAmount.WITH_PARENT,
)
