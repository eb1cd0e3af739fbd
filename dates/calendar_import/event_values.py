"""What a followed calendar says of an event, as JSON keeps it; read from a date of the calendar and from our event."""

import datetime as dt
import json
from typing import Any

from django.utils import timezone

from dates.calendar_import.foreign import Foreign
from dates.events.event_page import EventPage
from dates.events.exceptions import EventAddition, EventBreak, EventException

MOMENTS = ("start", "end")
PLAIN = ("title", "lead", "place_name", "all_day", "is_cancelled", "recurrence")
NEW: dict[str, Any] = {"body": "", "breaks": [], "additions": []}
"""What calendars did not say in former times."""
PARAGRAPH = "paragraph"
Values = dict[str, Any]


def values_of(foreign: Foreign, *, cancels: bool) -> Values:
    """``cancels``: days that the source has deleted from a series are shown as cancelled, else they are left out."""
    gone = {change.day for change in foreign.changes if change.is_deleted and not cancels}
    return {
        **{name: getattr(foreign, name) for name in PLAIN},
        **{name: _text(getattr(foreign, name)) for name in MOMENTS},
        "recurrence_until": foreign.recurrence_until.isoformat() if foreign.recurrence_until else None,
        "exceptions": [
            [change.day.isoformat(), _text(change.start), _text(change.end)]
            for change in foreign.changes
            if change.day not in gone
        ],
        "breaks": _ranges({*foreign.left_out, *gone}),
        "additions": [[_text(each.start), _text(each.end), each.is_cancelled] for each in foreign.additions],
        "body": foreign.body,
    }


def _ranges(days: set[dt.date]) -> list[list[str]]:
    return [[day.isoformat(), day.isoformat()] for day in sorted(days)]


def values_in(event: EventPage) -> Values:
    """The same of an event."""
    changes = sorted(event.exceptions.all(), key=lambda change: change.original_date)
    return {
        **{name: getattr(event, name) for name in PLAIN},
        **{name: _text(getattr(event, name)) for name in MOMENTS},
        "recurrence_until": event.recurrence_until.isoformat() if event.recurrence_until else None,
        "exceptions": [
            [change.original_date.isoformat(), _text(change.new_start), _text(change.new_end)] for change in changes
        ],
        "breaks": sorted([each.first_day.isoformat(), each.last_day.isoformat()] for each in event.breaks.all()),
        "additions": sorted([_text(each.start), _text(each.end), each.is_cancelled] for each in event.additions.all()),
        "body": _html(event),
    }


def _html(event: EventPage) -> str:
    """Of a text that is more than paragraphs, what tells that it is."""
    blocks = list(event.body)
    if all(block.block_type == PARAGRAPH for block in blocks):
        return "".join(block.value.source for block in blocks)
    return json.dumps([block.get_prep_value() for block in blocks], default=str)


def write(event: EventPage, values: Values) -> None:
    for name, value in values.items():
        match name:
            case "start" | "end":
                setattr(event, name, _moment(value))
            case "recurrence_until":
                event.recurrence_until = dt.date.fromisoformat(value) if value else None
            case "exceptions":
                event.exceptions = [_exception(*change) for change in value]
            case "breaks":
                event.breaks = [
                    EventBreak(first_day=dt.date.fromisoformat(first), last_day=dt.date.fromisoformat(last))
                    for first, last in value
                ]
            case "additions":
                event.additions = [
                    EventAddition(start=_time(start), end=_moment(end), is_cancelled=is_cancelled)
                    for start, end, is_cancelled in value
                ]
            case "body":
                _write_body(event, value)
            case _:
                setattr(event, name, value)


def _write_body(event: EventPage, html: str) -> None:
    first = next((block.id for block in event.body if block.block_type == PARAGRAPH), None)
    block = {"type": PARAGRAPH, "value": html, **({"id": first} if first else {})}
    event.body = event.body.stream_block.to_python([block] if html else [])


def _exception(day: str, start: str | None, end: str | None) -> EventException:
    return EventException(
        original_date=dt.date.fromisoformat(day),
        is_cancelled=start is None,
        new_start=_moment(start),
        new_end=_moment(end),
    )


def _text(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).isoformat() if moment else None


def _moment(text: str | None) -> dt.datetime | None:
    return _time(text) if text else None


def _time(text: str) -> dt.datetime:
    return timezone.localtime(dt.datetime.fromisoformat(text))
