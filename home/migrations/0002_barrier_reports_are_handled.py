import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "barrierreport",
            "state",
            models.CharField(
                choices=[("new", "new"), ("in_work", "in work"), ("answered", "answered")],
                default="new",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            "barrierreport",
            "answer",
            models.TextField(blank=True, editable=False, verbose_name="answer"),
        ),
        migrations.AddField(
            "barrierreport",
            "answered_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered at"),
        ),
        migrations.AddField(
            "barrierreport",
            "answered_by",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="answered by",
            ),
        ),
    ]
