"""Events that are there already: a UID of their own each, when they are over, and what of them was announced."""

from typing import Any
from uuid import uuid4

from django.db import migrations


def complete(apps: Any, _schema_editor: Any) -> None:
    event_page = apps.get_model("dates", "EventPage")
    for event in event_page.objects.all().iterator():
        announced = {
            "start": event.start.isoformat(),
            "end": event.end.isoformat() if event.end else None,
            "all_day": False,
            "rule": None,
            "exceptions": [],
            "place": [event.place_id, ""],
            "is_cancelled": event.is_cancelled,
        }
        event_page.objects.filter(pk=event.pk).update(
            uid=uuid4(), last_end=event.end or event.start, announced=announced if event.live else {}
        )


class Migration(migrations.Migration):
    dependencies = [("dates", "0030_event_facts")]

    operations = [migrations.RunPython(complete, migrations.RunPython.noop, elidable=True)]
