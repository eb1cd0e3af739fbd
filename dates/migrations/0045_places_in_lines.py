from django.db import migrations, models


class Migration(migrations.Migration):
    """The place of an event in words may have the lines of an address."""

    dependencies = [("dates", "0044_followed_calendars_by_family")]

    operations = [
        migrations.AlterField(
            model_name="eventpage",
            name="place_name",
            field=models.TextField(
                blank=True,
                help_text="If the place is not in the list.",
                max_length=200,
                verbose_name="or place and address in words",
            ),
        ),
    ]
