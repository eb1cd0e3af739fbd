from django.db import migrations, models


class Migration(migrations.Migration):
    """Attempts were rows to be counted; now a row counts. What was counted is at most a day old and not kept."""

    dependencies = [
        ("cms", "0023_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Count",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=30)),
                ("who", models.CharField(max_length=64)),
                ("seconds", models.PositiveIntegerField()),
                ("began", models.DateTimeField(db_index=True)),
                ("made", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("act", "who", "seconds"), name="count_act_who_seconds")
                ],
            },
        ),
        migrations.DeleteModel(name="Attempt"),
    ]
