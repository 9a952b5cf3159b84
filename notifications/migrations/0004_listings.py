import datetime
import uuid
from pathlib import Path

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0002_openings"),
        ("intake", "0002_staging"),
        ("notifications", "0003_last_number"),
        ("organisations", "0003_servedmunicipality"),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("published_on", models.DateField()),
                ("rows", models.PositiveIntegerField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("is_complete", models.BooleanField(db_default=False)),
                ("added", models.PositiveIntegerField(null=True)),
                ("left_out", models.PositiveIntegerField(null=True)),
                ("changed", models.PositiveIntegerField(null=True)),
                (
                    "listing",
                    models.CharField(
                        choices=[
                            ("labour_market_subsidy_invoice", "labour_market_subsidy_invoice"),
                            ("prolonged_unemployment_risk", "prolonged_unemployment_risk"),
                            ("child_care_allowance_recipients", "child_care_allowance_recipients"),
                            ("labour_market_subsidy_300_days", "labour_market_subsidy_300_days"),
                            ("front_veterans", "front_veterans"),
                            ("integration_customers", "integration_customers"),
                            ("treatment_abroad", "treatment_abroad"),
                        ],
                        max_length=40,
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("total", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("checksum", models.CharField(blank=True, db_default="", max_length=64)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.batch",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.municipality",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InvoiceRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "publication_id",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("paid_on", models.DateField()),
                ("days", models.PositiveSmallIntegerField()),
                ("counted_days", models.PositiveIntegerField()),
                ("share", models.PositiveSmallIntegerField()),
                (
                    "benefit",
                    models.CharField(
                        choices=[
                            ("labour_market_subsidy", "labour market subsidy"),
                            ("basic_unemployment_allowance", "basic unemployment allowance"),
                            (
                                "earnings_related_allowance",
                                "earnings-related unemployment allowance",
                            ),
                            ("general_social_security_benefit", "general social security benefit"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("payment", "payment"),
                            ("return", "return"),
                            ("correction", "correction"),
                        ],
                        max_length=20,
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("gross", models.DecimalField(decimal_places=2, max_digits=12)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.batch",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="notifications.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CareRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "publication_id",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("paid_on", models.DateField()),
                ("children", models.PositiveSmallIntegerField()),
                (
                    "benefit",
                    models.CharField(
                        choices=[
                            ("child_home_care_allowance", "child home care allowance"),
                            ("private_day_care_allowance", "private day care allowance"),
                            ("flexible_care_allowance", "flexible care allowance"),
                            ("partial_care_allowance", "partial care allowance"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("payment", "payment"),
                            ("return", "return"),
                            ("correction", "correction"),
                        ],
                        max_length=20,
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("allowance", models.DecimalField(decimal_places=2, max_digits=12)),
                ("supplement", models.DecimalField(decimal_places=2, max_digits=12)),
                ("municipal_supplement", models.DecimalField(decimal_places=2, max_digits=12)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.batch",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="notifications.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RiskRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "publication_id",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("last_paid_on", models.DateField()),
                ("counted_days", models.PositiveIntegerField()),
                (
                    "benefit",
                    models.CharField(
                        choices=[
                            ("labour_market_subsidy", "labour market subsidy"),
                            ("basic_unemployment_allowance", "basic unemployment allowance"),
                            (
                                "earnings_related_allowance",
                                "earnings-related unemployment allowance",
                            ),
                            ("general_social_security_benefit", "general social security benefit"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("paid_200_days", "paid for 200 days"),
                            (
                                "after_maximum",
                                "directly after the maximum period of another allowance",
                            ),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.batch",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="notifications.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TreatmentRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "publication_id",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("paid_on", models.DateField()),
                ("country", models.CharField(max_length=2)),
                (
                    "treatment",
                    models.CharField(
                        choices=[
                            ("hospital", "hospital care"),
                            ("outpatient", "outpatient care"),
                            ("examination", "examination"),
                            ("dental", "dental care"),
                        ],
                        max_length=20,
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("cost", models.DecimalField(decimal_places=2, max_digits=12)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.batch",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="notifications.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VeteranRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "publication_id",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("since", models.DateField()),
                ("supplement", models.DecimalField(decimal_places=2, max_digits=12)),
                ("additional", models.DecimalField(decimal_places=2, max_digits=12)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.batch",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="notifications.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Download",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("entry_id", models.UUIDField()),
                ("subject", models.UUIDField()),
                ("session_id", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("size", models.BigIntegerField(null=True)),
                ("rows", models.PositiveIntegerField()),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "listing",
                    models.CharField(
                        choices=[
                            ("labour_market_subsidy_invoice", "labour_market_subsidy_invoice"),
                            ("prolonged_unemployment_risk", "prolonged_unemployment_risk"),
                            ("child_care_allowance_recipients", "child_care_allowance_recipients"),
                            ("labour_market_subsidy_300_days", "labour_market_subsidy_300_days"),
                            ("front_veterans", "front_veterans"),
                            ("integration_customers", "integration_customers"),
                            ("treatment_abroad", "treatment_abroad"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("csv", "CSV"), ("xlsx", "Excel (XLSX)")], max_length=10
                    ),
                ),
                ("language", models.CharField(max_length=2)),
                ("purpose", models.CharField(max_length=40)),
                ("user_name", models.CharField(max_length=200)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.municipality",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("organisation"),
                        models.F("listing"),
                        models.F("municipality"),
                        models.OrderBy(models.F("asked_at"), descending=True),
                        name="downloads_of_a_list",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["csv", "xlsx"])),
                        name="known_format_of_download",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finished_at__isnull", True),
                                ("sha256", ""),
                                ("size__isnull", True),
                            ),
                            models.Q(
                                ("begun_at__isnull", False),
                                ("finished_at__isnull", False),
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                                ("size__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_finished_download_says_what_went_out",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                models.F("listing"),
                models.F("municipality"),
                models.F("period__startswith"),
                models.F("version"),
                name="a_version_of_a_list_is_published_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "listing__in",
                        [
                            "labour_market_subsidy_invoice",
                            "prolonged_unemployment_risk",
                            "child_care_allowance_recipients",
                            "labour_market_subsidy_300_days",
                            "front_veterans",
                            "treatment_abroad",
                        ],
                    )
                ),
                name="a_list_that_kela_publishes",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period__isempty", False),
                    ("period__lower_inf", False),
                    ("period__upper_inf", False),
                    ("published_on__gte", models.F("period__startswith")),
                ),
                name="a_list_is_of_a_period_that_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("listing__in", ["prolonged_unemployment_risk", "integration_customers"]),
                    ("total__isnull", False),
                    _connector="XOR",
                ),
                name="a_list_of_amounts_has_a_total",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("version", 1)),
                    models.Q(("version__gt", 1), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_correction_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checksum", ""), ("is_complete", False)),
                    models.Q(("checksum__regex", "^[0-9a-f]{64}$"), ("is_complete", True)),
                    _connector="OR",
                ),
                name="a_complete_list_has_a_checksum",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "benefit__in",
                        [
                            "labour_market_subsidy",
                            "basic_unemployment_allowance",
                            "earnings_related_allowance",
                            "general_social_security_benefit",
                        ],
                    )
                ),
                name="known_benefit_of_invoice_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicerow",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["payment", "return", "correction"])),
                name="known_kind_of_invoice_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period__isempty", False),
                    ("period__lower_inf", False),
                    ("period__upper_inf", False),
                    ("counted_days__gte", models.F("days")),
                    ("days__gte", 1),
                ),
                name="an_invoiced_period_has_paid_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("benefit", "labour_market_subsidy"),
                        ("period__startswith__lt", datetime.date(2025, 1, 1)),
                        ("share__in", (50, 70)),
                    ),
                    models.Q(
                        ("period__startswith__gte", datetime.date(2025, 1, 1)),
                        ("share__in", (10, 20, 30, 40, 50)),
                    ),
                    _connector="OR",
                ),
                name="a_share_as_the_law_of_the_time_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "amount",
                        django.db.models.functions.math.Round(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("gross"), "*", models.F("share")
                                ),
                                "/",
                                models.Value(100),
                            ),
                            2,
                        ),
                    )
                ),
                name="the_municipality_pays_its_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gross__gt", 0), ("kind", "payment")),
                    models.Q(("gross__lt", 0), ("kind", "return")),
                    models.Q(("kind", "correction"), models.Q(("gross", 0), _negated=True)),
                    _connector="OR",
                ),
                name="an_invoiced_amount_has_the_sign_of_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="carerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "benefit__in",
                        [
                            "child_home_care_allowance",
                            "private_day_care_allowance",
                            "flexible_care_allowance",
                            "partial_care_allowance",
                        ],
                    )
                ),
                name="known_benefit_of_care_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="carerow",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["payment", "return", "correction"])),
                name="known_kind_of_care_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="carerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period__isempty", False),
                    ("period__lower_inf", False),
                    ("period__upper_inf", False),
                    ("children__gte", 1),
                ),
                name="care_of_children_in_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="carerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "amount",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("allowance"), "+", models.F("supplement")
                            ),
                            "+",
                            models.F("municipal_supplement"),
                        ),
                    )
                ),
                name="the_items_of_care_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="carerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("kind", "payment")),
                    models.Q(("amount__lt", 0), ("kind", "return")),
                    models.Q(("kind", "correction"), models.Q(("amount", 0), _negated=True)),
                    _connector="OR",
                ),
                name="an_amount_of_care_has_the_sign_of_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "benefit__in",
                        [
                            "labour_market_subsidy",
                            "basic_unemployment_allowance",
                            "earnings_related_allowance",
                            "general_social_security_benefit",
                        ],
                    )
                ),
                name="known_benefit_of_risk_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground__in", ["paid_200_days", "after_maximum"])),
                name="known_ground_of_risk_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ground", "paid_200_days"), _negated=True),
                    ("counted_days__gte", 200),
                    _connector="OR",
                ),
                name="paid_200_days_are_200",
            ),
        ),
        migrations.AddConstraint(
            model_name="treatmentrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("treatment__in", ["hospital", "outpatient", "examination", "dental"])
                ),
                name="known_treatment_of_treatment_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="treatmentrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("country__regex", "^[A-Z]{2}$"), models.Q(("country", "FI"), _negated=True)
                ),
                name="care_abroad_is_in_another_country",
            ),
        ),
        migrations.AddConstraint(
            model_name="treatmentrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period__isempty", False),
                    ("period__lower_inf", False),
                    ("period__upper_inf", False),
                ),
                name="care_abroad_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="treatmentrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("amount__lte", models.F("cost"))),
                name="no_more_than_the_cost_is_reimbursed",
            ),
        ),
        migrations.AddConstraint(
            model_name="veteranrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "amount",
                        django.db.models.expressions.CombinedExpression(
                            models.F("supplement"), "+", models.F("additional")
                        ),
                    ),
                    ("supplement__gt", 0),
                    ("additional__gte", 0),
                ),
                name="the_supplements_of_a_veteran_add_up",
            ),
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    ]
