from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0014_interface_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreementversion",
            name="documents_kept_days",
            field=models.PositiveSmallIntegerField(default=90),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("documents_kept_days__range", (14, 730))),
                name="documents_are_kept_for_some_time",
            ),
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        ),
    ]
