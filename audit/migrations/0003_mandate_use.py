"""The use of mandates, kept from the log: the table and its functions stand in the .sql beside."""

from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_log")]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
        migrations.CreateModel(
            name="MandateUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation_id", models.BigIntegerField()),
                ("actor", models.UUIDField()),
                ("mandate", models.TextField()),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("told_at", models.DateTimeField()),
                ("used_on", models.DateField(null=True)),
            ],
            options={"db_table": "audit_mandate_use", "managed": False},
        ),
    ]
