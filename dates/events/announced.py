"""What visitors and their calendars were told about an event, and what a newly published version changes of it."""

import datetime as dt
from typing import Any

from django.utils import timezone

from dates import recurrence
from dates.events.event_page import EventPage
from dates.recurrence import rrule
from dates.recurrence.recurring import additions_of, breaks_of


def facts_of(event: EventPage) -> dict[str, Any]:
    """Time, place and status, as they can be compared."""
    facts = {
        "start": _text(event.start),
        "end": _text(event.end),
        "all_day": event.all_day,
        "rule": rrule(event),
        "exceptions": [
            [str(change.original_date), change.is_cancelled, *map(_text, (change.new_start, change.new_end))]
            for change in sorted(event.exceptions.all(), key=lambda change: change.original_date)
        ],
        "place": [event.place_id, event.place_name],
        "is_cancelled": event.is_cancelled,
    }
    return {**facts, **{name: value for name, value in _later_facts(event).items() if value}}


def _later_facts(event: EventPage) -> dict[str, Any]:
    """What was added to events later: where it says nothing, what was announced before does not differ."""
    return {
        "not_on": [name for name in ("skips_public_holidays", "skips_school_holidays") if getattr(event, name)],
        "breaks": [[str(each.first_day), str(each.last_day)] for each in breaks_of(event)],
        "additions": [[_text(each.start), _text(each.end), each.is_cancelled] for each in additions_of(event)],
    }


def announce(event: EventPage) -> None:
    """Counts a change of time, place or status, and notes from where an event that is still ahead was moved."""
    before, now = event.announced, facts_of(event)
    if before == now:
        return
    if before:
        event.sequence += 1
        if before["start"] != now["start"]:
            start = dt.datetime.fromisoformat(before["start"])
            is_series = bool(event.recurrence and before.get("rule"))
            event.moved_from = _series_moved_from(start, event) if is_series else _moved_from(start, event)
    event.announced = now
    EventPage.objects.filter(pk=event.pk).update(announced=now, sequence=event.sequence, moved_from=event.moved_from)


def _moved_from(start: dt.datetime, event: EventPage) -> dt.datetime | None:
    """Nowhere, when it is back where it was, when the old date was over, or when it became a series."""
    if event.recurrence or start < timezone.now() or event.moved_from == event.start:
        return None
    return start


def _series_moved_from(start: dt.datetime, event: EventPage) -> dt.datetime | None:
    """Where its next date stood, if that is still ahead. A series that only begins later has not moved."""
    step = dt.timedelta(days=1 if event.recurrence.startswith("FREQ=DAILY") else 7)
    shift = (_wall(event.start) - _wall(start)) % step
    shift = shift - step if shift > step / 2 else shift
    is_back = event.moved_from is not None and not (_wall(event.start) - _wall(event.moved_from)) % step
    next_start = recurrence.next_start(event, timezone.now())
    if not shift or is_back or next_start is None:
        return None
    before = timezone.make_aware(_wall(next_start) - shift, timezone.get_default_timezone())
    return before if before > timezone.now() else None


def _wall(moment: dt.datetime) -> dt.datetime:
    return timezone.make_naive(moment, timezone.get_default_timezone())


def tell_changes(page: Any, *_publication: Any) -> None:
    """After an event was published."""
    if isinstance(page, EventPage) and page.facts is page:
        announce(page)


def _text(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).isoformat() if moment else None
