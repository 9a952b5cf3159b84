"""What was shown, and by which transaction each row was written: 0008_shown.sql."""

from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0007_persons_in_order")]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
        migrations.CreateModel(
            name="Shown",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entry_id",
                        "at",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("entry_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("organisation_id", models.BigIntegerField(null=True)),
                ("number", models.IntegerField()),
                ("digest", models.BinaryField(max_length=32)),
                ("transaction", models.BigIntegerField()),
            ],
            options={"db_table": "audit_shown", "managed": False},
        ),
    ]
