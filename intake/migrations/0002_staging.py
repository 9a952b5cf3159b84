"""Where a delivery waits until it is merged.

Unlogged, so that a crash of the server empties all of it at once: what is staged and what is known
of it. It holds plain identity codes; only the owner has a right to the schema.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE SCHEMA intake_staging;
            REVOKE ALL ON SCHEMA intake_staging FROM PUBLIC, kelmu_app;
            CREATE UNLOGGED TABLE intake_staging.file (
                file text PRIMARY KEY,
                digest text NOT NULL
            );
            CREATE UNLOGGED TABLE intake_staging.reject (
                file text NOT NULL,
                line integer NOT NULL,
                field text NOT NULL,
                reason text NOT NULL
            );
            """,
            "DROP SCHEMA intake_staging CASCADE",
        ),
    ]
