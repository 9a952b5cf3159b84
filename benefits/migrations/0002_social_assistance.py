"""Basic social assistance; what no single row can say stands in 0002_social_assistance.sql."""

import datetime
from pathlib import Path

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0001_initial"),
        ("customers", "0002_openings"),
        ("intake", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssistanceApplication",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("arrived_on", models.DateField()),
                ("is_urgent", models.BooleanField()),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("in_process", "being processed"),
                            ("awaiting", "awaiting further information"),
                            ("decided", "decided"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=20,
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
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="benefits.decision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("received_on", models.DateField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bank_statement", "bank statement"),
                            ("rental_agreement", "rental agreement"),
                            ("payslip", "payslip"),
                            ("electricity_bill", "electricity bill"),
                            ("medical_bill", "bill for health care"),
                            ("other", "other attachment"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="benefits.assistanceapplication",
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
            ],
        ),
        migrations.CreateModel(
            name="CalculationLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "decision_id",
                        "month",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("month", models.DateField()),
                ("number", models.PositiveSmallIntegerField()),
                ("member", models.PositiveSmallIntegerField(null=True)),
                ("reduction", models.PositiveSmallIntegerField(null=True)),
                ("stated", models.DecimalField(decimal_places=2, max_digits=12)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("basic_amount", "Basic amounts"),
                            ("housing", "Housing costs"),
                            ("other_expense", "Other expenses"),
                            ("income", "Income"),
                        ],
                        max_length=20,
                    ),
                ),
                ("item", models.CharField(max_length=20)),
                (
                    "reduction_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("refused_work", "refused work or an employment service"),
                            ("employment_policy", "reproachable conduct in employment policy"),
                            ("integration_plan", "neglected the integration plan"),
                            ("call_to_act", "did not act on the call to act"),
                        ],
                        max_length=20,
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
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="benefits.decision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CallToAct",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("given_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("apply_for_benefit", "apply for a primary benefit"),
                            ("register_as_jobseeker", "register as a full-time jobseeker"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("complied", "complied with"),
                            ("neglected", "not complied with"),
                        ],
                        max_length=10,
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
                    "benefit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="benefits.benefit",
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
            ],
        ),
        migrations.CreateModel(
            name="HouseholdMember",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "decision_id",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("applicant", "applicant"),
                            ("spouse", "spouse"),
                            ("child", "child"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "age_group",
                    models.CharField(
                        choices=[
                            ("adult", "18 or over"),
                            ("10_to_17", "10–17 years"),
                            ("under_10", "under 10 years"),
                        ],
                        max_length=10,
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
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="household",
                        to="benefits.decision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaymentCommitment",
            fields=[
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("given_on", models.DateField()),
                ("at_most", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pharmacy", "pharmacy"),
                            ("glasses", "glasses"),
                            ("dental_care", "dental care"),
                            ("electricity", "electricity"),
                            ("rent_guarantee", "rent guarantee"),
                        ],
                        max_length=20,
                    ),
                ),
                ("provider", models.CharField(max_length=120)),
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
            ],
        ),
        migrations.AddIndex(
            model_name="assistanceapplication",
            index=models.Index(fields=["customer"], name="applications_of_a_customer"),
        ),
        migrations.AddConstraint(
            model_name="assistanceapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period__isempty", False),
                    ("period__lower_inf", False),
                    ("period__upper_inf", False),
                ),
                name="an_application_is_for_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="assistanceapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision__isnull", True), ("state", "decided"), _connector="OR"
                ),
                name="only_what_is_decided_has_a_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="assistanceapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["received", "in_process", "awaiting", "decided", "withdrawn"])
                ),
                name="known_state_of_application",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "bank_statement",
                            "rental_agreement",
                            "payslip",
                            "electricity_bill",
                            "medical_bill",
                            "other",
                        ],
                    )
                ),
                name="known_kind_of_attachment",
            ),
        ),
        migrations.AddConstraint(
            model_name="calculationline",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="a_month_is_its_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="calculationline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "item__in",
                            [
                                "living_alone",
                                "single_parent",
                                "shared_household",
                                "with_parent",
                                "older_child_1",
                                "older_child_2",
                                "older_child_3",
                                "younger_child_1",
                                "younger_child_2",
                                "younger_child_3",
                            ],
                        ),
                        ("part", "basic_amount"),
                    ),
                    models.Q(
                        ("item__in", ["rent", "maintenance_charge", "water", "heating"]),
                        ("part", "housing"),
                    ),
                    models.Q(
                        (
                            "item__in",
                            [
                                "electricity",
                                "home_insurance",
                                "health_care",
                                "medicines",
                                "glasses",
                                "day_care",
                                "meeting_a_child",
                                "moving",
                            ],
                        ),
                        ("part", "other_expense"),
                    ),
                    models.Q(
                        (
                            "item__in",
                            [
                                "wages",
                                "unemployment",
                                "housing_allowance",
                                "pension",
                                "daily_allowance",
                                "child_benefit",
                                "child_care",
                                "maintenance",
                                "student_aid",
                                "other",
                            ],
                        ),
                        ("part", "income"),
                    ),
                    _connector="OR",
                ),
                name="an_item_belongs_to_its_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="calculationline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("part", "basic_amount"), _negated=True),
                    ("member__isnull", False),
                    _connector="OR",
                ),
                name="a_basic_amount_is_somebodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="calculationline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount", models.F("stated")),
                        ("part", "basic_amount"),
                        ("reduction__isnull", True),
                    ),
                    models.Q(
                        (
                            "amount",
                            models.ExpressionWrapper(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("stated"),
                                    "-",
                                    django.db.models.functions.math.Round(
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("stated"), "*", models.F("reduction")
                                                ),
                                                "/",
                                                models.Value(100),
                                            ),
                                            output_field=models.DecimalField(
                                                decimal_places=2, max_digits=12
                                            ),
                                        ),
                                        precision=2,
                                    ),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=12),
                            ),
                        ),
                        ("part", "basic_amount"),
                        ("reduction__isnull", False),
                    ),
                    models.Q(
                        models.Q(("part", "basic_amount"), _negated=True),
                        ("amount__lte", models.F("stated")),
                    ),
                    _connector="OR",
                ),
                name="no_more_counts_than_was_stated",
            ),
        ),
        migrations.AddConstraint(
            model_name="calculationline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="no_negative_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="calculationline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reduction__isnull", True), ("reduction_ground", "")),
                    models.Q(
                        (
                            "item__in",
                            ("living_alone", "single_parent", "shared_household", "with_parent"),
                        ),
                        ("reduction__isnull", False),
                        models.Q(
                            models.Q(
                                ("reduction__in", (20, 40)), ("reduction_ground", "refused_work")
                            ),
                            models.Q(
                                ("reduction__in", (20, 40)),
                                ("reduction_ground", "employment_policy"),
                            ),
                            models.Q(("reduction", 20), ("reduction_ground", "integration_plan")),
                            models.Q(
                                ("month__gte", datetime.date(2026, 3, 1)),
                                ("reduction", 50),
                                ("reduction_ground", "call_to_act"),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="a_reduction_is_as_its_ground_allows",
            ),
        ),
        migrations.AddIndex(
            model_name="calltoact",
            index=models.Index(fields=["customer"], name="calls_of_a_customer"),
        ),
        migrations.AddConstraint(
            model_name="calltoact",
            constraint=models.CheckConstraint(
                condition=models.Q(("given_on__gte", datetime.date(2026, 2, 1))),
                name="calls_begin_with_their_law",
            ),
        ),
        migrations.AddConstraint(
            model_name="calltoact",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gt", models.F("given_on"))),
                name="a_call_leaves_time_to_act",
            ),
        ),
        migrations.AddConstraint(
            model_name="calltoact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("benefit__isnull", False), ("kind", "apply_for_benefit")),
                    models.Q(("benefit__isnull", True), ("kind", "register_as_jobseeker")),
                    _connector="OR",
                ),
                name="a_call_to_apply_names_the_benefit",
            ),
        ),
        migrations.AddConstraint(
            model_name="calltoact",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "complied", "neglected"])),
                name="known_state_of_call",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", 1), ("role", "applicant")),
                    models.Q(("number__gt", 1), models.Q(("role", "applicant"), _negated=True)),
                    _connector="OR",
                ),
                name="the_applicant_is_the_first_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("age_group__in", ("10_to_17", "under_10")), ("role", "child")),
                    models.Q(models.Q(("role", "child"), _negated=True), ("age_group", "adult")),
                    _connector="OR",
                ),
                name="a_child_is_a_minor",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["applicant", "spouse", "child"])),
                name="known_role_of_member",
            ),
        ),
        migrations.AddIndex(
            model_name="paymentcommitment",
            index=models.Index(fields=["customer"], name="commitments_of_a_customer"),
        ),
        migrations.AddConstraint(
            model_name="paymentcommitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("validity__isempty", False),
                    ("validity__lower_inf", False),
                    ("validity__upper_inf", False),
                ),
                name="a_commitment_holds_for_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentcommitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("at_most__isnull", True), ("at_most__gt", 0), _connector="OR"),
                name="a_limit_is_more_than_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentcommitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["pharmacy", "glasses", "dental_care", "electricity", "rent_guarantee"],
                    )
                ),
                name="known_kind_of_commitment",
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
