import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0009_who_logs_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommissioningRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("by", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("implemented", "Kela has implemented the changes"),
                            ("new_mandate", "New mandate asked from DVV, if needed"),
                            ("mandate_rights", "Right to grant mandates applied for from DVV"),
                            ("employees_told", "Employees told how and from whom to get mandates"),
                            ("access_attested", "Access rights of the own system attested"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "not done"),
                            ("asked", "asked for"),
                            ("done", "done"),
                            ("not_needed", "not needed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commissioning_records",
                        to="organisations.agreement",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                [
                                    "implemented",
                                    "new_mandate",
                                    "mandate_rights",
                                    "employees_told",
                                    "access_attested",
                                ],
                            )
                        ),
                        name="known_step_of_a_commissioning_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "asked", "done", "not_needed"])),
                        name="known_state_of_a_commissioning_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "not_needed"), _negated=True),
                            ("step", "new_mandate"),
                            _connector="OR",
                        ),
                        name="only_a_new_mandate_may_not_be_needed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "asked"), _negated=True),
                            ("step__in", ["new_mandate", "mandate_rights"]),
                            _connector="OR",
                        ),
                        name="only_dvv_is_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("people__len", 0), ("step", "mandate_rights"), _connector="OR"
                        ),
                        name="only_authorizers_are_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["asked", "done"]),
                                ("step", "mandate_rights"),
                                _negated=True,
                            ),
                            ("people__len__gt", 0),
                            _connector="OR",
                        ),
                        name="a_right_to_grant_names_its_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecurityAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("by", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "point",
                    models.CharField(
                        choices=[
                            ("responsible", "Responsible person"),
                            ("instructions", "Instructions on data security"),
                            ("access", "Access rights"),
                            ("monitoring", "Monitoring of use"),
                            ("safeguards", "Confidentiality, integrity and availability"),
                            ("customers_told", "Telling customers"),
                            ("misuse", "Consequences of misuse"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_order", "in order"),
                            ("under_way", "under way"),
                            ("not_in_order", "not in order"),
                        ],
                        max_length=12,
                    ),
                ),
                ("responsible", models.CharField(max_length=120)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="security_assessments",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(
                        fields=["organisation", "point", "-at"], name="newest_security_assessment"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "point__in",
                                [
                                    "responsible",
                                    "instructions",
                                    "access",
                                    "monitoring",
                                    "safeguards",
                                    "customers_told",
                                    "misuse",
                                ],
                            )
                        ),
                        name="known_point_of_a_security_assessment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["in_order", "under_way", "not_in_order"])
                        ),
                        name="known_state_of_a_security_assessment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("responsible", ""), _negated=True),
                        name="a_security_point_has_somebody_responsible",
                    ),
                ],
            },
        ),
        # Rows are added and stay: they are the history too.
        migrations.RunSQL(
            """
            GRANT INSERT ON organisations_commissioningrecord, organisations_securityassessment
                TO kelmu_app;
            GRANT USAGE ON SEQUENCE
                organisations_commissioningrecord_id_seq, organisations_securityassessment_id_seq
            TO kelmu_app;
            """,
            migrations.RunSQL.noop,
        ),
    ]
