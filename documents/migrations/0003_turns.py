from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_matter")]

    operations = [
        migrations.AddField("sending", "turn", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            "sending", models.Index(fields=["organisation", "turn"], name="turns_of_a_sender")
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        ),
    ]
