"""Sessions that were there before get a uid of their own: the migration that adds the column gives all the same."""

from uuid import uuid4

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give_uids(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sessions = apps.get_model("dates", "CouncilSession")
    for pk in sessions.objects.values_list("pk", flat=True):
        sessions.objects.filter(pk=pk).update(uid=uuid4())


class Migration(migrations.Migration):
    dependencies = [("dates", "0010_council_session_facts")]

    operations = [migrations.RunPython(give_uids, migrations.RunPython.noop)]
