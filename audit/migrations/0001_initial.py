import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kelmu", "0002_months"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "at", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("rule_date", models.DateField()),
                ("act", models.TextField()),
                ("outcome", models.TextField()),
                ("channel", models.TextField()),
                ("request_id", models.UUIDField(null=True)),
                ("session_id", models.UUIDField(null=True)),
                ("actor", models.UUIDField(null=True)),
                ("office", models.TextField()),
                ("organisation_id", models.BigIntegerField(null=True)),
                ("agreement", models.TextField()),
                (
                    "mandates",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField()),
                ),
                ("purpose", models.TextField()),
                ("laws", django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ("rulebook", models.TextField()),
                ("customer", models.UUIDField(null=True)),
                ("opening", models.UUIDField(null=True)),
                (
                    "data_groups",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField()),
                ),
                ("look_back_from", models.DateField(null=True)),
                ("case_reference", models.TextField()),
                ("details", models.JSONField()),
            ],
            options={
                "db_table": "audit_entry",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="EntryPerson",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "at",
                        "entry_id",
                        "subject",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("entry_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("organisation_id", models.BigIntegerField(null=True)),
                ("subject", models.UUIDField()),
            ],
            options={
                "db_table": "audit_entry_person",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Pseudonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_version", models.PositiveSmallIntegerField()),
                ("digest", models.BinaryField(max_length=32)),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pseudonyms",
                        to="audit.subject",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key_version", "digest"), name="one_subject_a_digest"
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("digest"), 32
                        ),
                        name="a_digest_has_32_bytes",
                    ),
                ],
            },
        ),
    ]
