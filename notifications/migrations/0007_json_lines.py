from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0006_removing"),
        ("organisations", "0014_interface_keys"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="download",
            name="known_format_of_download",
        ),
        migrations.AlterField(
            model_name="download",
            name="format",
            field=models.CharField(
                choices=[("csv", "CSV"), ("xlsx", "Excel (XLSX)"), ("jsonl", "JSON Lines")],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="download",
            constraint=models.CheckConstraint(
                condition=models.Q(("format__in", ["csv", "xlsx", "jsonl"])),
                name="known_format_of_download",
            ),
        ),
    ]
