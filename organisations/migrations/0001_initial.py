import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import organisations.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kelmu", "0001_initial"),
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="County",
            fields=[
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(max_length=120)),
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False)),
                ("name_en", models.CharField(max_length=120)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(max_length=120)),
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False)),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("fi", "Finnish"),
                            ("fi_sv", "bilingual, Finnish majority"),
                            ("sv_fi", "bilingual, Swedish majority"),
                            ("sv", "Swedish"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisations.municipality",
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="CountyMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="organisations.county",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="organisations.municipality",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(max_length=120)),
                (
                    "business_id",
                    models.CharField(
                        max_length=9,
                        unique=True,
                        validators=[organisations.models.validate_business_id],
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("wellbeing_county", "Wellbeing services county"),
                            ("municipality", "Municipality"),
                            ("helsinki", "City of Helsinki"),
                            ("joint_authority", "Joint municipal authority"),
                            ("other_authority", "Other authority"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisations.county",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisations.municipality",
                    ),
                ),
            ],
            options={
                "ordering": ["name_fi"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("number", models.CharField(max_length=20, unique=True)),
                ("signed_on", models.DateField()),
                ("by_user_interface", models.BooleanField(default=True)),
                ("by_technical_interface", models.BooleanField(default=False)),
                ("requires_case_reference", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="AgreedPurpose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("purpose", models.CharField(max_length=40)),
                (
                    "laws",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120)
                    ),
                ),
                (
                    "withheld_groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list
                    ),
                ),
                (
                    "withheld_benefits",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list
                    ),
                ),
                (
                    "withheld_fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list
                    ),
                ),
                ("look_back_months", models.PositiveSmallIntegerField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purposes",
                        to="organisations.agreement",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("agreement", "="), ("purpose", "="), ("validity", "&&")],
                        name="one_row_of_a_purpose_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("laws__len__gt", 0)),
                        name="an_agreed_purpose_names_its_law",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("look_back_months__isnull", True),
                            ("look_back_months__gt", 0),
                            _connector="OR",
                        ),
                        name="an_agreed_look_back_is_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("signatory", "Signatory"),
                            ("data_protection", "Responsible for data protection and security"),
                            ("data_protection_officer", "Data protection officer"),
                            ("authorizer", "Authorizer"),
                            ("supervisor", "Supervisor of use"),
                            ("technical", "Technical contact"),
                            ("billing", "Billing contact"),
                        ],
                        max_length=30,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="organisations.agreement",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="audit.subject",
                    ),
                ),
            ],
            options={
                "ordering": ["role", "name"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("subject__isnull", False)),
                        expressions=[
                            ("agreement", "="),
                            ("role", "="),
                            ("subject", "="),
                            ("validity", "&&"),
                        ],
                        name="a_person_holds_a_role_once",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True), ("validity__upper_inf", False), _connector="OR"
                ),
                name="only_an_ended_municipality_has_a_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="countymembership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("municipality", "="), ("validity", "&&")], name="one_county_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("business_id__regex", "^[0-9]{7}-[0-9]$")),
                name="form_of_a_business_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("county__isnull", False),
                        ("municipality__isnull", True),
                        ("type", "wellbeing_county"),
                    ),
                    models.Q(
                        ("county__isnull", True),
                        ("municipality__isnull", False),
                        ("type__in", ["municipality", "helsinki"]),
                    ),
                    models.Q(
                        ("county__isnull", True),
                        ("municipality__isnull", True),
                        ("type__in", ["joint_authority", "other_authority"]),
                    ),
                    _connector="OR",
                ),
                name="an_organisation_serves_what_its_type_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("organisation", "="), ("validity", "&&")],
                name="one_agreement_at_a_time",
            ),
        ),
    ]
