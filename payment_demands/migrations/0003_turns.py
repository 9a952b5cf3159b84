from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payment_demands", "0002_rules")]

    operations = [
        migrations.AddField("demand", "turn", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            "demand", models.Index(fields=["organisation", "turn"], name="turns_of_a_claimant")
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        ),
    ]
