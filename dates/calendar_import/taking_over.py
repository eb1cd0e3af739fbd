"""What was read becomes events of the organisation: new ones, changes of known ones; what is gone leaves."""

import logging
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from dates.calendar_import import event_changes, gone, identity, own
from dates.calendar_import.event_values import values_of
from dates.calendar_import.foreign import Foreign, Reading
from dates.calendar_import.models import FollowedCalendar

logger = logging.getLogger(__name__)
MOST_NAMED = 10
"""Titles of what could not be taken over that are kept for the organisation to read."""


@dataclass
class Counts:
    """How many dates; the ``unread`` ones by title."""

    followed: int = 0
    skipped: int = 0
    missing: int = 0
    cancelled: int = 0
    asked: int = 0
    taken_back: int = 0
    private: int = 0
    shared: int = 0
    own: int = 0
    windows: int = 0
    unread: list[str] = field(default_factory=list)


def take_over(*, calendar: FollowedCalendar, reading: Reading) -> Counts:
    """Writes what differs, as a draft that is sent for review, or at once where the city trusts the organisation.

    Each date is a step of its own, so that nobody who writes waits for all of them. Running it again with the same
    reading writes nothing, and after a run that broke off only the rest.
    """
    counts = Counts(
        skipped=reading.skipped,
        private=reading.private,
        shared=reading.shared,
        own=own.leave_out_own(reading),
        windows=int(reading.is_windows_1252),
        unread=list(reading.unread),
    )
    identity.match_known_dates(calendar=calendar, reading=reading)
    known = set(calendar.sources.values_list("key", flat=True))
    beyond = [foreign for foreign in reading.beyond if foreign.key in known]
    for foreign in (*reading.events, *beyond):
        try:
            _take(calendar, foreign)
        except (ValidationError, DatabaseError, LookupError, TypeError, ValueError) as error:
            logger.warning("followed calendar %s, date %s: %s", calendar.pk, foreign.key, error)
            counts.skipped += 1
            counts.unread.append(foreign.title)
            reading.unread_families.add(foreign.family)
        else:
            counts.followed += foreign not in beyond
    present = {foreign.key for foreign in (*reading.events, *reading.beyond)}
    for source in calendar.sources.exclude(key__in=present).select_related("event"):
        became = gone.leave(calendar=calendar, source=source, reading=reading)
        if became:
            setattr(counts, became, getattr(counts, became) + 1)
    counts.unread = counts.unread[:MOST_NAMED]
    return counts


@transaction.atomic
def _take(calendar: FollowedCalendar, foreign: Foreign) -> None:
    """One date of one calendar at a time, so that two runs at once make no event twice."""
    FollowedCalendar.objects.select_for_update().get(pk=calendar.pk)
    source = calendar.sources.filter(key=foreign.key).first()
    values = values_of(foreign, cancels=calendar.cancels_what_is_gone)
    event_changes.begin(calendar, foreign, values) if source is None else event_changes.follow(source, values)
