import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kelmu", "0002_months"),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("break", "Service break"), ("news", "News")], max_length=5
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("days_before", models.PositiveSmallIntegerField(default=0)),
                ("text_fi", models.CharField(max_length=500)),
                ("text_sv", models.CharField(max_length=500)),
                ("text_en", models.CharField(max_length=500)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__endswith__isnull", False),
                            ("period__isempty", False),
                            ("period__startswith__isnull", False),
                        ),
                        name="an_announcement_begins_and_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text_fi", ""), _negated=True),
                            models.Q(("text_sv", ""), _negated=True),
                            models.Q(("text_en", ""), _negated=True),
                        ),
                        name="an_announcement_speaks_three_languages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "break"),
                            models.Q(("days_before", 0), ("kind", "news")),
                            _connector="OR",
                        ),
                        name="news_is_not_told_beforehand",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("kind", "break")),
                        expressions=[("period", "&&")],
                        name="one_break_at_a_time",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            """
            GRANT INSERT, UPDATE (period, days_before, text_fi, text_sv, text_en, ended_at)
                ON kelmu_announcement TO kelmu_app;
            GRANT USAGE ON SEQUENCE kelmu_announcement_id_seq TO kelmu_app;
            """,
            migrations.RunSQL.noop,
        ),
    ]
