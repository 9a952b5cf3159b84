import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("authorizations", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Official",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.UUIDField()),
                ("name", models.CharField(db_collation="pg_unicode_fast", max_length=200)),
                ("left_on", models.DateField(null=True)),
                ("left_marked_at", models.DateTimeField(null=True)),
                ("left_marked_by", models.UUIDField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "subject"), name="one_row_of_an_official"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("left_marked_at__isnull", True),
                                ("left_marked_by__isnull", True),
                                ("left_on__isnull", True),
                            ),
                            models.Q(
                                ("left_marked_at__isnull", False),
                                ("left_marked_by__isnull", False),
                                ("left_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_mark_says_who_and_when",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            """
            GRANT INSERT, UPDATE ON authorizations_official TO kelmu_app;
            GRANT USAGE ON SEQUENCE authorizations_official_id_seq TO kelmu_app;
            ALTER TABLE authorizations_official ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own_organisation ON authorizations_official TO kelmu_app USING (
                organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint
            );
            """,
            """
            DROP POLICY own_organisation ON authorizations_official;
            ALTER TABLE authorizations_official DISABLE ROW LEVEL SECURITY;
            REVOKE USAGE ON SEQUENCE authorizations_official_id_seq FROM kelmu_app;
            REVOKE INSERT, UPDATE ON authorizations_official FROM kelmu_app;
            """,
        ),
    ]
