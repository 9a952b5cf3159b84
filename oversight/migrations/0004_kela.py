from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("oversight", "0003_detection")]

    operations = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        )
    ]
