"""Nobody can choose a time zone in the admin any more: what somebody chose once would be hidden, and in force."""

from typing import Any

from django.db import migrations


def forget(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("wagtailusers", "UserProfile").objects.exclude(current_time_zone="").update(current_time_zone="")


class Migration(migrations.Migration):
    dependencies = [("cms", "0026_bin"), ("wagtailusers", "0007_userprofile_current_time_zone")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
