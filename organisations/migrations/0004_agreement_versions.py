import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import organisations.models.organisations


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_mandate_use"),
        ("organisations", "0003_servedmunicipality"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=30)),
                ("on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("by", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AgreementVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wanted", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(null=True)),
                ("proposed_by", models.UUIDField()),
                ("proposed_by_name", models.CharField(max_length=200)),
                ("proposed_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "Accepted"), ("refused", "Refused")],
                        max_length=8,
                    ),
                ),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=500)),
                ("number", models.PositiveSmallIntegerField()),
                ("by_user_interface", models.BooleanField(default=True)),
                ("by_technical_interface", models.BooleanField(default=False)),
                ("requires_case_reference", models.BooleanField(default=False)),
                ("terms_fi", models.TextField(blank=True)),
                ("terms_sv", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["agreement", "number"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "awaited",
                    models.CharField(
                        choices=[
                            ("sent", "Sent to the organisation"),
                            ("signed_by_organisation", "Signed by the organisation"),
                            ("signed_by_kela", "Signed by Kela"),
                            ("payees", "Payee data"),
                        ],
                        max_length=30,
                    ),
                ),
                ("due_on", models.DateField()),
            ],
            options={
                "ordering": ["due_on"],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation_name", models.CharField(max_length=120)),
                ("business_id", models.CharField(blank=True, max_length=9)),
                ("legislation", models.TextField(max_length=2000)),
                ("contact_name", models.CharField(max_length=120)),
                ("contact_email", models.EmailField(max_length=254)),
                ("contact_phone", models.CharField(blank=True, max_length=30)),
                (
                    "channel",
                    models.CharField(choices=[("form", "Form"), ("email", "E-mail")], max_length=5),
                ),
                ("language", models.CharField(max_length=2)),
                ("received_on", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("right", "Statutory right"),
                            ("no_right", "No statutory electronic right"),
                        ],
                        max_length=8,
                    ),
                ),
                ("answer_text", models.TextField(blank=True)),
                ("answered_on", models.DateField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_by_name", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-received_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="FormerName",
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
            ],
        ),
        migrations.CreateModel(
            name="Payee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wanted", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(null=True)),
                ("proposed_by", models.UUIDField()),
                ("proposed_by_name", models.CharField(max_length=200)),
                ("proposed_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "Accepted"), ("refused", "Refused")],
                        max_length=8,
                    ),
                ),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=500)),
                ("street", models.CharField(blank=True, max_length=120)),
                (
                    "postal_code",
                    models.CharField(
                        blank=True,
                        max_length=5,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9]{5}$", "A postal code has five digits."
                            )
                        ],
                    ),
                ),
                ("post_office", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=120)),
                (
                    "iban",
                    models.CharField(
                        max_length=34, validators=[organisations.models.organisations.validate_iban]
                    ),
                ),
                ("checked_by", models.UUIDField(null=True)),
                ("checked_by_name", models.CharField(blank=True, max_length=200)),
                ("checked_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["name"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="agreement",
            name="end_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="agreement",
            name="renews",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="renewed_by",
                to="organisations.agreement",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="step",
            field=models.CharField(
                choices=[
                    ("right_examined", "Right examined"),
                    ("draft", "Draft"),
                    ("sent", "Sent to the organisation"),
                    ("signed_by_organisation", "Signed by the organisation"),
                    ("signed_by_kela", "Signed by Kela"),
                ],
                default="right_examined",
                max_length=30,
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="decided_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="decided_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="decided_by_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="contact",
            name="decision",
            field=models.CharField(
                blank=True, choices=[("accepted", "Accepted"), ("refused", "Refused")], max_length=8
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="decision_note",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="contact",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contacts",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="phone",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="contact",
            name="proposed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="proposed_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="proposed_by_name",
            field=models.CharField(default="", max_length=200),
        ),
        migrations.AddField(
            model_name="contact",
            name="wanted",
            field=django.contrib.postgres.fields.ranges.DateRangeField(null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="post_office",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="organisation",
            name="postal_code",
            field=models.CharField(
                blank=True,
                max_length=5,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[0-9]{5}$", "A postal code has five digits."
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="staff_instruction_fi",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="staff_instruction_sv",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="street",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="signed_on",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="validity",
            field=django.contrib.postgres.fields.ranges.DateRangeField(null=True),
        ),
        migrations.AlterField(
            model_name="contact",
            name="validity",
            field=django.contrib.postgres.fields.ranges.DateRangeField(null=True),
        ),
        migrations.AddField(
            model_name="agreementevent",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="organisations.agreement",
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="organisations.agreement",
            ),
        ),
        migrations.AddField(
            model_name="agreedpurpose",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="purposes",
                to="organisations.agreementversion",
            ),
        ),
        migrations.AddField(
            model_name="deadline",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deadlines",
                to="organisations.agreement",
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enquiries",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="enquiry",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreements",
                to="organisations.enquiry",
            ),
        ),
        migrations.AddField(
            model_name="formername",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="former_names",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="payee",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payees",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="payee",
            name="replaces",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="organisations.payee",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(
                        ("validity__upper_inf", False),
                        models.Q(("merged_into", models.F("id")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="only_an_ended_organisation_is_merged",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "accepted"), ("validity__isnull", False)),
                    models.Q(
                        models.Q(("decision", "accepted"), _negated=True),
                        ("validity__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="agreementversion_holds_what_was_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")
                    ),
                    models.Q(
                        models.Q(("decision", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="agreementversion_says_who_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="agreementversion_takes_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(
                fields=("agreement", "number"), name="one_version_of_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("agreement", "="), ("validity", "&&")], name="one_version_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("by_user_interface", True), ("by_technical_interface", True), _connector="OR"
                ),
                name="an_agreement_names_a_way_of_use",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.UniqueConstraint(
                fields=("agreement", "awaited"), name="one_deadline_a_thing"
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""), ("answered_by__isnull", True), ("answered_on__isnull", True)
                    ),
                    models.Q(
                        models.Q(("answer", ""), _negated=True),
                        models.Q(("answer_text", ""), _negated=True),
                        ("answered_by__isnull", False),
                        ("answered_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="an_answer_says_who_when_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "right"), _negated=True),
                    ("organisation__isnull", False),
                    _connector="OR",
                ),
                name="a_right_belongs_to_an_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="formername",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("organisation", "="), ("validity", "&&")],
                name="one_former_name_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "accepted"), ("validity__isnull", False)),
                    models.Q(
                        models.Q(("decision", "accepted"), _negated=True),
                        ("validity__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="payee_holds_what_was_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")
                    ),
                    models.Q(
                        models.Q(("decision", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="payee_says_who_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="payee_takes_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("organisation", "="), ("iban", "="), ("validity", "&&")],
                name="one_row_of_an_account_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                    models.Q(
                        ("checked_at__isnull", False),
                        ("checked_by__isnull", False),
                        models.Q(("checked_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_check_is_by_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces__isnull", True),
                    models.Q(("decision", "accepted"), _negated=True),
                    models.Q(
                        ("checked_by__isnull", False),
                        models.Q(("checked_by", models.F("decided_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_change_of_account_is_checked",
            ),
        ),
    ]
