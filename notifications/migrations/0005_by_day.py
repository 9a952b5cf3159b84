from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_listings"), ("authorizations", "0007_day")]

    operations = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        )
    ]
