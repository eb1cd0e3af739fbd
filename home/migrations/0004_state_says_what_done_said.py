from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("home", "0003_ticked_reports_are_answered")]
    operations = [migrations.RemoveField("barrierreport", "done")]
