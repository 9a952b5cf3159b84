from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0002_receivers"),
    ]

    operations = [
        migrations.RunSQL(
            "GRANT SELECT ON SEQUENCE notifications_handling_id_seq TO kelmu_app",
            "REVOKE SELECT ON SEQUENCE notifications_handling_id_seq FROM kelmu_app",
        ),
    ]
