"""The words of lists. The names of the lists themselves stand in the rulebook."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from authorizations.rulebook import Listing

# Kela publishes them. The remaining one is made of the notifications about immigrants.
PUBLISHED = [one for one in Listing if one is not Listing.INTEGRATION_CUSTOMERS]
WITHOUT_AMOUNTS = [Listing.PROLONGED_UNEMPLOYMENT_RISK, Listing.INTEGRATION_CUSTOMERS]
# Until then a municipality paid its share of labour market subsidy alone, at 300 and 1 000 days
# (domain.md 5.3); from 2025 it pays a share of all three benefits, from 101 days on and in steps.
LIABILITY_OF_2025 = date(2025, 1, 1)
SHARES_UNTIL_2024 = (50, 70)
SHARES_FROM_2025 = (10, 20, 30, 40, 50)
LONG = 300  # paid days of labour market subsidy after which a person is on the list of these
AT_RISK = 200  # paid days after which unemployment risks being prolonged


class RowKind(TextChoices):
    """What became of the money of a row."""

    PAYMENT = "payment", _("payment")
    RETURN = "return", _("return")
    CORRECTION = "correction", _("correction")


class UnemploymentBenefit(TextChoices):
    """What a municipality pays a share of."""

    LABOUR_MARKET_SUBSIDY = "labour_market_subsidy", _("labour market subsidy")
    BASIC = "basic_unemployment_allowance", _("basic unemployment allowance")
    EARNINGS_RELATED = "earnings_related_allowance", _("earnings-related unemployment allowance")
    GENERAL = "general_social_security_benefit", _("general social security benefit")


class RiskGround(TextChoices):
    """Why unemployment risks being prolonged."""

    PAID_200_DAYS = "paid_200_days", _("paid for 200 days")
    AFTER_MAXIMUM = "after_maximum", _("directly after the maximum period of another allowance")


class CareBenefit(TextChoices):
    """The child care allowances that a municipality pays."""

    HOME = "child_home_care_allowance", _("child home care allowance")
    PRIVATE = "private_day_care_allowance", _("private day care allowance")
    FLEXIBLE = "flexible_care_allowance", _("flexible care allowance")
    PARTIAL = "partial_care_allowance", _("partial care allowance")


class Treatment(TextChoices):
    """What care was sought abroad."""

    HOSPITAL = "hospital", _("hospital care")
    OUTPATIENT = "outpatient", _("outpatient care")
    EXAMINATION = "examination", _("examination")
    DENTAL = "dental", _("dental care")


class Format(TextChoices):
    """As what a list is downloaded."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"
    JSONL = "jsonl", "JSON Lines"


FOR_PEOPLE = (Format.CSV, Format.XLSX)  # pages offer these
