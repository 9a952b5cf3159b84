from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_openings")]

    operations = [
        migrations.AddField("opening", "previous_at", models.DateTimeField(null=True)),
        migrations.RunSQL(
            """
            UPDATE customers_opening AS opening SET previous_at = before.at
            FROM (
                SELECT id, lag(opened_at) OVER (
                    PARTITION BY customer_id, organisation_id, purpose ORDER BY opened_at
                ) AS at
                FROM customers_opening
            ) AS before
            WHERE before.id = opening.id AND before.at IS NOT NULL
            """,
            migrations.RunSQL.noop,
        ),
    ]
