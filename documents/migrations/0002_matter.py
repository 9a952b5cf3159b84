from pathlib import Path

import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("benefits", "0002_social_assistance"),
    ]

    operations = [
        migrations.AddField(
            model_name="sending",
            name="application_arrived_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="sending",
            name="application_period",
            field=django.contrib.postgres.fields.ranges.DateRangeField(null=True),
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(("application_arrived_on", None), ("application_period", None))
                | models.Q(
                    ("application__isnull", False),
                    ("application_arrived_on__isnull", False),
                    ("application_period__isnull", False),
                    ("matter", ""),
                ),
                name="an_application_is_told_by_its_facts",
            ),
        ),
    ]
