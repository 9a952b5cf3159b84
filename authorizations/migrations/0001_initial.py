import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kelmu", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RulebookMirror",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("mirrored_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("session_key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("subject", models.UUIDField(db_index=True, null=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "mandates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list
                    ),
                ),
                ("mandates_read_at", models.DateTimeField(null=True)),
                ("by_role", models.BooleanField(default=False)),
                (
                    "kela_groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", True),
                            ("subject__isnull", False),
                            _connector="OR",
                        ),
                        name="only_a_known_person_acts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mandates", []),
                            models.Q(
                                ("mandates_read_at__isnull", False), ("organisation__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="mandates_belong_to_an_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kela_groups", []), ("organisation__isnull", True), _connector="OR"
                        ),
                        name="kela_acts_for_no_organisation",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "GRANT INSERT, UPDATE, DELETE ON authorizations_session TO kelmu_app",
            "REVOKE INSERT, UPDATE, DELETE ON authorizations_session FROM kelmu_app",
        ),
    ]
