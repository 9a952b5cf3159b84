import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("administration", "0001_feedback"),
        ("organisations", "0011_steps"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("draft", "Create drafts, or renewals of what is in force"),
                            ("approve", "Approve the versions that wait"),
                            ("send", "Send to the organisations"),
                            ("deadline", "Set a deadline"),
                        ],
                        max_length=10,
                    ),
                ),
                ("day", models.DateField(null=True)),
                ("awaited", models.CharField(blank=True, max_length=30)),
                ("by", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits its turn"),
                            ("done", "done"),
                            ("left_out", "left out"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("message", models.CharField(blank=True, max_length=500)),
                (
                    "agreement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.agreement",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="administration.bulkrun",
                    ),
                ),
            ],
            options={
                "ordering": ["organisation__name_fi", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "organisation"), name="an_organisation_is_in_a_run_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "left_out"), _negated=True),
                            models.Q(("message", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_is_left_out_says_why",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            """
            GRANT INSERT ON administration_bulkrun, administration_bulkitem TO kelmu_app;
            GRANT UPDATE (state, message, agreement_id) ON administration_bulkitem TO kelmu_app;
            GRANT USAGE ON SEQUENCE
                administration_bulkrun_id_seq, administration_bulkitem_id_seq TO kelmu_app;
            """,
            migrations.RunSQL.noop,
        ),
    ]
