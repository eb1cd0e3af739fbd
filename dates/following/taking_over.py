"""What was read becomes events of the organisation: new ones, changes of known ones; nothing is deleted.

For each date stands what the calendar said last. A field is written only where the event still says the same as the
calendar did then: what a person has changed stays, whatever the calendar says later.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from dates import adding
from dates.event import EventPage
from dates.event_exception import EventException
from dates.following.models import FollowedCalendar, SourceEvent
from dates.following.reading import Foreign, Reading
from dates.sessions import start_of_today
from directory import moderation
from directory.trusted_facts import is_trusted

MOMENTS = ("start", "end")
PLAIN = ("title", "lead", "place_name", "all_day", "is_cancelled", "recurrence")


@dataclass
class Counts:
    followed: int = 0
    skipped: int = 0
    missing: int = 0


def take_over(*, calendar: FollowedCalendar, reading: Reading) -> Counts:
    """Writes what differs, as a draft that is sent for review, or at once where the city trusts the organisation.

    Each date is a step of its own, so that nobody who writes waits for all of them. Running it again with the same
    reading writes nothing, and after a run that broke off only the rest.
    """
    counts = Counts(skipped=reading.skipped)
    for foreign in reading.events:
        try:
            _take(calendar, foreign)
        except ValidationError:
            counts.skipped += 1
        else:
            counts.followed += 1
    present = {foreign.key for foreign in reading.events}
    for source in calendar.sources.select_related("event"):
        if source.key not in present:
            counts.missing += _miss(source)
    return counts


@transaction.atomic
def _take(calendar: FollowedCalendar, foreign: Foreign) -> None:
    """One date of one calendar at a time, so that two runs at once make no event twice."""
    FollowedCalendar.objects.select_for_update().get(pk=calendar.pk)
    source = calendar.sources.filter(key=foreign.key).first()
    _begin(calendar, foreign) if source is None else _follow(source, foreign)


def values_of(foreign: Foreign) -> dict[str, Any]:
    """Of a date what our event shall say, as JSON keeps it."""
    return {
        **{name: getattr(foreign, name) for name in PLAIN},
        **{name: _text(getattr(foreign, name)) for name in MOMENTS},
        "recurrence_until": foreign.recurrence_until.isoformat() if foreign.recurrence_until else None,
        "exceptions": [[change.day.isoformat(), _text(change.start), _text(change.end)] for change in foreign.changes],
    }


def values_in(event: EventPage) -> dict[str, Any]:
    """The same of an event."""
    changes = sorted(event.exceptions.all(), key=lambda change: change.original_date)
    return {
        **{name: getattr(event, name) for name in PLAIN},
        **{name: _text(getattr(event, name)) for name in MOMENTS},
        "recurrence_until": event.recurrence_until.isoformat() if event.recurrence_until else None,
        "exceptions": [
            [change.original_date.isoformat(), _text(change.new_start), _text(change.new_end)] for change in changes
        ],
    }


def _write(event: EventPage, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name in MOMENTS:
            setattr(event, name, _moment(value))
        elif name == "recurrence_until":
            event.recurrence_until = dt.date.fromisoformat(value) if value else None
        elif name == "exceptions":
            event.exceptions = [_exception(*change) for change in value]
        else:
            setattr(event, name, value)


def _exception(day: str, start: str | None, end: str | None) -> EventException:
    return EventException(
        original_date=dt.date.fromisoformat(day),
        is_cancelled=start is None,
        new_start=_moment(start),
        new_end=_moment(end),
    )


def _begin(calendar: FollowedCalendar, foreign: Foreign) -> None:
    """A date that was not there before. Raises ValidationError when no event of ours can be so."""
    values, event = values_of(foreign), adding.blank(calendar.organisation)
    _write(event, values)
    event.slug = adding.free_slug(event, calendar.organisation)
    event.full_clean(exclude=["path", "depth", "url_path", "content_type", "slug"])
    adding.add(event=event, organisation=calendar.organisation, user=None)
    SourceEvent.objects.create(calendar=calendar, key=foreign.key, event=event, imported=values)
    _bring_to_the_public(event, was_public=False)


def _follow(source: SourceEvent, foreign: Foreign) -> None:
    values = values_of(foreign)
    if source.imported == values and source.missing_since is None:
        return
    before, source.imported, source.missing_since = source.imported, values, None
    source.save()
    if source.event is None:
        return
    event = Page.objects.select_for_update().get(pk=source.event_id).specific
    draft, was_public = event.get_latest_revision_as_object(), event.live and not event.has_unpublished_changes
    present = values_in(draft)
    changed = {
        name: value for name, value in values.items() if value != present[name] and present[name] == before.get(name)
    }
    if not changed:
        return
    _write(draft, changed)
    draft.clean()
    draft.save_revision(log_action=True, clean=False)
    _bring_to_the_public(draft, was_public=was_public)


def _bring_to_the_public(event: EventPage, *, was_public: bool) -> None:
    """At once for whom the city trusts, unless a person is just writing: then, and for all others, after review."""
    event = EventPage.objects.get(pk=event.pk)
    is_new = event.first_published_at is None and event.revisions.count() == 1
    if is_trusted(event) and (was_public or is_new) and event.current_workflow_state is None:
        event.latest_revision.publish()
        return
    try:
        moderation.submit(page=event, user=None)
    except moderation.NotSubmittable:
        return  # it stays a draft, which members see in their list


def _miss(source: SourceEvent) -> int:
    """Notes that a date ahead is no longer in the calendar; whether it takes place, only people know."""
    event = source.event
    if event is None or event.is_cancelled or (event.last_end and event.last_end < start_of_today()):
        return 0
    if source.missing_since is None:
        source.missing_since = timezone.now()
        source.save()
    return 1


def _text(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).isoformat() if moment else None


def _moment(text: str | None) -> dt.datetime | None:
    return timezone.localtime(dt.datetime.fromisoformat(text)) if text else None
