import datetime
from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0013_what_is_awaited"),
    ]

    operations = [
        migrations.CreateModel(
            name="InterfaceKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kid", models.CharField(max_length=43, unique=True)),
                ("label", models.CharField(max_length=60)),
                (
                    "algorithm",
                    models.CharField(
                        choices=[("RS256", "Rs256"), ("ES256", "Es256")], max_length=5
                    ),
                ),
                ("public_key", models.TextField()),
                ("place", models.PositiveSmallIntegerField()),
                ("registered_on", models.DateField()),
                ("registered_at", models.DateTimeField()),
                ("registered_by", models.UUIDField()),
                ("registered_by_name", models.CharField(max_length=200)),
                ("expires_on", models.DateField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_by", models.UUIDField(null=True)),
                ("approved_by_name", models.CharField(blank=True, max_length=200)),
                ("last_used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interface_keys",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-registered_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("organisation", "place"),
                        name="one_key_in_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__in", [1, 2])), name="two_places_for_keys"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__gt", models.F("registered_on")),
                            (
                                "expires_on__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("registered_on"),
                                    "+",
                                    models.Value(datetime.timedelta(days=731)),
                                ),
                            ),
                        ),
                        name="a_key_expires_within_two_years",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(
                                ("approved_at__isnull", False),
                                models.Q(("approved_by", models.F("registered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_key_is_approved_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_ended_key_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        ),
    ]
