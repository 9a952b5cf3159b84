from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="staff_instruction_fi",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="agreement",
            name="staff_instruction_sv",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
