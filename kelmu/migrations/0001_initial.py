"""The ground that every table stands on: exclusion constraints, and what the application may do.

kelmu_owner runs this. A new table can be read by kelmu_app and no more; each application's own
migration grants what its services write.
"""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(
            """
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO kelmu_app;
            ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
            GRANT SELECT ON django_migrations TO kelmu_app;
            """,
            """
            ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
            ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM kelmu_app;
            """,
        ),
    ]
