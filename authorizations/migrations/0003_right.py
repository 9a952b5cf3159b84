from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("authorizations", "0002_official"),
        ("organisations", "0002_staff_instruction"),
    ]

    operations = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP FUNCTION authorizations_right",
        ),
    ]
