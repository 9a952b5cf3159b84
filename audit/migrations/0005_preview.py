from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_usage")]

    operations = [
        migrations.RunSQL(
            """
            -- A preview shows nobody but the synthetic customer, and no organisation does it.
            ALTER TABLE audit_entry ADD CONSTRAINT a_preview_shows_nobody CHECK (
                act <> 'preview' OR (
                    organisation_id IS NULL
                    AND coalesce(customer, '00000000-0000-4000-8000-000000000900')
                        = '00000000-0000-4000-8000-000000000900'
                )
            );
            """,
            "ALTER TABLE audit_entry DROP CONSTRAINT a_preview_shows_nobody",
        ),
    ]
