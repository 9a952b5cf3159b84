import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("authorizations", "0003_right"),
        ("organisations", "0005_fill_versions"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="organisation", name="form_of_a_business_id"),
        migrations.RemoveConstraint(
            model_name="agreedpurpose",
            name="one_row_of_a_purpose_at_a_time",
        ),
        migrations.RemoveConstraint(
            model_name="contact",
            name="a_person_holds_a_role_once",
        ),
        migrations.AlterField(
            model_name="contact",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contacts",
                to="organisations.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="proposed_at",
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name="contact",
            name="proposed_by",
            field=models.UUIDField(),
        ),
        migrations.AlterField(
            model_name="contact",
            name="proposed_by_name",
            field=models.CharField(max_length=200),
        ),
        migrations.AlterField(
            model_name="contact",
            name="wanted",
            field=django.contrib.postgres.fields.ranges.DateRangeField(),
        ),
        migrations.AlterField(
            model_name="agreedpurpose",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="purposes",
                to="organisations.agreementversion",
            ),
        ),
        migrations.RemoveField(
            model_name="agreement",
            name="by_technical_interface",
        ),
        migrations.RemoveField(
            model_name="agreement",
            name="by_user_interface",
        ),
        migrations.RemoveField(
            model_name="agreement",
            name="requires_case_reference",
        ),
        migrations.RemoveField(
            model_name="agreement",
            name="staff_instruction_fi",
        ),
        migrations.RemoveField(
            model_name="agreement",
            name="staff_instruction_sv",
        ),
        migrations.RemoveField(
            model_name="agreedpurpose",
            name="agreement",
        ),
        migrations.RemoveField(
            model_name="contact",
            name="agreement",
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "accepted"), ("validity__isnull", False)),
                    models.Q(
                        models.Q(("decision", "accepted"), _negated=True),
                        ("validity__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="contact_holds_what_was_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
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
                name="contact_says_who_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="contact_takes_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("subject__isnull", False)),
                expressions=[
                    ("organisation", "="),
                    ("role", "="),
                    ("subject", "="),
                    ("validity", "&&"),
                ],
                name="a_person_holds_a_role_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreedpurpose",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("version", "="), ("purpose", "="), ("validity", "&&")],
                name="one_row_of_a_purpose_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("validity__isnull", True),
                    models.Q(("signed_on__isnull", False), ("step", "signed_by_kela")),
                    _connector="OR",
                ),
                name="only_what_both_signed_is_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_reason", ""),
                    models.Q(("validity__isnull", False), ("validity__upper_inf", False)),
                    _connector="OR",
                ),
                name="an_end_has_its_day",
            ),
        ),
    ]
