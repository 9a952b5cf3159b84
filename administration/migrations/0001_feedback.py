from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("kelmu", "0003_announcement")]

    operations = [
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sent_on", models.DateField()),
                (
                    "language",
                    models.CharField(
                        choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")],
                        max_length=2,
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "ordering": ["-sent_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="feedback_says_something",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            """
            GRANT INSERT, DELETE ON administration_feedback TO kelmu_app;
            GRANT USAGE ON SEQUENCE administration_feedback_id_seq TO kelmu_app;
            """,
            migrations.RunSQL.noop,
        ),
    ]
