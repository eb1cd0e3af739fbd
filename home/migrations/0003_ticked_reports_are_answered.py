from django.db import migrations
from django.utils import timezone


def forwards(apps, schema_editor):
    reports = apps.get_model("home", "BarrierReport").objects.filter(done=True)
    reports.update(state="answered", answered_at=timezone.now())


def backwards(apps, schema_editor):
    apps.get_model("home", "BarrierReport").objects.filter(state="answered").update(done=True)


class Migration(migrations.Migration):
    dependencies = [("home", "0002_barrier_reports_are_handled")]
    operations = [migrations.RunPython(forwards, backwards)]
