from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_by_day")]

    operations = [
        migrations.AddField("publication", "removed_on", models.DateField(null=True)),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        ),
    ]
