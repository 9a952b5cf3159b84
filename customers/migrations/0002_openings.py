import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("session_id", models.UUIDField()),
                ("subject", models.UUIDField()),
                ("purpose", models.CharField(max_length=40)),
                ("case_reference", models.CharField(blank=True, max_length=60)),
                ("by_past_code", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField()),
                ("entry_id", models.UUIDField()),
                ("first_page_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_page_at__isnull", True),
                            ("first_page_at__gte", models.F("opened_at")),
                            _connector="OR",
                        ),
                        name="a_page_follows_its_opening",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            """
            GRANT INSERT, UPDATE ON customers_opening TO kelmu_app;
            ALTER TABLE customers_opening ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own_organisation ON customers_opening TO kelmu_app USING (
                organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint
            );
            """,
            """
            DROP POLICY own_organisation ON customers_opening;
            ALTER TABLE customers_opening DISABLE ROW LEVEL SECURITY;
            REVOKE INSERT, UPDATE ON customers_opening FROM kelmu_app;
            """,
        ),
    ]
