"""A draft is saved before anybody has said when the event takes place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dates", "0042_rules_as_in_rfc_5545")]

    operations = [
        migrations.AlterField("eventpage", "start", models.DateTimeField(null=True, verbose_name="start")),
    ]
