from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_mandate_use"),
        ("organisations", "0008_preview"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="replaces",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="organisations.contact",
            ),
        ),
        migrations.AddField(
            model_name="payee",
            name="check_note",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("wanted__isempty", False)),
                name="agreementversion_is_for_some_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("wanted__isempty", False)), name="contact_is_for_some_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("subject__isnull", False),
                    ("role__in", ["data_protection_officer", "billing"]),
                    _connector="OR",
                ),
                name="who_logs_in_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.CheckConstraint(
                condition=models.Q(("wanted__isempty", False)), name="payee_is_for_some_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("validity__isnull", True),
                    ("validity__contained_by", models.F("wanted")),
                    _connector="OR",
                ),
                name="an_account_holds_as_it_was_proposed",
            ),
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        ),
    ]
