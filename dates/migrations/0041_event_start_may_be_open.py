"""A draft is saved before anybody has said when the event takes place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dates", "0040_followed_calendars")]

    operations = [
        migrations.AlterField("eventpage", "start", models.DateTimeField(null=True, verbose_name="start")),
    ]
