from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0011_steps"),
    ]

    operations = [
        # They name the column `decision`, which grows.
        migrations.RunSQL(
            "DROP POLICY undecided ON organisations_agreedpurpose;"
            "DROP POLICY undecided_too ON organisations_agreedpurpose;",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveConstraint(
            model_name="agreement",
            name="an_end_has_its_day",
        ),
        migrations.RemoveConstraint(
            model_name="agreementversion",
            name="agreementversion_takes_two_people",
        ),
        migrations.RemoveConstraint(
            model_name="contact",
            name="contact_takes_two_people",
        ),
        migrations.RemoveConstraint(
            model_name="payee",
            name="payee_takes_two_people",
        ),
        migrations.AlterField(
            model_name="agreement",
            name="renews",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="renewals",
                to="organisations.agreement",
            ),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="step",
            field=models.CharField(
                choices=[
                    ("right_examined", "Right examined"),
                    ("draft", "Draft"),
                    ("sent", "Sent to the organisation"),
                    ("signed_by_organisation", "Signed by the organisation"),
                    ("signed_by_kela", "Signed by Kela"),
                    ("given_up", "Given up"),
                ],
                default="right_examined",
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="agreementversion",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("accepted", "Accepted"),
                    ("refused", "Refused"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("accepted", "Accepted"),
                    ("refused", "Refused"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="payee",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("accepted", "Accepted"),
                    ("refused", "Refused"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_reason", ""),
                    models.Q(("validity__isnull", False), ("validity__upper_inf", False)),
                    ("step", "given_up"),
                    _connector="OR",
                ),
                name="an_end_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step", "given_up"), _negated=True),
                    models.Q(("end_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_giving_up_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "given_up"), _negated=True),
                fields=("renews",),
                name="one_renewal_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), ("decision", "withdrawn")),
                    models.Q(
                        models.Q(("decision", "withdrawn"), _negated=True),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="agreementversion_takes_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "withdrawn"), _negated=True),
                    models.Q(("decision_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="agreementversion_says_why_it_is_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), ("decision", "withdrawn")),
                    models.Q(
                        models.Q(("decision", "withdrawn"), _negated=True),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="contact_takes_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "withdrawn"), _negated=True),
                    models.Q(("decision_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="contact_says_why_it_is_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), ("decision", "withdrawn")),
                    models.Q(
                        models.Q(("decision", "withdrawn"), _negated=True),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="payee_takes_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "withdrawn"), _negated=True),
                    models.Q(("decision_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="payee_says_why_it_is_withdrawn",
            ),
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        ),
    ]
