from django.db import migrations, models


class Migration(migrations.Migration):
    """What is gone from a followed calendar leaves as its organisation chooses; parts of one event know each other."""

    dependencies = [("dates", "0043_event_start_may_be_open")]

    operations = [
        migrations.AddField(
            model_name="followedcalendar",
            name="when_gone",
            field=models.CharField(
                choices=[
                    ("cancel", "Show it as cancelled"),
                    ("take_back", "Take it off the site"),
                ],
                default="cancel",
                help_text="Who has noted the date learns of it only if it is shown as cancelled.",
                max_length=12,
                verbose_name="When a date is no longer in your calendar",
            ),
        ),
        migrations.AlterField(
            model_name="followedcalendar",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("taken", "taken over"),
                    ("address", "address cannot be followed"),
                    ("silent", "no answer"),
                    ("refused", "refused"),
                    ("unreadable", "no calendar"),
                    ("half", "broken off"),
                    ("empty", "empty"),
                    ("too_large", "too large"),
                    ("own", "our own calendar"),
                    ("failed", "failed here"),
                ],
                default="",
                editable=False,
                max_length=12,
                verbose_name="result",
            ),
        ),
        migrations.AddField(
            model_name="followedcalendar",
            name="told",
            field=models.CharField(blank=True, default="", editable=False, max_length=12),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="family",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="taken_back",
            field=models.BooleanField(default=False),
        ),
    ]
