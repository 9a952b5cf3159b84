from pathlib import Path

import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("authorizations", "0005_commissioning"),
        ("organisations", "0007_rules_of_agreements"),
    ]

    operations = [
        migrations.CreateModel(
            name="LawfulPurpose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("organisation_type", models.CharField(max_length=20)),
                ("purpose", models.CharField(max_length=40)),
                ("law", models.CharField(max_length=120)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organisation_type", "purpose", "law"], name="what_is_lawful"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        ),
    ]
