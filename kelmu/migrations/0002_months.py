"""Partitions by month, for every table that has them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kelmu", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            -- Makes the partition of one month of a table partitioned by day or by instant (UTC).
            -- Answers its name, or NULL if it was there. Whoever reads meanwhile is not kept.
            CREATE FUNCTION kelmu_add_month(parent text, month date) RETURNS text
            LANGUAGE plpgsql SET lock_timeout = '1s' AS $$
            DECLARE
                first date := date_trunc('month', month);
                partition text := format('%s_%s', parent, to_char(first, 'YYYY_MM'));
                midnight text := 'YYYY-MM-DD"T00:00Z"';
            BEGIN
                IF to_regclass(partition) IS NOT NULL THEN
                    RETURN NULL;
                END IF;
                IF first > current_date + interval '3 years' THEN
                    RAISE EXCEPTION 'A partition is made at most three years ahead.';
                END IF;
                EXECUTE format(
                    'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                    partition, parent,
                    to_char(first, midnight), to_char(first + interval '1 month', midnight));
                RETURN partition;
            END $$;
            """,
            "DROP FUNCTION kelmu_add_month(text, date)",
        ),
    ]
