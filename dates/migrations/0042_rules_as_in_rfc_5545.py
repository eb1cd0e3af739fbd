"""Words for rules become rules of RFC 5545, in events and in what was last read from calendars that are followed.

Versions of events (revisions) keep their words and are read as what they mean.
"""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import migrations

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rule_of(word: str, start: dt.datetime) -> str:
    day = start.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    if word == "weekly":
        return "FREQ=WEEKLY"
    if word == "monthly_weekday":
        nth = (day.day - 1) // 7 + 1
        return f"FREQ=MONTHLY;BYDAY={nth if nth < 5 else -1}{WEEKDAYS[day.weekday()]}"
    if word == "yearly":
        return "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" if (day.month, day.day) == (2, 29) else "FREQ=YEARLY"
    return word


def word_of(rule: str, _start: dt.datetime) -> str:
    """What the former version has no word for takes place once there."""
    if rule == "FREQ=WEEKLY":
        return "weekly"
    if rule.startswith("FREQ=MONTHLY;BYDAY=") and rule.count(";") == 1 and "," not in rule:
        return "monthly_weekday"
    return "yearly" if rule in ("FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1") else ""


def rewritten(apps: Any, write: Any) -> None:
    event_page = apps.get_model("dates", "EventPage")
    for event in event_page.objects.exclude(recurrence="").only("start", "recurrence").iterator():
        event_page.objects.filter(pk=event.pk).update(recurrence=write(event.recurrence, event.start))
    source_event = apps.get_model("dates", "SourceEvent")
    for source in source_event.objects.iterator():
        rule, start = source.imported.get("recurrence"), source.imported.get("start")
        if rule and start:
            imported = {**source.imported, "recurrence": write(rule, dt.datetime.fromisoformat(start))}
            source_event.objects.filter(pk=source.pk).update(imported=imported)


def forwards(apps: Any, _schema_editor: Any) -> None:
    rewritten(apps, rule_of)


def backwards(apps: Any, _schema_editor: Any) -> None:
    rewritten(apps, word_of)


class Migration(migrations.Migration):
    dependencies = [("dates", "0041_rules_of_recurrence")]

    operations = [migrations.RunPython(forwards, backwards, elidable=True)]
