from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0007_json_lines")]

    operations = [
        migrations.AddField("handling", "turn", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            "handling",
            models.Index(
                fields=["municipality", "receiver", "turn"], name="turns_in_a_municipality"
            ),
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP FUNCTION notifications_give_turns; DROP SEQUENCE notifications_turn",
        ),
    ]
