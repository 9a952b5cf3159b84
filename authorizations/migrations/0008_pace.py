from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("authorizations", "0007_day"), ("audit", "0008_shown")]

    operations = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        )
    ]
